import { bookMetadata, embeddingText } from '../../shared/records/embedding-text.ts';
import { publishedHashJson } from '../../shared/records/hashes.ts';
import type { BookMetadata, Hasher } from './ports.ts';
import type { VectorWrite, WrittenBook } from './vectors-port.ts';

/** Where a written book's vector comes from; `embed` costs a request. */
export type VectorSource = 'embed' | 'keep' | 'same-text' | 'published';

export interface PlannedVector {
  bookId: string;
  text: string;
  textHash: string;
  contentHash: string;
  metadata: BookMetadata;
  source: VectorSource;
}

/**
 * Decides per written book whether its vector still holds: re-embed exactly when the text or the model
 * changed. A vector that the vector worker published for the same content counts as current
 * where we know nothing of the book ourselves.
 */
export function planVectors(books: readonly WrittenBook[], model: string, hasher: Hasher): PlannedVector[] {
  return books.map((book) => {
    const embedded = {
      ...book,
      title: book.title ?? '',
      readingLevel: book.readingLevel === null ? null : Number(book.readingLevel),
    };
    const text = embeddingText(embedded);
    const textHash = hasher.sha256Hex(text);
    const contentHash = hasher.sha256Hex(publishedHashJson(book));
    return {
      bookId: book.bookId,
      text,
      textHash,
      contentHash,
      metadata: bookMetadata(embedded),
      source: sourceOf(book, model, textHash, contentHash),
    };
  });
}

function sourceOf(
  book: WrittenBook,
  model: string,
  textHash: string,
  contentHash: string,
): 'embed' | 'keep' | 'published' {
  if (book.known !== null)
    return book.known.textHash === textHash && book.known.model === model ? 'keep' : 'embed';
  const isPublished = book.published?.hasVector === true && book.published.contentHash === contentHash;
  return isPublished ? 'published' : 'embed';
}

/** The plan as rows to write; `embedded[i]` belongs to the i-th planned `embed`, null where it failed (no row). */
export function vectorWrites(
  plan: readonly PlannedVector[],
  embedded: readonly (Float32Array | null)[],
): VectorWrite[] {
  const next = embedded.values();
  return plan.flatMap(({ source, ...planned }): VectorWrite[] => {
    if (source !== 'embed') return [{ ...planned, vector: source }];
    const vector = next.next().value ?? null;
    return vector === null ? [] : [{ ...planned, vector }];
  });
}
