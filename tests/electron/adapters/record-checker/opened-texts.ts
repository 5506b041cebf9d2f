import { createThreadedChecker } from '../../../../electron/adapters/record-checker/threaded-checker.ts';
import { createSystemHasher } from '../../../../electron/adapters/system/hasher.ts';
import type { CheckedRange, RecordChecker } from '../../../../electron/engine/checker-port.ts';
import type { OpenedFile } from '../../../../electron/engine/file-port.ts';
import { mapColumns } from '../../../../shared/records/mapping.ts';
import type { RowEdits } from '../../../../shared/records/row-edits.ts';
import type { ColumnMapping, RecordType } from '../../../../shared/records/types.ts';
import { fileFolder, never } from '../workspace/open-files.ts';

export const TODAY = new Date(2026, 2, 15);
export const NO_EDITS = (): RowEdits => new Map();

export function createChecker(threads = 1, now = TODAY): RecordChecker {
  return createThreadedChecker({ threads, hasher: createSystemHasher(), clock: { now: () => now } });
}

/** Files and checkers of one test, let go of together. */
export function openedTexts() {
  const folder = fileFolder();
  const checkers: RecordChecker[] = [];
  let key = 0;
  return {
    async open(type: RecordType, text: string): Promise<{ file: OpenedFile; mapping: ColumnMapping }> {
      key += 1;
      const file = await folder.open(folder.write(`file-${key}.csv`, text), { key });
      const { header, sample } = file;
      return {
        file,
        mapping: mapColumns({ type, header, sample, fileName: file.name, saved: null, today: TODAY }),
      };
    },
    checker(threads = 1, now = TODAY): RecordChecker {
      const one = createChecker(threads, now);
      checkers.push(one);
      return one;
    },
    async remove(): Promise<void> {
      for (const checker of checkers) await checker.close();
      await folder.remove();
    },
  };
}

export async function rangesOf(
  checker: RecordChecker,
  { file, mapping }: { file: OpenedFile; mapping: ColumnMapping },
  { keepRows = true, edits = NO_EDITS }: Partial<Parameters<RecordChecker['check']>[2]> = {},
): Promise<CheckedRange[]> {
  const ranges: CheckedRange[] = [];
  for await (const range of checker.check(file, mapping, { keepRows, edits }, never)) ranges.push(range);
  return ranges;
}

/** The ranges' findings one after the other, wherever they were cut. */
export function joined(ranges: readonly CheckedRange[]) {
  return {
    states: ranges.flatMap(({ facts }) => [...facts.states]),
    keys: ranges.flatMap(({ facts }) => [...facts.keys]),
    refs: ranges.flatMap(({ facts }) => [...(facts.refs ?? [])]),
    issues: ranges.flatMap(({ issues }) => issues),
    rows: ranges.flatMap(({ rows }) => rows),
    isbnZerosRestored: ranges.reduce((sum, range) => sum + range.isbnZerosRestored, 0),
  };
}

/** Books of which every seventh has no title, every fifth an accent, and every eleventh an ISBN without its zero. */
export function booksText(count: number): string {
  const lines = Array.from({ length: count }, (_, i) => {
    const n = i + 1;
    const title = n % 7 === 0 ? '' : n % 5 === 0 ? `Brontë ${n}` : `Title ${n}`;
    return `B${n},${title},${n % 11 === 0 ? '141439513' : ''}`;
  });
  return `book_id,title,isbn\n${lines.join('\n')}\n`;
}
