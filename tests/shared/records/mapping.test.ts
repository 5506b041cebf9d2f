import { describe, expect, it } from 'vitest';
import { cells, errorOf, mapHeader } from './checking.ts';

const GOODBOOKS =
  'book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,original_publication_year,original_title,title,language_code,average_rating,ratings_count,work_ratings_count,work_text_reviews_count,ratings_1,ratings_2,ratings_3,ratings_4,ratings_5,image_url,small_image_url'.split(
    ',',
  );

describe('mapColumns', () => {
  it.each([
    ['books', 'authors', 'author'],
    ['books', 'ISBN13', 'isbn'],
    ['books', 'isbn_13', 'isbn'],
    ['books', 'Isbn-10', 'isbn'],
    ['books', 'pages', 'page_count'],
    ['books', 'Page Count', 'page_count'],
    ['books', 'Year', 'publication_year'],
    ['books', 'original_publication_year', 'publication_year'],
    ['books', ' PUBLICATION.YEAR ', 'publication_year'],
    ['books', 'rating', 'average_rating'],
    ['books', 'readingLevel', 'reading_level'],
    ['students', 'Grade', 'grade_level'],
    ['students', 'Teacher', 'homeroom_teacher'],
    ['students', 'prior-year reading score', 'prior_year_reading_score'],
    ['checkouts', 'Rating', 'student_rating'],
    ['checkouts', 'Date Returned', 'return_date'],
  ] as const)('reads in %s the heading %o as %s', (type, heading, column) => {
    const required = {
      books: ['book_id', 'title'],
      students: ['student_id', 'age', 'lunch_period', 'grade_level', 'homeroom_teacher'],
      checkouts: ['student_id', 'book_id', 'checkout_date'],
    }[type].filter((name) => name !== column);
    const mapping = mapHeader(type, [...required, heading]);
    expect(mapping.sources[column]).toEqual(cells(required.length));
    expect(mapping.issues).toEqual([]);
  });

  it('takes of goodbooks only what cannot mean anything else', () => {
    const mapping = mapHeader('books', GOODBOOKS);
    expect(mapping.sources).toEqual({
      book_id: cells(0),
      title: cells(10),
      author: cells(7),
      isbn: cells(5, 6),
      publication_year: cells(8),
      average_rating: cells(12),
    });
    const unknown = mapping.issues.filter((issue) => issue.code === 'column.unknown');
    expect(unknown.map((issue) => issue.column)).toEqual(
      GOODBOOKS.filter((_, position) => ![0, 5, 6, 7, 8, 10, 12].includes(position)),
    );
    expect(mapping.issues.filter((issue) => issue.code !== 'column.unknown')).toMatchObject([
      {
        code: 'column.synonym-unused',
        column: 'isbn',
        value: 'isbn13',
        row: 0,
        line: 1,
        severity: 'warning',
      },
    ]);
  });

  it('puts the canonical name first wherever it stands, and reports both', () => {
    const mapping = mapHeader('books', ['Year', 'book_id', 'title', 'Publication Year']);
    expect(mapping.sources.publication_year).toEqual(cells(3, 0));
    expect(mapping.issues).toMatchObject([{ code: 'column.synonym-unused', value: 'Year' }]);
    expect(mapping.issues[0]?.message).toContain('Publication Year');
  });

  it('warns of a column that comes twice and reads the first', () => {
    const mapping = mapHeader('books', ['book_id', 'title', 'Title']);
    expect(mapping.sources.title).toEqual(cells(1, 2));
    expect(mapping.issues).toMatchObject([{ code: 'column.repeated', column: 'title', value: 'Title' }]);
  });

  it('names a column without heading by its place', () => {
    const { issues } = mapHeader('books', ['book_id', 'title', '']);
    expect(issues).toMatchObject([{ code: 'column.unknown', column: 'column 3', value: '' }]);
  });

  it('copes with headings that are names of object internals', () => {
    const { issues } = mapHeader('books', ['__proto__', 'book_id', 'title', 'constructor']);
    expect(issues.map((issue) => issue.column)).toEqual(['__proto__', 'constructor']);
  });

  it('reads of two kinds of number the better one only, and says which it leaves out', () => {
    const mapping = mapHeader('books', ['Barcode', 'Title', 'biblionumber']);
    expect(mapping.sources.book_id).toEqual(cells(2));
    expect(mapping.issues).toMatchObject([{ code: 'column.left-out', column: 'book_id', value: 'Barcode' }]);
    expect(mapping.issues[0]?.message).toContain('biblionumber');
  });

  it('reads no other number where there is a book id, also not where that is blank', () => {
    const mapping = mapHeader('books', ['Barcode', 'Title', 'Book ID']);
    expect(mapping.sources.book_id).toEqual(cells(2));
    expect(mapping.issues.map((issue) => issue.code)).toEqual(['column.left-out']);
  });

  it("takes Koha's itemnumber for a key, and a list's Item Number for none", () => {
    expect(mapHeader('books', ['itemnumber', 'title']).sources.book_id).toEqual(cells(0));
    const error = errorOf(() => mapHeader('books', ['Item Number', 'Title']));
    expect(error.message).toContain('no column book_id');
  });

  it.each(['id', 'ID', 'No', '#', 'Number'])('takes a bare %s for no key', (heading) => {
    expect(errorOf(() => mapHeader('books', [heading, 'Title'])).code).toBe('file.missing-column');
  });

  it('tells how a mapping can work out what a list of readers lacks', () => {
    const { hint } = errorOf(() => mapHeader('students', ['Patron ID', 'Homeroom', 'DOB', 'Grad Year']));
    expect(hint).toContain('age from "DOB"');
    expect(hint).toContain('grade_level from "Grad Year"');
    expect(hint).toContain('lunch_period');
  });

  it('names the missing columns, the headings seen and the file', () => {
    const error = errorOf(() => mapHeader('students', ['student_id', 'age', 'room']));
    expect(error.code).toBe('file.missing-column');
    expect(error.message).toContain(
      'it has none of the columns grade_level, homeroom_teacher and lunch_period.',
    );
    expect(error.message).toContain('student_id, age, room');
    expect(error.message).toContain('file.csv');
    expect(error.hint).toContain('rename');
  });

  it('keeps the cells of a file without header out of the message', () => {
    const error = errorOf(() => mapHeader('students', ['S001', '4', '9', 'Ms. Taylor', '3', '1']));
    expect(error.code).toBe('file.no-header');
    expect(error.message).not.toContain('Taylor');
    expect(error.hint).toContain('first line');
  });
});
