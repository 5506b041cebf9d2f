/** Columns of a file of rejected rows, beside those of the file that they came from. */
export const REJECTED_LINE = 'rejected_line';
export const REJECTED_REASONS = 'rejected_reasons';

/** Columns of rows to be corrected: the reasons, and the mark that finds each row's place again. */
export const REASONS = 'What is wrong';
const MARK = /^accession_row ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/(\d{1,6})$/;

/** What the heading of the mark column says: `accession_row 0b9c…/2`. */
export interface FileOfDraft {
  draftId: string;
  fileNo: number;
}

/**
 * The mark column's heading. It names the draft and the file, because a heading is what Excel, LibreOffice and
 * Google Sheets all keep, whatever they save the table as: a hidden sheet or a document property is lost in a CSV.
 */
export function markHeading({ draftId, fileNo }: FileOfDraft): string {
  return `accession_row ${draftId}/${fileNo}`;
}

/** Null for any other heading. */
export function readMarkHeading(heading: string): FileOfDraft | null {
  const [, draftId, fileNo] = MARK.exec(heading.trim()) ?? [];
  return draftId === undefined || fileNo === undefined ? null : { draftId, fileNo: Number(fileNo) };
}

/**
 * The positions of the columns that Accession itself has put into a file of rows to be mended; null: the file is not
 * one of those.
 */
export function ownColumns(header: readonly string[]): ReadonlySet<number> | null {
  const at = (heading: string): number => header.findLastIndex((one) => one.trim() === heading);
  const mark = header.findLastIndex((one) => readMarkHeading(one) !== null);
  const pair = mark === -1 ? [at(REJECTED_LINE), at(REJECTED_REASONS)] : [mark, at(REASONS)];
  if (mark === -1 && pair.includes(-1)) return null;
  return new Set(pair.filter((position) => position !== -1));
}
