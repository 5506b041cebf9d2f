/*
 * Which rows of a long list are in sight. Browsers end a page at 33.5 million pixels (half of it at 200 %): a list
 * that would be higher is given the height below, and its scroll bar stands for all of it in proportion.
 */

/** CSS pixels; far enough from the browsers' limit for any zoom. */
export const HIGHEST_LIST_PX = 8_000_000;

export interface ListShape {
  count: number;
  rowPx: number;
  viewPx: number;
}

/** The height that the list takes up. */
export function listHeight({ count, rowPx }: ListShape): number {
  return Math.min(count * rowPx, HIGHEST_LIST_PX);
}

/** The first row in sight, with its part that is scrolled away: 3.5 is the middle of the fourth. */
export function firstInSight(shape: ListShape, scrollTop: number): number {
  const way = listHeight(shape) - shape.viewPx;
  if (way <= 0) return 0;
  return (Math.min(scrollTop, way) / way) * (shape.count - shape.viewPx / shape.rowPx);
}

/** Where to scroll so that `row` is wholly in sight, as little as possible; `scrollTop` itself where it is. */
export function scrollTopFor(shape: ListShape, scrollTop: number, row: number): number {
  const first = firstInSight(shape, scrollTop);
  const inSight = shape.viewPx / shape.rowPx;
  const wanted = row < first ? row : row + 1 > first + inSight ? row + 1 - inSight : first;
  if (wanted === first) return scrollTop;
  const way = Math.max(0, listHeight(shape) - shape.viewPx);
  const rows = shape.count - inSight;
  return rows <= 0 ? 0 : (wanted / rows) * way;
}
