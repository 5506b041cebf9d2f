import { choice, decimalNumber, indexedText, text, wholeNumber } from './coerce.ts';
import { list } from './coerce-list.ts';
import { COLUMNS } from './columns.ts';
import { readIsbn } from './isbn.ts';
import { MAX_INDEXED_BYTES, MAX_INT4, MAX_KEY_BYTES } from './limits.ts';
import { type CellReader, cellReader, hasError, type RecordReader } from './record-reader.ts';
import type { BookRecord, ColumnMapping, RowIssue, SourceRecord } from './types.ts';

export const DIFFICULTY_BANDS = [
  'beginner',
  'early_elementary',
  'late_elementary',
  'middle_school',
  'high_school',
  'advanced',
] as const;

/** Words of the time before the bands; the database holds them still. */
const OLD_DIFFICULTY_WORDS = ['easy', 'medium', 'hard'];

/** A book printed before this was no book: clay tablets count, typing errors do not. */
const EARLIEST_YEAR = -3000;

/** How each column of a book is read. `today` bounds the publication year: next year's books are announced already. */
export function bookCoercers(today: Date) {
  const columns = COLUMNS.books;
  const lastYear = today.getFullYear() + 1;
  return {
    book_id: indexedText(columns.book_id.label, MAX_KEY_BYTES),
    title: text(columns.title.label),
    author: text(columns.author.label),
    isbn: readIsbn,
    genre: list(columns.genre.label, MAX_INDEXED_BYTES),
    keywords: list(columns.keywords.label, null),
    description: text(columns.description.label),
    difficulty_band: choice(columns.difficulty_band.label, DIFFICULTY_BANDS, OLD_DIFFICULTY_WORDS),
    reading_level: decimalNumber({
      label: columns.reading_level.label,
      min: 0,
      max: 12,
      range: 'from 0.0 to 12.0',
    }),
    publication_year: wholeNumber({
      label: columns.publication_year.label,
      min: EARLIEST_YEAR,
      max: lastYear,
      range: `from ${EARLIEST_YEAR} to ${lastYear}`,
    }),
    page_count: wholeNumber({
      label: columns.page_count.label,
      min: 1,
      max: MAX_INT4,
      range: 'from 1 upwards',
    }),
    average_rating: decimalNumber({
      label: columns.average_rating.label,
      min: 0,
      max: 5,
      range: 'from 0 to 5',
    }),
  };
}

/** Reads the books of one file. A text column that is blank gives `''`, one that the file lacks gives `null`. */
export function bookReader(mapping: ColumnMapping, today: Date): RecordReader<BookRecord> {
  const columns = COLUMNS.books;
  const coercers = bookCoercers(today);
  const bookId = cellReader(mapping, columns.book_id, coercers.book_id);
  const title = cellReader(mapping, columns.title, coercers.title);
  const author = cellReader(mapping, columns.author, coercers.author);
  const isbn = cellReader(mapping, columns.isbn, coercers.isbn);
  const genre = cellReader(mapping, columns.genre, coercers.genre);
  const keywords = cellReader(mapping, columns.keywords, coercers.keywords);
  const description = cellReader(mapping, columns.description, coercers.description);
  const band = cellReader(mapping, columns.difficulty_band, coercers.difficulty_band);
  const readingLevel = cellReader(mapping, columns.reading_level, coercers.reading_level);
  const year = cellReader(mapping, columns.publication_year, coercers.publication_year);
  const pages = cellReader(mapping, columns.page_count, coercers.page_count);
  const rating = cellReader(mapping, columns.average_rating, coercers.average_rating);

  return (source) => {
    const issues: RowIssue[] = [];
    const foundIsbn = isbn?.(source, issues) ?? null;
    const record: BookRecord = {
      book_id: bookId?.(source, issues) ?? '',
      isbn: isbn ? (foundIsbn?.isbn ?? '') : null,
      title: title?.(source, issues) ?? '',
      author: textOf(author, source, issues),
      genre: genre?.(source, issues) ?? [],
      keywords: keywords?.(source, issues) ?? [],
      description: textOf(description, source, issues),
      page_count: pages?.(source, issues) ?? null,
      publication_year: year?.(source, issues) ?? null,
      difficulty_band: textOf(band, source, issues),
      reading_level: readingLevel?.(source, issues) ?? null,
      average_rating: rating?.(source, issues) ?? null,
    };
    const rejected = hasError(issues);
    return {
      record: rejected ? null : record,
      issues,
      isbnZeroRestored: !rejected && foundIsbn?.zeroRestored === true,
    };
  };
}

function textOf(read: CellReader<string> | null, source: SourceRecord, issues: RowIssue[]): string | null {
  return read ? (read(source, issues) ?? '') : null;
}
