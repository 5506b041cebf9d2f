import type { DraftRowView } from '../../../shared/contract/drafts.ts';
import { recordCheck } from '../../../shared/records/check.ts';
import type { RowEdits } from '../../../shared/records/row-edits.ts';
import { withEdit } from '../../../shared/records/row-edits.ts';
import type { RowIssue, SourceRecord } from '../../../shared/records/types.ts';
import { ROW_STATE } from '../../engine/checker-port.ts';
import type { MappedFile } from '../../engine/open-files.ts';
import { coercedCells } from './coerced-cells.ts';
import { NEVER } from './draft-ports.ts';
import { type Draft, type DraftFile, mappedOf } from './draft-state.ts';

/** Up to so many rows of a page may lie between two of its rows before each is asked for on its own. */
const SPARSE = 4;

/** A run of rows, from row `from` on. */
export async function rowsFrom(
  draft: Draft,
  fileNo: number,
  from: number,
  count: number,
): Promise<DraftRowView[]> {
  const { file, mapped } = mappedOf(draft, fileNo);
  const records = await mapped.opened.page(Math.max(1, from), count, draft.closing.signal);
  return rowViews(draft, file, mapped, records);
}

/** These rows, ascending. */
export async function rowsAt(draft: Draft, fileNo: number, rows: readonly number[]): Promise<DraftRowView[]> {
  const { file, mapped } = mappedOf(draft, fileNo);
  if (rows.length === 0) return [];
  const records = await mapped.opened.pick(rows, draft.closing.signal);
  return rowViews(draft, file, mapped, records);
}

async function rowViews(
  draft: Draft,
  file: DraftFile,
  mapped: MappedFile,
  records: readonly SourceRecord[],
): Promise<DraftRowView[]> {
  const { fileNo } = mapped;
  const rows = records.map(({ row }) => row);
  const edits = editsAt(draft, fileNo, rows);
  const issues = Map.groupBy(await issuesAt(draft, fileNo, rows), (issue) => issue.row);
  const { clock } = draft.context.ports;
  const coerce = coercedCells(mapped, recordCheck(mapped.mapping, draft.ports.hasher, clock.now()));
  return records.map((original) => {
    const edit = edits.get(original.row);
    const record = withEdit(original, edit);
    return {
      row: record.row,
      line: record.line,
      cells: [...record.cells],
      state: stateOf(file, record.row),
      edited: [...(edit?.cells.keys() ?? [])].map((position) => ({
        position,
        original: original.cells[position] ?? '',
      })),
      coerced: coerce(record),
      issues: issues.get(record.row) ?? [],
    };
  });
}

function stateOf({ checked }: DraftFile, row: number): DraftRowView['state'] {
  if (checked === null || row > checked.facts.rows) return null;
  const state = checked.facts.state(row);
  if ((state & ROW_STATE.skipped) !== 0) return 'skipped';
  return state === ROW_STATE.fits ? 'accepted' : 'rejected';
}

function isSparse(rows: readonly number[]): boolean {
  return (rows.at(-1) ?? 0) - (rows[0] ?? 0) > rows.length * SPARSE;
}

/** Between the rows of a filtered page there may be a hundred thousand edits that nobody asked for. */
export function editsAt({ context }: Draft, fileNo: number, rows: readonly number[]): RowEdits {
  if (!isSparse(rows)) return context.edits(fileNo, rows[0] ?? 0, rows.at(-1) ?? 0);
  const edits = new Map();
  for (const row of rows) for (const [key, edit] of context.edits(fileNo, row, row)) edits.set(key, edit);
  return edits;
}

async function issuesAt(
  { context, draftId }: Draft,
  fileNo: number,
  rows: readonly number[],
): Promise<RowIssue[]> {
  const { workspace } = context.ports;
  const between = (fromRow: number, toRow: number): Promise<RowIssue[]> =>
    workspace.issues(draftId, fileNo, { offset: 0, limit: Number.MAX_SAFE_INTEGER, fromRow, toRow }, NEVER);
  if (rows.length === 0) return [];
  if (!isSparse(rows)) return between(rows[0] ?? 0, rows.at(-1) ?? 0);
  return (await Promise.all(rows.map((row) => between(row, row)))).flat();
}
