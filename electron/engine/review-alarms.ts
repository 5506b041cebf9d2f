import type { Alarm } from '../../shared/contract/draft-review.ts';
import type { RecordType } from '../../shared/records/types.ts';
import type { LoadRow } from './database-port.ts';
import type { LoadReport } from './load-report.ts';

/** What of a reviewed file can look odd. Rows that a person left out are in `rows`. */
export interface AlarmFigures {
  fileNo: number;
  type: RecordType;
  rows: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
  skipped: number;
}

/** Loaded files of a kind whose median number of rows is the usual one. */
const USUAL_FILES = 5;
/** Below this many usual rows half or thrice as many mean nothing. */
const MIN_USUAL_ROWS = 20;
const FEWER_THAN = 1 / 2;
const MORE_THAN = 3;
const MIN_ALL_NEW = 10;
const MANY_REJECTED_SHARE = 0.2;
const MIN_REJECTED = 5;

/** What a person should look at before these files are loaded. `history` is newest first; `hasRows`: the live table has rows. */
export function alarmsOf(
  files: readonly AlarmFigures[],
  history: readonly LoadRow[],
  hasRows: ReadonlySet<RecordType>,
): Alarm[] {
  return files.flatMap((file) =>
    [
      unusualRows(file, loadedRows(history, file.type)),
      hasRows.has(file.type) ? allNew(file) : null,
      manyRejected(file),
    ].filter((alarm) => alarm !== null),
  );
}

/** Numbers of rows of the last loaded files of a type, newest first. */
function loadedRows(history: readonly LoadRow[], type: RecordType): number[] {
  const rows = history
    .filter(({ status }) => status === 'loaded' || status === 'partial')
    // The ledger's report is our own JSON.
    .flatMap(({ report }) => (report as Partial<LoadReport> | null)?.files ?? [])
    .filter((file) => file.type === type)
    .map((file) => file.rows);
  return rows.slice(0, USUAL_FILES);
}

function unusualRows({ fileNo, type, rows }: AlarmFigures, earlier: readonly number[]): Alarm | null {
  const usual = Math.round(median(earlier));
  if (usual < MIN_USUAL_ROWS) return null;
  const was = earlier.length === 1 ? 'The last file had' : 'Usually';
  const message = `${was} ${inWords(usual)} ${type}; this file has ${inWords(rows)}.`;
  if (rows < usual * FEWER_THAN)
    return {
      kind: 'fewer-rows',
      fileNo,
      message,
      hint: `It may have been cut off, or hold one part of the school only. See whether its last rows are those of the program it came from. If that is all there is, load it: ${type} that are not in the file stay as they are.`,
    };
  if (rows > usual * MORE_THAN)
    return {
      kind: 'more-rows',
      fileNo,
      message,
      hint: 'It may be the export of several schools or of several years. See whether the rows are those that you meant to load.',
    };
  return null;
}

/** Checkouts of a new month are all new, as they should be. */
function allNew({ fileNo, type, inserted, updated, unchanged }: AlarmFigures): Alarm | null {
  if (type === 'checkouts' || inserted < MIN_ALL_NEW || updated + unchanged > 0) return null;
  return {
    kind: 'all-new',
    fileNo,
    message: `Every ${type === 'books' ? 'book id' : 'student id'} in this file is new, although the database has ${type} already.`,
    hint: `If these are new ${type}, all is well. If some of them are known, their ids are written in another way than before (leading zeros, a prefix, another school's file), and each would be added a second time.`,
  };
}

function manyRejected({ fileNo, rows, rejected, skipped }: AlarmFigures): Alarm | null {
  const wanted = rows - skipped;
  if (rejected < MIN_REJECTED || rejected < wanted * MANY_REJECTED_SHARE) return null;
  return {
    kind: 'many-rejected',
    fileNo,
    message: `${inWords(rejected)} of ${inWords(wanted)} rows would be rejected.`,
    hint: 'A whole column of errors usually means that it was taken for another one, or has no heading that is known. See the issues by kind: what is alike can be mended at once.',
  };
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? 0;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? upper)) / 2 : upper;
}

function inWords(count: number): string {
  return count.toLocaleString('en-US');
}
