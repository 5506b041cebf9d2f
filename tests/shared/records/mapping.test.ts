import { describe, expect, it } from 'vitest';
import { AppError } from '../../../shared/errors.ts';
import { mapColumns, recogniseType } from '../../../shared/records/mapping.ts';
import type { RecordType } from '../../../shared/records/types.ts';

const GOODBOOKS =
  'book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,original_publication_year,original_title,title,language_code,average_rating,ratings_count,work_ratings_count,work_text_reviews_count,ratings_1,ratings_2,ratings_3,ratings_4,ratings_5,image_url,small_image_url'.split(
    ',',
  );

function errorOf(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
  }
  throw new Error('expected an AppError');
}

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
    const mapping = mapColumns(type, [...required, heading]);
    expect(mapping.sources[column]).toEqual([required.length]);
    expect(mapping.issues).toEqual([]);
  });

  it('takes of goodbooks only what cannot mean anything else', () => {
    const mapping = mapColumns('books', GOODBOOKS);
    expect(mapping.sources).toEqual({
      book_id: [0],
      title: [10],
      author: [7],
      isbn: [5, 6],
      publication_year: [8],
      average_rating: [12],
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
    const mapping = mapColumns('books', ['Year', 'book_id', 'title', 'Publication Year']);
    expect(mapping.sources.publication_year).toEqual([3, 0]);
    expect(mapping.issues).toMatchObject([{ code: 'column.synonym-unused', value: 'Year' }]);
    expect(mapping.issues[0]?.message).toContain('Publication Year');
  });

  it('warns of a column that comes twice and reads the first', () => {
    const mapping = mapColumns('books', ['book_id', 'title', 'Title']);
    expect(mapping.sources.title).toEqual([1, 2]);
    expect(mapping.issues).toMatchObject([{ code: 'column.repeated', column: 'title', value: 'Title' }]);
  });

  it('names a column without heading by its place', () => {
    const { issues } = mapColumns('books', ['book_id', 'title', '']);
    expect(issues).toMatchObject([{ code: 'column.unknown', column: 'column 3', value: '' }]);
  });

  it('copes with headings that are names of object internals', () => {
    const { issues } = mapColumns('books', ['__proto__', 'book_id', 'title', 'constructor']);
    expect(issues.map((issue) => issue.column)).toEqual(['__proto__', 'constructor']);
  });

  it('names the missing columns, the headings seen and the file', () => {
    const error = errorOf(() => mapColumns('students', ['student_id', 'age', 'room'], 'class.csv'));
    expect(error.code).toBe('file.missing-column');
    expect(error.message).toContain('grade_level, homeroom_teacher, lunch_period');
    expect(error.message).toContain('student_id, age, room');
    expect(error.message).toContain('class.csv');
    expect(error.hint).toContain('rename');
  });

  it('keeps the cells of a file without header out of the message', () => {
    const error = errorOf(() => mapColumns('students', ['S001', '4', '9', 'Ms. Taylor', '3', '1']));
    expect(error.message).not.toContain('Taylor');
    expect(error.hint).toContain('first line');
  });
});

describe('recogniseType', () => {
  it.each<[RecordType | null, string[]]>([
    ['books', ['book_id', 'title']],
    ['books', GOODBOOKS],
    ['books', ['Book ID', 'Book Title', 'Pages', 'rating']],
    ['students', ['student_id', 'grade', 'age', 'teacher', 'lunch']],
    ['checkouts', ['student_id', 'book_id', 'checkout_date']],
    ['checkouts', ['student_id', 'book_id', 'checkout_date', 'title']],
    ['books', ['book_id', 'author', 'isbn']],
    ['students', ['student_id', 'grade_level', 'homeroom_teacher']],
    ['checkouts', ['book_id', 'student_id']],
    [null, ['name', 'colour']],
    [null, ['title']],
    [null, []],
  ])('says %s for %o', (type, header) => {
    expect(recogniseType(header)).toBe(type);
  });
});
