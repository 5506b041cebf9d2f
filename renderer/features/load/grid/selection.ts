/** A cell by its place among the rows shown (from 0; -1: the headings) and among the columns shown (0: row number). */
export interface CellPlace {
  place: number;
  column: number;
}

/** A block of cells: from where it was begun to where it is now, which is the cell with the focus. */
export interface Selection {
  anchor: CellPlace;
  active: CellPlace;
}

export interface Extent {
  rows: number;
  /** With that of the row numbers. */
  columns: number;
  /** Rows that are seen at once. */
  page: number;
}

export type Move =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'page-up'
  | 'page-down'
  | 'row-start'
  | 'row-end'
  | 'first'
  | 'last'
  | 'column-start'
  | 'column-end'
  | 'previous-cell'
  | 'next-cell';

export const START: Selection = { anchor: { place: 0, column: 1 }, active: { place: 0, column: 1 } };

/** Where a key leads. */
export function moved({ place, column }: CellPlace, move: Move, extent: Extent): CellPlace {
  const last = extent.rows - 1;
  const end = extent.columns - 1;
  switch (move) {
    case 'up':
      return { place: Math.max(place - 1, -1), column };
    case 'down':
      return { place: Math.min(place + 1, last), column };
    case 'left':
      return { place, column: Math.max(column - 1, 0) };
    case 'right':
      return { place, column: Math.min(column + 1, end) };
    case 'page-up':
      return { place: Math.max(place - extent.page, Math.min(place, 0)), column };
    case 'page-down':
      return { place: Math.min(place + extent.page, last), column };
    case 'row-start':
      return { place, column: Math.min(1, end) };
    case 'row-end':
      return { place, column: end };
    case 'first':
      return { place: Math.min(0, last), column: Math.min(1, end) };
    case 'last':
      return { place: last, column: end };
    case 'column-start':
      return { place: Math.min(0, last), column };
    case 'column-end':
      return { place: last, column };
    case 'previous-cell':
      if (column > 1) return { place, column: column - 1 };
      return place > 0 ? { place: place - 1, column: end } : { place, column };
    case 'next-cell':
      if (column < end) return { place, column: column + 1 };
      return place < last ? { place: place + 1, column: Math.min(1, end) } : { place, column };
  }
}

/** The same cells with the corners in order. Headings are no cells. */
export interface Block {
  firstPlace: number;
  lastPlace: number;
  firstColumn: number;
  lastColumn: number;
}

/** The row number stands for its whole row, as in a spreadsheet. */
export function blockOf({ anchor, active }: Selection, { columns }: Pick<Extent, 'columns'>): Block {
  const isRows = anchor.column === 0 || active.column === 0;
  return {
    firstPlace: Math.max(0, Math.min(anchor.place, active.place)),
    lastPlace: Math.max(anchor.place, active.place),
    firstColumn: isRows ? 1 : Math.min(anchor.column, active.column),
    lastColumn: isRows ? columns - 1 : Math.max(anchor.column, active.column),
  };
}

export function cellsIn({ firstPlace, lastPlace, firstColumn, lastColumn }: Block): number {
  return Math.max(0, lastPlace - firstPlace + 1) * Math.max(0, lastColumn - firstColumn + 1);
}
