import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { createSystemHasher } from '../../../../electron/adapters/system/hasher.ts';
import { ROW_STATE } from '../../../../electron/engine/checker-port.ts';
import type { OpenedFile } from '../../../../electron/engine/file-port.ts';
import { mapColumns } from '../../../../shared/records/mapping.ts';
import { recogniseType } from '../../../../shared/records/recognise-type.ts';
import type { CheckedRow, RecordType, RowIssue } from '../../../../shared/records/types.ts';
import { allCells, fileFolder } from '../workspace/open-files.ts';
import { createChecker, joined, rangesOf, TODAY } from './opened-texts.ts';

/** The engine's own samples and hashes; they are not part of the product and may be absent. */
const FOLDER = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));

/** A suite over the sample data; without them it is skipped, and its name says so. */
export function describeWithSampleData(name: string, body: () => void): void {
  if (existsSync(FOLDER)) describe(name, body);
  else describe.skip(`${name} (skipped: no ../shared/data beside the project)`, body);
}

export const hasher = createSystemHasher();

export interface CheckedFile {
  type: RecordType;
  columns: string[];
  accepted: CheckedRow[];
  rejected: number;
  issues: RowIssue[];
  isbnZerosRestored: number;
}

/** Reads and checks a file the way a load does. */
export async function checkFile(name: string): Promise<CheckedFile> {
  return withFile(name, async (file) => {
    const { header, sample } = file;
    const type = recogniseType(header, sample);
    if (type === null) throw new Error(`${name} is of no known type`);
    const mapping = mapColumns({ type, header, sample, fileName: name, saved: null, today: TODAY });
    const checker = createChecker(2);
    try {
      const { states, rows, issues, isbnZerosRestored } = joined(await rangesOf(checker, { file, mapping }));
      const rejected = states.filter((state) => (state & ROW_STATE.fits) === 0).length;
      return {
        type,
        columns: Object.keys(mapping.sources),
        accepted: rows,
        rejected,
        issues,
        isbnZerosRestored,
      };
    } finally {
      await checker.close();
    }
  });
}

/** A file of golden hashes as [key, hash], the parts of a key joined as CheckedRow.key joins them. */
export async function goldenHashes(name: string): Promise<Map<string, string>> {
  const rows = await withFile(`golden/${name}`, allCells);
  return new Map(rows.map((cells) => [cells.slice(0, -1).join('\u001f'), cells.at(-1) ?? '']));
}

async function withFile<T>(name: string, work: (file: OpenedFile) => Promise<T>): Promise<T> {
  const folder = fileFolder();
  try {
    return await work(await folder.open(`${FOLDER}${name}`));
  } finally {
    await folder.remove();
  }
}
