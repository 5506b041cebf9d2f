/*
 * What the parts of the grid are called to a screen reader. Roles stand for the elements of a table, since rows of a
 * <table> cannot be drawn only where they are seen.
 */

export function gridAria(label: string, rows: number, columns: number, isLocked: boolean) {
  return {
    role: 'grid',
    'aria-label': label,
    // With the headings, and with the row numbers.
    'aria-rowcount': rows + 1,
    'aria-colcount': columns + 1,
    'aria-multiselectable': true,
    'aria-readonly': isLocked,
  } as const;
}

export const bodyAria = { role: 'rowgroup' } as const;

/** `place` counts from 0, that of the headings is -1. */
export function rowAria(place: number) {
  return { role: 'row', 'aria-rowindex': place + 2 } as const;
}

export function headingAria(column: number, hasMenu: boolean) {
  const aria = { role: 'columnheader', 'aria-colindex': column + 1 } as const;
  return hasMenu ? ({ ...aria, 'aria-haspopup': 'menu' } as const) : aria;
}

export const numberAria = { role: 'rowheader', 'aria-colindex': 1 } as const;

export function cellAria(column: number, isChosen: boolean) {
  return { role: 'gridcell', 'aria-colindex': column + 1, 'aria-selected': isChosen } as const;
}

/** A box that only holds words and buttons together. */
export function groupAria(label: string) {
  return { role: 'group', 'aria-label': label } as const;
}
