import type { RowEdit, RowEdits } from '../../shared/records/row-edits.ts';
import { type CellChange, SKIP_POSITION } from './workspace-port.ts';

/** Edits of a run of rows of a file, both ends included. */
export type EditsOf = (fileNo: number, from: number, to: number) => RowEdits;

/** `edits` as they will be once `changes` are made. */
export function editsWith(edits: EditsOf, changes: readonly CellChange[]): EditsOf {
  const byFile = new Map(
    [...Map.groupBy(changes, (change) => change.fileNo)].map(([fileNo, own]) => [
      fileNo,
      Map.groupBy(own, (change) => change.row),
    ]),
  );
  return (fileNo, from, to) => {
    const before = edits(fileNo, from, to);
    const byRow = byFile.get(fileNo);
    if (byRow === undefined) return before;
    const merged = new Map(before);
    for (const [row, own] of byRow)
      if (row >= from && row <= to) {
        const edit = changed(before.get(row), own);
        if (edit === null) merged.delete(row);
        else merged.set(row, edit);
      }
    return merged;
  };
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
