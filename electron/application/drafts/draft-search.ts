import { withEdit } from '../../../shared/records/row-edits.ts';
import type { RowIssue } from '../../../shared/records/types.ts';
import { issuePosition } from '../../engine/issue-position.ts';
import { NEVER } from './draft-ports.ts';
import { editsAt } from './draft-rows.ts';
import { type Draft, mappedOf } from './draft-state.ts';

/** Records looked through at once: others get their turn in between. */
const PAGE_ROWS = 2_000;

export interface Place {
  row: number;
  /** -1: before the first cell. */
  position: number;
}

/** The nearest cell that holds `text`, in any case, behind (or before) a place. */
export async function findText(
  draft: Draft,
  fileNo: number,
  { text, after, backwards }: { text: string; after: Place; backwards: boolean },
  signal: AbortSignal,
): Promise<Place | null> {
  const { mapped } = mappedOf(draft, fileNo);
  const either = AbortSignal.any([signal, draft.closing.signal]);
  const wanted = text.toLowerCase();
  const rows = mapped.opened.reading().rows;
  let from = backwards ? Math.max(1, Math.min(after.row, rows) - PAGE_ROWS + 1) : Math.max(1, after.row);
  for (;;) {
    either.throwIfAborted();
    const records = await mapped.opened.page(from, PAGE_ROWS, either);
    const numbers = records.map(({ row }) => row);
    const edits = editsAt(draft, fileNo, numbers);
    const ordered = backwards ? records.toReversed() : records;
    for (const original of ordered) {
      const { row, cells } = withEdit(original, edits.get(original.row));
      const position = cellWith(
        cells,
        wanted,
        row === after.row ? after.position : null,
        row,
        after,
        backwards,
      );
      if (position !== -1) return { row, position };
    }
    if (backwards ? from === 1 : records.length < PAGE_ROWS) return null;
    from = backwards ? Math.max(1, from - PAGE_ROWS) : from + PAGE_ROWS;
  }
}

/** Of the row where the search begins only what lies behind (or before) the given cell counts; -1: none. */
function cellWith(
  cells: readonly string[],
  wanted: string,
  begin: number | null,
  row: number,
  after: Place,
  backwards: boolean,
): number {
  if (backwards ? row > after.row : row < after.row) return -1;
  const holds = (cell: string): boolean => cell.toLowerCase().includes(wanted);
  if (backwards) {
    const last = begin === null ? cells.length - 1 : begin - 1;
    for (let position = last; position >= 0; position -= 1) if (holds(cells[position] ?? '')) return position;
    return -1;
  }
  return cells.findIndex((cell, position) => (begin === null || position > begin) && holds(cell));
}

export interface FoundProblem {
  row: number;
  /** Null: the whole row. */
  position: number | null;
  issue: RowIssue;
}

/** The next issue behind (or before) a place: in row order, then by cell, those of the whole row first. */
export async function nextProblem(
  draft: Draft,
  fileNo: number,
  { after, backwards, severity }: { after: Place; backwards: boolean; severity: 'error' | 'warning' | null },
): Promise<FoundProblem | null> {
  const { mapped } = mappedOf(draft, fileNo);
  const { workspace } = draft.context.ports;
  const kind = severity === null ? {} : { severity };
  // All of one row are needed to put them in the order of its cells.
  const inRow = async (row: number): Promise<FoundProblem[]> => {
    const page = { offset: 0, limit: Number.MAX_SAFE_INTEGER, fromRow: row, toRow: row, ...kind };
    const issues = await workspace.issues(draft.draftId, fileNo, page, NEVER);
    if (issues.length === 0) return [];
    const [original] = await mapped.opened.pick([row], draft.closing.signal);
    const cells =
      original === undefined ? [] : withEdit(original, editsAt(draft, fileNo, [row]).get(row)).cells;
    return issues
      .map((issue) => ({ row, position: issuePosition(mapped.mapping, issue, cells), issue }))
      .sort((a, b) => ((a.position ?? -1) - (b.position ?? -1)) * (backwards ? -1 : 1));
  };
  if (after.row >= 1) {
    const rest = (await inRow(after.row)).find(({ position }) => {
      const at = position ?? -1;
      return backwards ? at < after.position : at > after.position;
    });
    if (rest !== undefined) return rest;
  }
  const range = backwards
    ? { fromRow: 1, toRow: after.row - 1, backwards: true }
    : { fromRow: Math.max(1, after.row + 1) };
  const page = { offset: 0, limit: 1, ...range, ...kind };
  const [next] = await workspace.issues(draft.draftId, fileNo, page, NEVER);
  return next === undefined ? null : ((await inRow(next.row))[0] ?? null);
}
