import { BARE_BARCODES, BOOK_HEADINGS, BOOK_NUMBERS, BOOK_NUMBERS_AS_WRITTEN } from './book-headings.ts';
import { CHECKOUT_HEADINGS } from './checkout-headings.ts';
import { STUDENT_HEADINGS, STUDENT_NUMBERS } from './student-headings.ts';
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
  /** Other headings for it, best first; compared by `headingKey`. */
  synonyms: readonly string[];
  /**
   * Other numbers that can stand for a key which has no column of its own, best first. Never two of them, nor
   * one beside the key itself: a barcode read where a book id is blank could be another book's id.
   */
  substitutes: readonly string[];
  /** Substitutes that count only in small letters and without spaces, behind all others. */
  substitutesAsWritten: readonly string[];
  /** A value of it is one record's alone, so it cannot be the same for all. */
  distinct: boolean;
}

type Rules = Pick<Column, 'required' | 'blankWords'> &
  Partial<Pick<Column, 'substitutes' | 'substitutesAsWritten' | 'distinct'>>;

function column(name: string, label: string, synonyms: readonly string[], rules: Rules): Column {
  return { name, label, synonyms, substitutes: [], substitutesAsWritten: [], distinct: false, ...rules };
}

const REQUIRED: Rules = { required: true, blankWords: true };
const REQUIRED_TEXT: Rules = { required: true, blankWords: false };
const OPTIONAL: Rules = { required: false, blankWords: true };

const BOOK_KEY: Rules = {
  ...REQUIRED_TEXT,
  substitutes: BOOK_NUMBERS,
  substitutesAsWritten: BOOK_NUMBERS_AS_WRITTEN,
};
const STUDENT_KEY: Rules = { ...REQUIRED_TEXT, substitutes: STUDENT_NUMBERS };

/**
 * Only headings that cannot mean anything else are synonyms. A bare `id` is none: beside a `book_id` it is
 * usually a row number, and a row number taken for a key would overwrite another book.
 */
export const COLUMNS: { readonly [T in RecordType]: { readonly [C in keyof RecordOf[T]]: Column } } = {
  books: {
    book_id: column('book_id', 'book id', BOOK_HEADINGS.book_id, {
      ...BOOK_KEY,
      substitutes: [...BOOK_NUMBERS, ...BARE_BARCODES],
      distinct: true,
    }),
    title: column('title', 'title', BOOK_HEADINGS.title, REQUIRED_TEXT),
    author: column('author', 'author', BOOK_HEADINGS.author, OPTIONAL),
    isbn: column('isbn', 'ISBN', BOOK_HEADINGS.isbn, OPTIONAL),
    genre: column('genre', 'genre', BOOK_HEADINGS.genre, OPTIONAL),
    keywords: column('keywords', 'keyword list', BOOK_HEADINGS.keywords, OPTIONAL),
    description: column('description', 'description', BOOK_HEADINGS.description, OPTIONAL),
    difficulty_band: column('difficulty_band', 'difficulty band', BOOK_HEADINGS.difficulty_band, OPTIONAL),
    reading_level: column('reading_level', 'reading level', BOOK_HEADINGS.reading_level, OPTIONAL),
    publication_year: column(
      'publication_year',
      'publication year',
      BOOK_HEADINGS.publication_year,
      OPTIONAL,
    ),
    page_count: column('page_count', 'page count', BOOK_HEADINGS.page_count, OPTIONAL),
    average_rating: column('average_rating', 'average rating', BOOK_HEADINGS.average_rating, OPTIONAL),
  },
  students: {
    student_id: column('student_id', 'student id', STUDENT_HEADINGS.student_id, {
      ...STUDENT_KEY,
      substitutes: [...STUDENT_NUMBERS, ...BARE_BARCODES],
      distinct: true,
    }),
    grade_level: column('grade_level', 'grade level', STUDENT_HEADINGS.grade_level, REQUIRED),
    age: column('age', 'age', STUDENT_HEADINGS.age, REQUIRED),
    homeroom_teacher: column(
      'homeroom_teacher',
      'homeroom teacher',
      STUDENT_HEADINGS.homeroom_teacher,
      REQUIRED_TEXT,
    ),
    prior_year_reading_score: column(
      'prior_year_reading_score',
      'prior-year reading score',
      STUDENT_HEADINGS.prior_year_reading_score,
      OPTIONAL,
    ),
    lunch_period: column('lunch_period', 'lunch period', STUDENT_HEADINGS.lunch_period, REQUIRED),
  },
  checkouts: {
    student_id: column('student_id', 'student id', CHECKOUT_HEADINGS.student_id, STUDENT_KEY),
    book_id: column('book_id', 'book id', CHECKOUT_HEADINGS.book_id, BOOK_KEY),
    checkout_date: column('checkout_date', 'checkout date', CHECKOUT_HEADINGS.checkout_date, REQUIRED),
    return_date: column('return_date', 'return date', CHECKOUT_HEADINGS.return_date, OPTIONAL),
    student_rating: column('student_rating', 'student rating', CHECKOUT_HEADINGS.student_rating, OPTIONAL),
    checkout_id: column('checkout_id', 'checkout id', CHECKOUT_HEADINGS.checkout_id, {
      ...OPTIONAL,
      distinct: true,
    }),
  },
};

/** The columns of a type in the order in which people are told of them. */
export function columnsOf(type: RecordType): readonly Column[] {
  return Object.values<Column>(COLUMNS[type]);
}
