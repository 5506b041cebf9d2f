/** What of a book is embedded and indexed. `readingLevel` is a school grade, such as 4.4. */
export interface EmbeddedBook {
  bookId: string;
  title: string;
  description: string | null;
  genre: readonly string[];
  keywords: readonly string[];
  author: string | null;
  readingLevel: number | null;
}

/** The text that is embedded, and that the index keeps as the document's page content. */
export function embeddingText(book: Omit<EmbeddedBook, 'bookId'>): string {
  return [
    book.title,
    book.description,
    ...book.genre,
    ...book.keywords,
    book.author,
    gradeLabel(book.readingLevel),
  ]
    .filter((part) => part !== null && part !== '')
    .join('. ');
}

/** `Kindergarten` below 1, else the grade rounded half to even, as Python rounds; `''` where there is none. */
export function gradeLabel(readingLevel: number | null): string {
  if (readingLevel === null) return '';
  if (readingLevel < 1) return 'Kindergarten';
  return `${ordinal(roundHalfToEven(readingLevel))} grade`;
}

function roundHalfToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

const ORDINALS = ['1st', '2nd', '3rd'];

/** Reading levels end at 12, so 21st and its like never come up. */
function ordinal(grade: number): string {
  return ORDINALS[grade - 1] ?? `${grade}th`;
}

/** A document's metadata in the index; `level` repeats `reading_level` under the vector worker's name for it. */
export interface DocumentMetadata {
  book_id: string;
  reading_level: number | null;
  level: number | null;
  grade_label: string;
  genre: readonly string[];
  keywords: readonly string[];
  author: string;
}

export function bookMetadata(book: Omit<EmbeddedBook, 'title' | 'description'>): DocumentMetadata {
  return {
    book_id: book.bookId,
    reading_level: book.readingLevel,
    level: book.readingLevel,
    grade_label: gradeLabel(book.readingLevel),
    genre: book.genre,
    keywords: book.keywords,
    author: book.author ?? '',
  };
}
