import { AppError } from '../../shared/errors.ts';
import { unguarded } from '../../shared/records/formula-guard.ts';
import type { FileOfDraft } from '../../shared/records/own-files.ts';
import { returnedColumns } from './correction-columns.ts';
import type { OpenedFile } from './file-port.ts';
import { fingerprint, type RowMark, readRowMark } from './row-mark.ts';

/** A cell that does not read as it was exported. */
export interface ChangedCell {
  position: number;
  text: string;
  /** Fingerprint of what was exported. */
  print: string;
}

/** What a file of rows to correct came back with. */
export interface ReturnedRows {
  /** Rows with changed cells, ascending; those that came back twice in different ways are left out. */
  changed: { row: number; cells: ChangedCell[] }[];
  /** Rows with a mark of the file. */
  returned: number;
  /** Rows with no mark, or none that is of this file. */
  notFound: number;
  repeated: number;
}

const ROWS_AT_ONCE = 2_000;

/** Reads a file that came back to its end. Throws draft.corrections-foreign, draft.corrections-mixed, `file.*`. */
export async function returnedRows(
  file: OpenedFile,
  into: { header: readonly string[]; mark: string; name: string },
  signal: AbortSignal,
): Promise<ReturnedRows> {
  const columns = returnedColumns(into.header, file.header);
  const changed = new Map<number, ChangedCell[]>();
  const seen = new Set<number>();
  const repeated = new Set<number>();
  /** What rows read when they were exported, and what those read now that have several other cells. */
  const exported = new Set<string>();
  const rewritten: string[] = [];
  let notFound = 0;
  const take = (cells: readonly string[]): void => {
    const mark = readRowMark(cells[columns.mark] ?? '');
    if (mark === null || mark.file !== into.mark) {
      notFound += 1;
      return;
    }
    const { row, prints } = mark;
    exported.add(prints.join(''));
    const now = changedCells(cells, mark, columns.columns, file.workbook === null);
    if (now.length > 1) rewritten.push(printsNow(prints, now).join(''));
    if (seen.has(row) && !isSame(changed.get(row) ?? [], now)) repeated.add(row);
    seen.add(row);
    if (now.length > 0) changed.set(row, now);
  };
  for (let from = 1; ; from += ROWS_AT_ONCE) {
    await file.ready(from + ROWS_AT_ONCE - 1, signal);
    const records = await file.page(from, ROWS_AT_ONCE, signal);
    for (const { cells } of records) if (cells.some((cell) => cell !== '')) take(cells);
    if (records.length < ROWS_AT_ONCE) break;
  }
  if (seen.size === 0 && notFound > 0) throw foreign(file.name, into.name);
  // A row that has become another one, cell for cell, was not corrected: it got the other's mark.
  if (rewritten.some((prints) => exported.has(prints))) throw mixed(file.name);
  for (const row of repeated) changed.delete(row);
  const rows = [...changed].sort(([a], [b]) => a - b).map(([row, cells]) => ({ row, cells }));
  return { changed: rows, returned: seen.size, notFound, repeated: repeated.size };
}

function changedCells(
  cells: readonly string[],
  { prints }: RowMark,
  columns: ReadonlyMap<number, number>,
  isCsv: boolean,
): ChangedCell[] {
  const changed: ChangedCell[] = [];
  for (const [position, print] of prints.entries()) {
    const at = columns.get(position);
    if (at === undefined) continue;
    const text = cells[at] ?? '';
    if (fingerprint(text) === print) continue;
    // In a CSV the apostrophe may be ours. It may be the person's, too: then it goes as it would in a spreadsheet.
    const bare = isCsv ? unguarded(text) : text;
    if (bare !== text && fingerprint(bare) === print) continue;
    changed.push({ position, text: bare, print });
  }
  return changed;
}

function printsNow(prints: readonly string[], changed: readonly ChangedCell[]): string[] {
  const now = [...prints];
  for (const { position, text } of changed) now[position] = fingerprint(text);
  return now;
}

function isSame(before: readonly ChangedCell[], now: readonly ChangedCell[]): boolean {
  return (
    before.length === now.length &&
    now.every(({ position, text }, i) => before[i]?.position === position && before[i].text === text)
  );
}

function foreign(name: string, into: string): AppError {
  return new AppError({
    code: 'draft.corrections-foreign',
    message: `${name}: none of its rows is found in ${into} any more, so nothing was taken over.`,
    hint: `${into} may have been read in another way since (another sheet, separator or heading row). Save its rejected rows again and correct those.`,
  });
}

function mixed(name: string): AppError {
  return new AppError({
    code: 'draft.corrections-mixed',
    message: `${name}: some rows carry the mark of another row in the last column, so nothing was taken over.`,
    hint: 'This happens when only some of the columns are sorted, or pasted over. Save the rejected rows again, and sort the table as a whole.',
  });
}

/** The file names another draft, or another file of it. */
export function otherFile(name: string, from: FileOfDraft): AppError {
  return new AppError({
    code: 'draft.corrections-foreign',
    message: `${name} holds rejected rows of something else that was open (${from.draftId.slice(0, 8)}), so nothing was taken over.`,
    hint: 'Drop it where you saved it from. If that is gone, take the last two columns out of it and load it as a file of its own.',
  });
}
