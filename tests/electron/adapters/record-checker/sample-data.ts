import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe } from 'vitest';
import { createCsvSource } from '../../../../electron/adapters/csv/csv-source.ts';
import { createInProcessChecker } from '../../../../electron/adapters/record-checker/in-process-checker.ts';
import { createSystemHasher } from '../../../../electron/adapters/system/hasher.ts';
import { mapColumns, recogniseType } from '../../../../shared/records/mapping.ts';
import type { CheckedRow, RecordType, RowIssue } from '../../../../shared/records/types.ts';

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
  const { signal } = new AbortController();
  const file = await createCsvSource().open(`${FOLDER}${name}`, signal);
  const type = recogniseType(file.header);
  if (type === null) throw new Error(`${name} is of no known type`);
  const mapping = mapColumns(type, file.header, file.name);
  const checker = createInProcessChecker({ hasher, clock: { now: () => new Date(2026, 2, 15) } });
  const columns = Object.keys(mapping.sources);
  const all: CheckedFile = { type, columns, accepted: [], rejected: 0, issues: [], isbnZerosRestored: 0 };
  for await (const batch of file.records(500, signal)) {
    const checked = await checker.check(mapping, batch.records, signal);
    all.accepted.push(...checked.accepted);
    all.rejected += checked.rejected.length;
    all.issues.push(...checked.issues);
    all.isbnZerosRestored += checked.isbnZerosRestored;
  }
  return all;
}

/** A file of golden hashes as [key, hash], the parts of a key joined as CheckedRow.key joins them. */
export async function goldenHashes(name: string): Promise<Map<string, string>> {
  const { signal } = new AbortController();
  const file = await createCsvSource().open(`${FOLDER}golden/${name}`, signal);
  const hashes = new Map<string, string>();
  for await (const batch of file.records(500, signal)) {
    for (const { cells } of batch.records) hashes.set(cells.slice(0, -1).join('\u001f'), cells.at(-1) ?? '');
  }
  return hashes;
}
