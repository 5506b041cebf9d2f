/**
 * What two headings have in common when they mean the same: `ISBN_13`, `isbn 13` and `Isbn-13` are all
 * `isbn13`; `TÍTULO:` and `titulo` are both `titulo`. Empty for a heading without a letter or digit.
 */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

/**
 * The shape of a header: equal for two files whose columns have the same headings in the same order, however
 * these are written. What a person decided for one file is remembered under it and holds for the next one.
 */
export function headerShape(header: readonly string[]): string {
  // A key holds letters and digits only, so the bar cannot be part of one.
  return header.map(headingKey).join('|');
}

/** Headings for a file that has none of its own: `Column 1`, `Column 2` and so on. */
export function numberedHeader(columns: number): string[] {
  return Array.from({ length: columns }, (_, position) => `Column ${position + 1}`);
}
