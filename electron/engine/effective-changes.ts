import type { RowEdit } from '../../shared/records/row-edits.ts';
import type { SourceRecord } from '../../shared/records/types.ts';
import type { CheckedFile } from './check-file.ts';
import type { CheckContext } from './load-context.ts';
import { type CellChange, SKIP_POSITION } from './workspace-port.ts';

/** A new text for one cell of a file. */
export interface TypedCell {
  row: number;
  position: number;
  /** Null: as it stands in the file. */
  text: string | null;
}

/** Text of the edit that leaves a row out. */
export const SKIPPED = 'skipped';

/** Records read at once. Up to as many edits are compared with the file itself. */
const READ_AT_ONCE = 2_000;

/**
 * What a person typed, as changes of what holds now; the last text of a cell counts. Cells that read so already
 * are left out, and an edit that says what the file says is taken back. Of more than 2,000 edits, only rows that
 * are edited already are compared with the file: a rule that changes cells came from reading them. Throws
 * RangeError for a cell that no row has.
 */
export async function effectiveChanges(
  context: CheckContext,
  file: CheckedFile,
  typed: readonly TypedCell[],
): Promise<CellChange[]> {
  const { fileNo, opened, mapping } = file;
  const width = mapping.header.length;
  const cells = lastTyped(file, typed);
  const held = context.edits(fileNo, cells[0]?.row ?? 0, cells.at(-1)?.row ?? 0);
  const changes: CellChange[] = [];
  const add = ({ row, position, text }: TypedCell, record: SourceRecord | null): void => {
    if (!isCell(position, Math.max(width, record?.cells.length ?? 0)))
      throw new RangeError(`Row ${row} of file ${fileNo} has no cell ${position}.`);
    const before = heldText(held.get(row), position);
    const after = textToHold(record, position, text);
    if (before !== after) changes.push({ fileNo, row, position, before, after });
  };
  const few = typed.length <= READ_AT_ONCE;
  const isCompared = ({ row, position }: TypedCell): boolean =>
    few || held.has(row) || !isCell(position, width);
  const compared = cells.filter(isCompared);
  for (let from = 0; from < compared.length; from += READ_AT_ONCE) {
    const some = compared.slice(from, from + READ_AT_ONCE);
    const rows = [...new Set(some.map(({ row }) => row))];
    const records = await opened.pick(rows, context.signals.abort);
    const byRow = new Map(records.map((record) => [record.row, record]));
    for (const cell of some) add(cell, byRow.get(cell.row) ?? null);
  }
  for (const cell of cells) if (!isCompared(cell)) add(cell, null);
  return changes;
}

/** The last text of each cell, by row and position. Throws RangeError for a row that the file has not. */
function lastTyped({ fileNo, facts }: CheckedFile, typed: readonly TypedCell[]): TypedCell[] {
  const last = new Map<string, TypedCell>();
  for (const cell of typed) {
    const { row, position } = cell;
    if (!Number.isInteger(row) || row < 1 || row > facts.rows)
      throw new RangeError(`File ${fileNo} has no row ${row}.`);
    last.set(`${row} ${position}`, cell);
  }
  return [...last.values()].sort((a, b) => a.row - b.row || a.position - b.position);
}

function isCell(position: number, width: number): boolean {
  return position === SKIP_POSITION || (Number.isInteger(position) && position >= 0 && position < width);
}

function heldText(edit: RowEdit | undefined, position: number): string | null {
  if (position === SKIP_POSITION) return edit?.skipped === true ? SKIPPED : null;
  return edit?.cells.get(position) ?? null;
}

/**
 * What has to be held for a cell to read `text`: nothing where the file is known to say so. Half a surrogate
 * pair, which no file could hold, becomes U+FFFD, as it would in the file.
 */
function textToHold(record: SourceRecord | null, position: number, text: string | null): string | null {
  if (text === null) return null;
  if (position === SKIP_POSITION) return SKIPPED;
  const wellFormed = text.toWellFormed();
  return record?.fault === null && record.cells[position] === wellFormed ? null : wellFormed;
}
