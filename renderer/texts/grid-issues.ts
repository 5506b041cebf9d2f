import type { IssueCode } from '../../shared/records/types.ts';

/** What a kind of problem is called where many are counted; what is wrong with one cell is said by its message. */
export const issueTitles: Readonly<Record<IssueCode, string>> = {
  'csv.quote-unclosed': 'Quotation mark not closed',
  'csv.quote-text-after': 'Text behind a quotation mark',
  'csv.record-too-long': 'Row too long',
  'csv.cells-missing': 'Cells missing at the end',
  'csv.cells-surplus': 'Too many cells',
  'csv.cells-surplus-blank': 'Blank cells too many',
  'csv.no-rows': 'No rows',
  'file.encoding-guessed': 'Encoding guessed',
  'file.characters-lost': 'Characters lost',
  'file.other-sheets': 'Other sheets left out',
  'value.lost-character': 'Lost character',
  'column.unknown': 'Column not known',
  'column.repeated': 'Column twice',
  'column.synonym-unused': 'Second column of the same kind',
  'column.left-out': 'Column left out',
  'column.by-content': 'Column found by its content',
  'value.required': 'Missing',
  'value.not-a-number': 'Not a number',
  'value.not-whole': 'Not a whole number',
  'value.out-of-range': 'Out of range',
  'value.not-a-date': 'Not a date',
  'value.date-order': 'Month or day first?',
  'value.not-a-choice': 'Not one of the choices',
  'value.old-word': 'Old word',
  'value.too-long': 'Too long',
  'value.forbidden-character': 'Invisible character',
  'value.not-a-list': 'Not written as a list',
  'isbn.invalid': 'Not a valid ISBN',
  'isbn.scientific': 'Rounded by a spreadsheet',
  'return.before-checkout': 'Returned before checked out',
  'key.repeated': 'Id used twice',
  'reference.missing-book': 'No such book',
  'reference.missing-student': 'No such student',
  'database.refused': 'Refused by the database',
};

/** A problem of the file or its headings: there is no row to go to. */
export function isOfHeader(code: IssueCode): boolean {
  return code.startsWith('column.') || code.startsWith('file.') || code === 'csv.no-rows';
}
