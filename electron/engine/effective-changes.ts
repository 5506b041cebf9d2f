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
  const { fileNo, opened, mapping, facts } = file;
  const width = mapping.header.length;
  const byRow = new Map<number, Map<number, string | null>>();
  for (const { row, position, text } of typed) {
    if (!Number.isInteger(row) || row < 1 || row > facts.rows)
      throw new RangeError(`File ${fileNo} has no row ${row}.`);
    const cells = byRow.get(row) ?? new Map<number, string | null>();
    byRow.set(row, cells.set(position, text));
  }
  const rows = [...byRow.keys()].sort((a, b) => a - b);
  const held = context.edits(fileNo, rows[0] ?? 0, rows.at(-1) ?? 0);
  const changes: CellChange[] = [];
  const addChanges = (row: number, record: SourceRecord | null): void => {
    for (const [position, text] of byRow.get(row) ?? []) {
      if (!isCell(position, Math.max(width, record?.cells.length ?? 0)))
        throw new RangeError(`Row ${row} of file ${fileNo} has no cell ${position}.`);
      const before = heldText(held.get(row), position);
      const after = textToHold(record, position, text);
      if (before !== after) changes.push({ fileNo, row, position, before, after });
    }
  };
  const few = typed.length <= READ_AT_ONCE;
  const compared = rows.filter(
    (row) => few || held.has(row) || [...(byRow.get(row)?.keys() ?? [])].some((at) => !isCell(at, width)),
  );
  for (let from = 0; from < compared.length; from += READ_AT_ONCE)
    for (const record of await opened.pick(compared.slice(from, from + READ_AT_ONCE), context.signals.abort))
      addChanges(record.row, record);
  const done = new Set(compared);
  for (const row of rows) if (!done.has(row)) addChanges(row, null);
  return changes;
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
