import type { DraftRowView } from '../../../../shared/contract/drafts.ts';
import { gridTexts } from '../../../texts/grid.ts';
import { shownText } from './cell-marks.ts';

/** The line below the rows: where somebody is, and the whole text of a cell that is wider than its column. */
export function GridStatus({
  row,
  rows,
  heading,
  text,
  chosen,
  busy,
}: {
  row: DraftRowView | undefined;
  rows: number;
  heading: string | null;
  text: string | null;
  chosen: number;
  busy: boolean;
}) {
  const { status } = gridTexts;
  return (
    <div className="grid-status">
      {row !== undefined && (
        <span className="grid-status-place">
          {status.place(row.row, rows)}
          <span className="soft"> · {status.line(row.line)}</span>
        </span>
      )}
      {chosen > 1 ? (
        <span>{status.cells(chosen)}</span>
      ) : (
        heading !== null && (
          <span className="grid-status-text">
            <b>{heading}</b> {text === null ? '' : shownText(text)}
          </span>
        )
      )}
      <span className="grid-status-end">{busy ? status.busy : status.keys}</span>
    </div>
  );
}
