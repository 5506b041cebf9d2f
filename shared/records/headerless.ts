import { AppError } from '../errors.ts';
import { readsAsDay } from './coerce-date.ts';
import { cellsAt, isWholeIsbn } from './column-content.ts';
import { matchHeader } from './match-header.ts';
import { RECORD_TYPES } from './types.ts';

/** Of the cells that are not blank; a heading may be a number (`2024`), a quarter of them are not. */
const SHARE_OF_DATA = 0.25;
/** Of the cells below it that must look like a first one. */
const SHARE_ALIKE = 0.8;

/**
 * True where the first line of a file is a record and no header: none of its cells is a heading that any type
 * knows, and at least a quarter of them are data (numbers, dates, ISBNs, JSON lists, numbered codes) like the
 * cells below them.
 */
export function looksHeaderless(header: readonly string[], sample: readonly (readonly string[])[]): boolean {
  if (RECORD_TYPES.some((type) => matchHeader(type, header).size > 0)) return false;
  const filled = header.filter((cell) => cell.trim() !== '').length;
  const data = header.filter((cell, position) => isDataLike(cell.trim(), cellsAt(sample, position)));
  return data.length > 0 && data.length >= filled * SHARE_OF_DATA;
}

function isDataLike(first: string, below: readonly string[]): boolean {
  const kind = kindOf(first);
  if (kind === null) return false;
  // Letters and digits (`S001`) can be a heading (`Q1`), so the cells below have to count on from it.
  if (below.length === 0) return !kind.startsWith('code');
  return below.filter((cell) => kindOf(cell) === kind).length >= below.length * SHARE_ALIKE;
}

function kindOf(cell: string): string | null {
  if (/^[+-]?\d+(?:[.,]\d+)?$/.test(cell)) return 'number';
  if (readsAsDay(cell) !== null) return 'date';
  if (isWholeIsbn(cell)) return 'isbn';
  if (/^\[.*\]$/s.test(cell)) return 'list';
  const code = /^(\p{L}{1,4})[-_]?\d{2,}$/u.exec(cell);
  return code ? `code ${code[1]}` : null;
}

/** The error for such a file; its cells stay out of the text, for they are a record's. */
export function noHeader(fileName: string): AppError {
  return new AppError({
    code: 'file.no-header',
    message: `The first line of ${fileName} looks like a record, not like the headings of its columns.`,
    hint: 'Add a first line with the names of the columns, or use a mapping file with "header": false that says which column is which.',
  });
}
