import type { RowEdit, RowEdits } from '../../shared/records/row-edits.ts';
import { type CellChange, SKIP_POSITION } from './workspace-port.ts';

/** Edits of a run of rows of a file, both ends included. */
export type EditsOf = (fileNo: number, from: number, to: number) => RowEdits;

/** `edits` as they will be once `changes` are made. */
export function editsWith(edits: EditsOf, changes: readonly CellChange[]): EditsOf {
  const byFile = new Map(
    [...Map.groupBy(changes, (change) => change.fileNo)].map(([fileNo, own]) => [
      fileNo,
      // Stable: of two changes of one cell the later one counts.
      own.toSorted((a, b) => a.row - b.row),
    ]),
  );
  return (fileNo, from, to) => {
    const before = edits(fileNo, from, to);
    const own = byFile.get(fileNo);
    if (own === undefined) return before;
    const merged = new Map(before);
    for (let at = firstFrom(own, from); at < own.length; ) {
      const row = own[at]?.row ?? 0;
      if (row > to) break;
      let next = at + 1;
      while (own[next]?.row === row) next += 1;
      const edit = changed(before.get(row), own.slice(at, next));
      if (edit === null) merged.delete(row);
      else merged.set(row, edit);
      at = next;
    }
    return merged;
  };
}

/** Where the first change of `row` or a later one stands. */
function firstFrom(changes: readonly CellChange[], row: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.row ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

function changed(before: RowEdit | undefined, changes: readonly CellChange[]): RowEdit | null {
  const cells = new Map(before?.cells);
  let skipped = before?.skipped ?? false;
  for (const { position, after } of changes) {
    if (position === SKIP_POSITION) skipped = after !== null;
    else if (after === null) cells.delete(position);
    else cells.set(position, after);
  }
  return cells.size === 0 && !skipped ? null : { cells, skipped };
}
