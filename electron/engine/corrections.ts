import { withoutPictures, withPictures } from '../../shared/records/control-pictures.ts';
import { type FileOfDraft, readMarkHeading } from '../../shared/records/own-files.ts';
import { withEdit } from '../../shared/records/row-edits.ts';
import type { SourceRecord } from '../../shared/records/types.ts';
import type { CheckedFile } from './check-file.ts';
import type { CellEdit } from './edit-session.ts';
import type { OpenedFile } from './file-port.ts';
import { issuePosition } from './issue-position.ts';
import type { CheckContext } from './load-context.ts';
import { errorsBetween } from './rejects.ts';
import { type ChangedCell, otherFile, returnedRows } from './returned-rows.ts';
import { isRetyped } from './retyped.ts';
import { CUT, comparable, fileMark, fingerprint } from './row-mark.ts';
import { shownCell } from './rows-to-correct.ts';

/** A file of rejected rows that came back, whatever it is called and whatever program saved it. */
export interface Corrections extends FileOfDraft {
  file: OpenedFile;
}

export interface PlannedCorrections {
  /** By row. */
  edits: CellEdit[];
  /** Rows that the edits change. */
  rows: number;
  /** Rows that came back. */
  returned: number;
  /** Rows without a mark of this file: those that a person added. */
  notFound: number;
  /** Rows that came back more than once, and not alike: none of them is taken. */
  repeated: number;
  /** Cells that were corrected in the file and have been changed in the draft since, which keeps its text. */
  changedSince: number;
  /** Cells that were exported cut, and changed nevertheless. */
  cut: number;
  /** Cells typed behind the end of a row that has no cell there. */
  beyond: number;
  /** Sound cells that a spreadsheet wrote in another way by itself (`007` as `7`). */
  retyped: number;
}

const ROWS_AT_ONCE = 500;

/** Tells by its header whether a file holds rows that `rowsToCorrect` made; null for any other. The last mark counts. */
export function correctionsIn(file: OpenedFile): Corrections | null {
  for (const heading of file.header.toReversed()) {
    const from = readMarkHeading(heading);
    if (from !== null) return { ...from, file };
  }
  return null;
}

/**
 * The cells of a draft's file that a person corrected in the exported rows. Reads, and changes nothing. `draftId`
 * and `file` are those that the corrections name. The file that came back is believed only where it differs from
 * what was exported, and only of cells that still read as they were exported: what was changed in the draft since
 * is newer. Rows that are missing in it are left alone. Throws draft.corrections-foreign, draft.corrections-mixed,
 * and `file.*` where it cannot be read to its end.
 */
export async function planCorrections(
  context: CheckContext,
  file: CheckedFile,
  corrections: Corrections,
  draftId: string,
): Promise<PlannedCorrections> {
  const { fileNo, opened, facts } = file;
  const from = { draftId, fileNo };
  if (corrections.draftId !== draftId || corrections.fileNo !== fileNo)
    throw otherFile(corrections.file.name, corrections);
  const into = { header: opened.header, mark: fileMark(from, opened), name: opened.name };
  const found = await returnedRows(corrections.file, into, context.signals.abort);
  const { returned, repeated } = found;
  const changed = found.changed.filter(({ row }) => row <= facts.rows);
  const notFound = found.notFound + found.changed.length - changed.length;
  const plan: PlannedCorrections = {
    ...{ edits: [], rows: 0, returned, notFound, repeated },
    ...{ changedSince: 0, cut: 0, beyond: 0, retyped: 0 },
  };
  for (let at = 0; at < changed.length; at += ROWS_AT_ONCE)
    await planRows(context, file, changed.slice(at, at + ROWS_AT_ONCE), plan);
  return plan;
}

async function planRows(
  context: CheckContext,
  file: CheckedFile,
  changed: readonly { row: number; cells: readonly ChangedCell[] }[],
  plan: PlannedCorrections,
): Promise<void> {
  const { fileNo, opened, mapping } = file;
  const rows = changed.map(({ row }) => row);
  const [first = 0, last = first] = [rows[0], rows.at(-1)];
  const edits = context.edits(fileNo, first, last);
  const errors = Map.groupBy(await errorsBetween(context, fileNo, first, last), ({ row }) => row);
  const records = await opened.pick(rows, context.signals.abort);
  for (const [i, { row, cells }] of changed.entries()) {
    const original = records[i];
    if (original === undefined) continue;
    const now = withEdit(original, edits.get(row));
    const bad = new Set((errors.get(row) ?? []).map((issue) => issuePosition(mapping, issue, now.cells)));
    const width = Math.max(mapping.header.length, original.cells.length);
    const before = plan.edits.length;
    for (const cell of cells)
      planCell(plan, { fileNo, record: now, width, cell, isBad: bad.has(cell.position) });
    if (plan.edits.length > before) plan.rows += 1;
  }
}

function planCell(
  plan: PlannedCorrections,
  place: { fileNo: number; record: SourceRecord; width: number; cell: ChangedCell; isBad: boolean },
): void {
  const { fileNo, record, width, cell, isBad } = place;
  const { position, text, print } = cell;
  const now = record.cells[position] ?? '';
  if (comparable(text) === comparable(now)) return;
  if (print === CUT) {
    if (comparable(text) !== comparable(shownCell(now))) plan.cut += 1;
  } else if (position >= width) plan.beyond += 1;
  else if (fingerprint(now) !== print) plan.changedSince += 1;
  else if (!isBad && isRetyped(now, text)) plan.retyped += 1;
  else plan.edits.push({ fileNo, row: record.row, position, text: typed(text, now) });
}

/** A picture of a control character that nobody took out stands for the character, and is still to be mended. */
function typed(text: string, now: string): string {
  return withPictures(now) === now ? text : withoutPictures(text);
}
