/** Columns of a file of rejected rows, beside those of the file that they came from. */
export const REJECTED_LINE = 'rejected_line';
export const REJECTED_REASONS = 'rejected_reasons';

/** Columns of rows to be corrected: the reasons, and the mark that finds each row's place again. */
export const REASONS = 'What is wrong';
const MARK = /^accession_row [0-9a-f-]{36}\/\d{1,6}$/;

/**
 * The positions of the columns that Accession itself has put into a file of rows to be mended; null: the file is not
 * one of those.
 */
export function ownColumns(header: readonly string[]): ReadonlySet<number> | null {
  const at = (heading: string): number => header.findLastIndex((one) => one.trim() === heading);
  const mark = header.findLastIndex((one) => MARK.test(one.trim()));
  const pair = mark === -1 ? [at(REJECTED_LINE), at(REJECTED_REASONS)] : [mark, at(REASONS)];
  if (mark === -1 && pair.includes(-1)) return null;
  return new Set(pair.filter((position) => position !== -1));
}
