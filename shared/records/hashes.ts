import { type PyFloat, pyFloat, pythonJson } from './python-json.ts';
import type { BookRecord, CheckoutRecord, StudentRecord } from './types.ts';

/*
 * The JSON texts whose SHA-256 the old service and the vector worker store. They skip a row
 * whose stored hash equals theirs, so every one of these must be the same to the character.
 */

/** `catalog.content_hash`: everything but the key, after coercion and before rounding to the columns' scale. */
export function catalogHashJson(book: BookRecord): string {
  return pythonJson({
    author: book.author,
    average_rating: floatOrNull(book.average_rating),
    description: book.description,
    difficulty_band: book.difficulty_band,
    genre: book.genre,
    isbn: book.isbn,
    keywords: book.keywords,
    page_count: book.page_count,
    publication_year: book.publication_year,
    reading_level: floatOrNull(book.reading_level),
    title: book.title,
  });
}

/** `students.content_hash`; the score is a float there although the column is an integer. */
export function studentHashJson(student: StudentRecord): string {
  return pythonJson({
    age: student.age,
    grade_level: student.grade_level,
    homeroom_teacher: student.homeroom_teacher,
    lunch_period: student.lunch_period,
    prior_year_reading_score: floatOrNull(student.prior_year_reading_score),
  });
}

/** `checkout.content_hash`: what is not part of the key. */
export function checkoutHashJson(checkout: CheckoutRecord): string {
  return pythonJson({
    checkout_id: checkout.checkout_id,
    return_date: checkout.return_date,
    student_rating: checkout.student_rating,
  });
}

/** A row of `catalog` as it is stored. */
export interface StoredBook {
  title: string | null;
  author: string | null;
  genre: readonly string[];
  description: string | null;
  /** The NUMERIC(4,2) as Postgres prints it, such as `4.40`. */
  readingLevel: string | null;
  difficultyBand: string | null;
  publicationYear: number | null;
}

/** `book_embeddings.content_hash`, from the stored row; the Decimal prints as a string with its scale. */
export function publishedHashJson(book: StoredBook): string {
  return pythonJson({
    author: book.author,
    description: book.description ?? '',
    difficulty_band: book.difficultyBand,
    genre: book.genre.join(', '),
    publication_year: book.publicationYear,
    reading_level: book.readingLevel,
    title: book.title,
  });
}

function floatOrNull(value: number | null): PyFloat | null {
  return value === null ? null : pyFloat(value);
}
