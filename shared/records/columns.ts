import type { RecordOf, RecordType } from './types.ts';

/** One column of a record type, as the database names it and as files may head it. */
export interface Column {
  /** Canonical name: that of the database column. */
  name: string;
  /** How a message calls it. */
  label: string;
  /** A file without it cannot be loaded, and none of its cells may be blank. */
  required: boolean;
  /** True where `null`, `NaN` and the like mean "nothing here"; a title or a key may really read `Null`. */
  blankWords: boolean;
  /** Other headings for it, best first; capitals, spaces, dots, underscores and hyphens make no difference. */
  synonyms: readonly string[];
}

function required(name: string, label: string, blankWords: boolean, synonyms: readonly string[]): Column {
  return { name, label, required: true, blankWords, synonyms };
}

function optional(name: string, label: string, synonyms: readonly string[]): Column {
  return { name, label, required: false, blankWords: true, synonyms };
}

const BOOK_ID_SYNONYMS = ['book number', 'book no', 'book code', 'catalog id', 'catalogue id'];
const STUDENT_ID_SYNONYMS = ['student number', 'student no', 'pupil id', 'pupil number', 'learner id'];

/**
 * Only headings that cannot mean anything else are synonyms. A bare `id` is none: beside a `book_id` it is
 * usually a row number, and a row number taken for a key would overwrite another book.
 */
export const COLUMNS: { readonly [T in RecordType]: { readonly [C in keyof RecordOf[T]]: Column } } = {
  books: {
    book_id: required('book_id', 'book id', false, BOOK_ID_SYNONYMS),
    title: required('title', 'title', false, ['book title', 'title of book', 'book name']),
    author: optional('author', 'author', [
      'authors',
      'author(s)',
      'author name',
      'author names',
      'book author',
      'book authors',
    ]),
    isbn: optional('isbn', 'ISBN', ['isbn13', 'isbn10', 'isbn number', 'isbn no', 'isbn code']),
    genre: optional('genre', 'genre', ['genres', 'book genre', 'category', 'categories']),
    keywords: optional('keywords', 'keyword list', [
      'keyword',
      'tags',
      'tag',
      'subjects',
      'subject headings',
    ]),
    description: optional('description', 'description', [
      'book description',
      'summary',
      'synopsis',
      'blurb',
      'annotation',
    ]),
    difficulty_band: optional('difficulty_band', 'difficulty band', [
      'difficulty',
      'difficulty level',
      'band',
    ]),
    reading_level: optional('reading_level', 'reading level', [
      'reading grade level',
      'grade reading level',
      'reading grade',
      'atos level',
      'atos book level',
      'ar level',
      'book level',
    ]),
    publication_year: optional('publication_year', 'publication year', [
      'year',
      'original publication year',
      'year of publication',
      'year published',
      'published year',
      'publish year',
      'pub year',
    ]),
    page_count: optional('page_count', 'page count', [
      'pages',
      'number of pages',
      'num pages',
      'no of pages',
      'total pages',
      'pages count',
    ]),
    average_rating: optional('average_rating', 'average rating', [
      'avg rating',
      'mean rating',
      'rating average',
      'rating avg',
      'rating',
    ]),
  },
  students: {
    student_id: required('student_id', 'student id', false, STUDENT_ID_SYNONYMS),
    grade_level: required('grade_level', 'grade level', true, [
      'grade',
      'current grade',
      'student grade',
      'school grade',
      'year level',
    ]),
    age: required('age', 'age', true, ['student age', 'age in years', 'age years']),
    homeroom_teacher: required('homeroom_teacher', 'homeroom teacher', false, [
      'homeroom',
      'homeroom teacher name',
      'teacher',
      'teacher name',
      'class teacher',
    ]),
    prior_year_reading_score: optional('prior_year_reading_score', 'prior-year reading score', [
      'prior reading score',
      'prior year score',
      'previous year reading score',
      'last year reading score',
      'reading score prior year',
    ]),
    lunch_period: required('lunch_period', 'lunch period', true, ['lunch', 'lunch block', 'lunch slot']),
  },
  checkouts: {
    student_id: required('student_id', 'student id', false, STUDENT_ID_SYNONYMS),
    book_id: required('book_id', 'book id', false, BOOK_ID_SYNONYMS),
    checkout_date: required('checkout_date', 'checkout date', true, [
      'checked out',
      'checked out on',
      'date checked out',
      'date out',
      'borrowed',
      'borrowed on',
      'borrow date',
      'date borrowed',
      'loan date',
      'issue date',
    ]),
    return_date: optional('return_date', 'return date', [
      'returned',
      'returned on',
      'returned date',
      'date returned',
      'check in date',
      'date in',
    ]),
    student_rating: optional('student_rating', 'student rating', ['rating', 'stars', 'student stars']),
    checkout_id: optional('checkout_id', 'checkout id', [
      'checkout number',
      'checkout no',
      'loan id',
      'loan number',
      'circulation id',
      'transaction id',
    ]),
  },
};

/** The columns of a type in the order in which people are told of them. */
export function columnsOf(type: RecordType): readonly Column[] {
  return Object.values<Column>(COLUMNS[type]);
}

/** What two headings have in common when they mean the same: `ISBN_13`, `isbn 13` and `Isbn-13` are all `isbn13`. */
export function headingKey(heading: string): string {
  return heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s._-]+/g, '')
    .replace(/\ufeff/g, '');
}
