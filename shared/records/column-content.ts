import { readsAsDay } from './coerce-date.ts';
import { headingKey } from './headings.ts';
import { readIsbn } from './isbn.ts';

/** Below this many cells chance decides: one short number in eleven passes for an ISBN-10. */
const FEWEST_CELLS = 5;
/** Some cells of a good column are always wrong; more than one in five, and it is another column. */
const SHARE = 0.8;

/**
 * The one column among `positions` whose cells are ISBNs by check digit, or null. Of several the one with the
 * largest share, then the first.
 */
export function isbnColumn(
  sample: readonly (readonly string[])[],
  positions: readonly number[],
): number | null {
  let best: { position: number; share: number } | null = null;
  for (const position of positions) {
    const share = shareOf(cellsAt(sample, position), isWholeIsbn);
    if (share >= SHARE && (best === null || share > best.share)) best = { position, share };
  }
  return best?.position ?? null;
}

/**
 * Headings of other dates. A date when a book should come back, taken for the one when it was lent, would be
 * wrong in every record.
 */
const OTHER_DATE =
  /due|birth|dob|born|expir|until|acquir|purchas|added|creat|updat|modif|renew|enrol|receiv|publi|print|timestamp|hold|reserv|venc|nacim|limite|hasta|entrega|compra|alta|renov/;

/**
 * The columns among `positions` that may hold the day of a checkout: their cells are dates written with
 * separators, none lies after `latest`, and their headings name no other date.
 */
export function checkoutDateColumns(
  header: readonly string[],
  sample: readonly (readonly string[])[],
  positions: readonly number[],
  latest: string,
): number[] {
  return positions.filter((position) => {
    if (OTHER_DATE.test(headingKey(header[position] ?? ''))) return false;
    const cells = cellsAt(sample, position);
    const future = cells.some((cell) => (readsAsDay(cell) ?? '') > latest);
    return !future && shareOf(cells, (cell) => readsAsDay(cell) !== null) >= SHARE;
  });
}

/**
 * An ISBN as it stands, or with one leading zero lost. Not with more: every ISSN (eight digits) reads as an
 * ISBN-10 whose first two zeros are lost, since both sum up to a multiple of 11 with the same weights.
 */
export function isWholeIsbn(cell: string): boolean {
  const read = readIsbn(cell);
  if (read.state === 'invalid') return false;
  return !read.value.zeroRestored || !read.value.isbn.startsWith('00');
}

/** The cells of a column that are not blank, trimmed. */
export function cellsAt(sample: readonly (readonly string[])[], position: number): string[] {
  return sample.map((cells) => cells[position]?.trim() ?? '').filter((cell) => cell !== '');
}

/** 0 where there are too few cells to tell. */
function shareOf(cells: readonly string[], fits: (cell: string) => boolean): number {
  if (cells.length < FEWEST_CELLS) return 0;
  return cells.filter(fits).length / cells.length;
}
