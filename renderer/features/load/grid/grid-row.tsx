import { memo, type ReactNode } from 'react';
import type { DraftRowView } from '../../../../shared/contract/drafts.ts';
import { digits, gridTexts } from '../../../texts/grid.ts';
import { type CellMarks, type RowMarks, shownText } from './cell-marks.ts';
import { cellAria, numberAria, rowAria } from './grid-aria.ts';
import { MarkIcon } from './mark-icon.tsx';

/** A column as a row needs it: where it stands is said by the style of the grid. */
export interface RowColumn {
  /** Its number among the columns shown, from 1; the row number is 0. */
  index: number;
  position: number;
  isPinned: boolean;
  isLoaded: boolean;
}

export interface GridRowProps {
  place: number;
  /** In CSS pixels. */
  top: number;
  row: DraftRowView | undefined;
  marks: RowMarks | undefined;
  columns: readonly RowColumn[];
  /** The column with the focus, or null. */
  active: number | null;
  /** Columns chosen in this row; `selectedTo` is less than `selectedFrom` where there is none. */
  selectedFrom: number;
  selectedTo: number;
  pending: ReadonlyMap<number, string> | undefined;
  /** Was chosen by a filter that it does not fit any more. */
  isMended: boolean;
  /** In the place of a cell's text while it is edited. */
  editor: ReactNode | null;
  editedColumn: number | null;
}

/** Plain elements only: thousands of cells pass by while somebody scrolls. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { place, top, row, marks, columns, active, selectedFrom, selectedTo, editedColumn } = props;
  const skipped = row?.state === 'skipped';
  const look = `grid-row${place % 2 === 1 ? ' grid-row-odd' : ''}${skipped ? ' grid-row-skipped' : ''}${row === undefined ? ' grid-row-waiting' : ''}${
    editedColumn === null ? '' : ' grid-row-editing'
  }`;
  return (
    <div {...rowAria(place)} className={look} data-place={place} style={{ top }}>
      <NumberCell {...props} skipped={skipped} />
      {columns.map((column) => {
        const { index, position } = column;
        const isActive = active === index;
        const selected = index >= selectedFrom && index <= selectedTo;
        const isEdited = editedColumn === index;
        const cell = marks?.cells.get(position);
        const typed = props.pending?.get(position);
        return (
          <div
            {...cellAria(index, selected)}
            key={position}
            tabIndex={isActive ? 0 : -1}
            className={cellLook(column, cell, typed, selected, isActive, isEdited)}
            style={{ width: `var(--w${position})`, left: `var(--l${position})` }}
            data-column={index}
          >
            {isEdited
              ? props.editor
              : row === undefined
                ? null
                : cellContent(row.cells[position] ?? '', cell, typed, skipped)}
          </div>
        );
      })}
    </div>
  );
});

function cellLook(
  { isPinned, isLoaded }: RowColumn,
  marks: CellMarks | undefined,
  typed: string | undefined,
  selected: boolean,
  active: boolean,
  editing: boolean,
): string {
  let look = isPinned ? 'grid-cell grid-pinned' : 'grid-cell grid-free';
  if (marks !== undefined || typed !== undefined) look += ' grid-cell-marked';
  if (!isLoaded) look += ' grid-cell-unloaded';
  const [worst] = marks?.issues ?? [];
  if (typed !== undefined) look += ' grid-cell-saving';
  else if (worst !== undefined)
    look += worst.severity === 'error' ? ' grid-cell-error' : ' grid-cell-warning';
  if (marks?.original !== null && marks !== undefined) look += ' grid-cell-edited';
  if (selected) look += ' grid-cell-selected';
  if (active) look += ' grid-cell-active';
  if (editing) look += ' grid-cell-editing';
  return look;
}

function cellContent(
  text: string,
  marks: CellMarks | undefined,
  typed: string | undefined,
  skipped: boolean,
): ReactNode {
  if (typed !== undefined) {
    return (
      <>
        <span className="grid-text">{shownText(typed)}</span>
        <span className="hidden-text">{gridTexts.reader.saving}</span>
      </>
    );
  }
  if (marks === undefined) return shownText(text);
  const { issues, original, coerced } = marks;
  const [worst] = issues;
  const words = [
    ...(skipped
      ? []
      : issues.map(({ severity, message }) =>
          severity === 'error' ? gridTexts.reader.error(message) : gridTexts.reader.warning(message),
        )),
    ...(original === null ? [] : [gridTexts.reader.edited(original)]),
    ...(coerced === null ? [] : [gridTexts.reader.coerced(coerced)]),
  ];
  return (
    <>
      <span className="grid-text">
        {text === '' && worst !== undefined ? (
          <i className="grid-blank">{gridTexts.blank}</i>
        ) : (
          shownText(text)
        )}
      </span>
      {coerced !== null && (
        <span className="grid-coerced" aria-hidden="true">
          {shownText(coerced)}
        </span>
      )}
      {worst !== undefined && !skipped && <MarkIcon mark={worst.severity} />}
      <span className="hidden-text"> {words.join(' ')}</span>
    </>
  );
}

function NumberCell({
  row,
  marks,
  active,
  selectedFrom,
  selectedTo,
  isMended,
  skipped,
}: GridRowProps & { skipped: boolean }) {
  const [issue] = marks?.row ?? [];
  const selected = selectedTo >= selectedFrom;
  const words = [
    ...(skipped ? [gridTexts.reader.skipped] : []),
    ...(isMended && !skipped ? [gridTexts.reader.fixed] : []),
    ...(marks?.row ?? []).map(({ severity, message }) =>
      severity === 'error' ? gridTexts.reader.error(message) : gridTexts.reader.warning(message),
    ),
  ];
  const mark = skipped ? 'skipped' : issue !== undefined ? issue.severity : isMended ? 'fixed' : null;
  return (
    <div
      {...numberAria}
      tabIndex={active === 0 ? 0 : -1}
      className={`grid-number${selected ? ' grid-number-selected' : ''}${active === 0 ? ' grid-cell-active' : ''}`}
      data-column={0}
      title={row === undefined ? undefined : gridTexts.lineHint(row.line)}
    >
      {mark === null ? null : <MarkIcon mark={mark} />}
      <span className="grid-text">{row === undefined ? '' : digits(row.row)}</span>
      {words.length > 0 && <span className="hidden-text"> {words.join(' ')}</span>}
      {row === undefined && <span className="hidden-text">{gridTexts.loading}</span>}
    </div>
  );
}
