import { describe, expect, it } from 'vitest';
import { recogniseType } from '../../../shared/records/recognise-type.ts';
import type { RecordType } from '../../../shared/records/types.ts';

const GOODBOOKS =
  'book_id,goodreads_book_id,best_book_id,work_id,books_count,isbn,isbn13,authors,original_publication_year,original_title,title,language_code,average_rating,ratings_count'.split(
    ',',
  );
const ISBNS = ['9780064400558', '9780810993136', '0439023483', '439023483', '9780142410370'];

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
    ['checkouts', ['Copy Barcode', 'Title', 'Author', 'Patron Barcode', 'Due']],
    ['checkouts', ['Patron Barcode', 'Grade Level', 'Homeroom', 'Copy Barcode', 'Title', 'Checked Out']],
    ['students', ['Barcode', 'Title', 'Last Name', 'Grade Level', 'Homeroom']],
    ['books', ['Barcode', 'Title', 'Grade Level']],
    [null, ['name', 'colour']],
    [null, ['title']],
    [null, []],
  ])('says %s for %o', (type, header) => {
    expect(recogniseType(header)).toBe(type);
  });

  it('takes a file for books whose headings say nothing but which holds ISBNs', () => {
    const sample = ISBNS.map((isbn, row) => [String(row), isbn]);
    expect(recogniseType(['nr', 'code'], sample)).toBe('books');
    expect(recogniseType(['nr', 'code'], sample.slice(1))).toBeNull();
  });

  it('does not take a list for books in which students have ISBNs', () => {
    expect(
      recogniseType(
        ['student_id', 'code'],
        ISBNS.map((isbn) => ['S1', isbn]),
      ),
    ).toBeNull();
  });
});
