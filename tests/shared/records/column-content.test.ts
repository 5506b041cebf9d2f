import { describe, expect, it } from 'vitest';
import { mapColumns } from '../../../shared/records/mapping.ts';
import type { SavedMapping } from '../../../shared/records/saved-mapping.ts';
import type { RecordType } from '../../../shared/records/types.ts';
import { cells, errorOf, TODAY } from './checking.ts';

/** A column of cells beside the columns that the type needs; `today` is 15 March 2026. */
function mapSample(
  type: RecordType,
  header: readonly string[],
  column: readonly string[],
  saved: SavedMapping | null = null,
) {
  const sample = column.map((cell) => [...header.slice(1).map(() => 'x'), cell]);
  return mapColumns({ type, header, sample, fileName: 'file.csv', saved, today: TODAY });
}

const ISBNS = ['9780064400558', '0-439-02348-3', '439023483', '9780142410370', '9780810993136'];
const BOOKS = ['book_id', 'title', 'Number'];

describe('an ISBN that no heading names', () => {
  it('is found by its cells, with a warning that says so', () => {
    const mapping = mapSample('books', BOOKS, ISBNS);
    expect(mapping.sources.isbn).toEqual(cells(2));
    expect(mapping.issues).toMatchObject([
      { row: 0, line: 1, code: 'column.by-content', severity: 'warning', column: 'isbn', value: 'Number' },
    ]);
    expect(mapping.issues[0]?.message).toContain('Column 3 ("Number")');
  });

  it.each<[string, readonly string[], boolean]>([
    ['four of five', [...ISBNS.slice(1), '12'], true],
    ['three of five', [...ISBNS.slice(2), '12', '13'], false],
    ['four cells', ISBNS.slice(1), false],
    ['five and blanks', [...ISBNS, '', ' ', ''], true],
    ['check digits that do not fit', ISBNS.map((isbn) => isbn.replace(/3|8/, '4')), false],
    // Nature, Science, The Lancet, Time, National Geographic: every ISSN reads as an ISBN without its zeros.
    ['ISSNs', ['0028-0836', '0036-8075', '0140-6736', '0040-781X', '0027-9358'], false],
    ['numbers in scientific notation', Array<string>(5).fill('9.78043902348e+12'), false],
    ['titles', ['Holes', 'Matilda', 'Hatchet', 'Wonder', 'Frindle'], false],
  ])('%s: %o is one: %o', (_, column, found) => {
    expect(mapSample('books', BOOKS, column).sources.isbn !== undefined).toBe(found);
  });

  it('is not looked for where a heading names it', () => {
    const mapping = mapSample('books', ['book_id', 'title', 'isbn', 'Number'], ISBNS);
    expect(mapping.sources.isbn).toEqual(cells(2));
    expect(mapping.issues).toMatchObject([{ code: 'column.unknown', value: 'Number' }]);
  });

  it('is not looked for where a mapping says that it is not to be loaded', () => {
    const saved: SavedMapping = { version: 1, type: 'books', columns: { isbn: null } };
    expect(mapSample('books', BOOKS, ISBNS, saved).sources.isbn).toBeUndefined();
  });

  it('is not taken from a column that holds something else', () => {
    const mapping = mapSample('books', ['title', 'Barcode'], ISBNS);
    expect(mapping.sources).toEqual({ book_id: cells(1), title: cells(0) });
  });
});

const DAYS = ['2026-01-05', '2026-01-06', '1/7/2026', '8.1.2026', '2026-01-09'];

describe('a checkout date that no heading names', () => {
  it('is the only unknown column of dates, with a warning that says so', () => {
    const mapping = mapSample('checkouts', ['student_id', 'book_id', 'When'], DAYS);
    expect(mapping.sources.checkout_date).toEqual(cells(2));
    expect(mapping.issues).toMatchObject([{ code: 'column.by-content', column: 'checkout_date' }]);
  });

  it.each<[string, string, readonly string[]]>([
    ['a day to come', 'When', [...DAYS, '2026-04-01']],
    ['a due date', 'Due', DAYS],
    ['a birth date', 'F. nacimiento', DAYS],
    ['barcodes of eight digits', 'When', Array<string>(5).fill('20260105')],
    ['four cells', 'When', DAYS.slice(1)],
  ])('is not %s', (_, heading, column) => {
    const header = ['student_id', 'book_id', heading];
    expect(errorOf(() => mapSample('checkouts', header, column)).message).toContain(
      'no column checkout_date',
    );
  });

  it('is not guessed of two columns of dates', () => {
    const header = ['student_id', 'book_id', 'From', 'To'];
    const sample = DAYS.map((day) => ['S1', 'B1', day, day]);
    const request = { type: 'checkouts', header, sample, fileName: 'f', saved: null, today: TODAY } as const;
    expect(errorOf(() => mapColumns(request)).code).toBe('file.missing-column');
  });
});
