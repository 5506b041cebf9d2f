import type { DraftFileView, DraftRowView, RowIssueView } from '../../../../shared/contract/drafts.ts';
import { gridTexts } from '../../../texts/grid.ts';
import type { CellMarks, RowMarks } from './cell-marks.ts';
import { CellNote } from './cell-note.tsx';
import type { RowBlocks } from './row-blocks.ts';
import type { CellPlace } from './selection.ts';
import type { CellDeeds } from './use-cell-deeds.ts';
import type { Fixing } from './use-fixing.ts';
import type { GridColumns } from './use-grid-columns.ts';
import type { GridPlace } from './use-grid-place.ts';
import type { GridPointer } from './use-grid-pointer.ts';

/** The message of the cell that the pointer or the focus is at, if there is one. */
export function GridNotes({
  cell,
  isPointed,
  file,
  columns,
  blocks,
  fixing,
  deeds,
  place,
  pointer,
  isLocked,
  readMarks,
  onTakeAll,
}: {
  cell: CellPlace | null;
  /** The pointer rests on it: then all there is to say is said, else only what is wrong. */
  isPointed: boolean;
  file: DraftFileView;
  columns: GridColumns;
  blocks: RowBlocks;
  fixing: Fixing;
  deeds: CellDeeds;
  place: GridPlace;
  pointer: GridPointer;
  isLocked: boolean;
  readMarks: (row: DraftRowView) => RowMarks;
  onTakeAll: (issue: RowIssueView) => void;
}) {
  const row = cell === null || cell.place < 0 ? undefined : blocks.get(cell.place);
  if (cell === null || row === undefined) return null;
  const column = columns.shown[cell.column - 1];
  const marks = marksToTell(readMarks(row), column?.position ?? null, row);
  const element = marks === null ? null : place.elementOf(cell);
  if (marks === null || element === null) return null;
  const isWrong = marks.issues.length > 0 || row.state === 'skipped';
  if (!isPointed && !isWrong) return null;
  const back = (): void => {
    pointer.forget();
    place.focus();
  };
  return (
    <CellNote
      title={
        column === undefined ? gridTexts.message.row(row.row) : gridTexts.cellTitle(column.heading, row.row)
      }
      element={element}
      row={row}
      marks={marks}
      alike={({ code, column: name }) =>
        file.issueCounts.find((one) => one.code === code && one.column === name)?.count ?? 0
      }
      isLocked={isLocked}
      actions={{
        take({ suggestion }) {
          back();
          deeds.set(cell, suggestion?.value ?? '');
        },
        takeAll: onTakeAll,
        restore() {
          back();
          deeds.set(cell, null);
        },
        leaveOut(skipped) {
          back();
          void fixing.leaveOut([row.row], skipped);
        },
      }}
      onLeave={() => {
        back();
        place.beQuiet();
      }}
      pointer={pointer.onNote}
    />
  );
}

/** What there is to say of a cell, or at its number of the row (`position` null); null: nothing. */
function marksToTell(marks: RowMarks, position: number | null, row: DraftRowView): CellMarks | null {
  if (position === null) {
    return marks.row.length === 0 && row.state !== 'skipped'
      ? null
      : { issues: marks.row, original: null, coerced: null };
  }
  const own = marks.cells.get(position);
  return own === undefined || (own.issues.length === 0 && own.original === null) ? null : own;
}
