import { AppError } from '../../../shared/errors.ts';
import type { SearchHit } from '../../engine/ports.ts';
import { emptyIndex, type FaissChild } from './faiss-child.ts';
import { damagedPickle } from './pickle-cursor.ts';
import type { Pair } from './publish.ts';
import { type IndexedBook, identityOf, readShape } from './published-files.ts';

/** A reader that met a publication looks again; so many in a row mean something else is wrong. */
const MAX_LOOKS = 5;

/**
 * The `k` nearest books. Without a lock: vectors first, then documents, as every reader does; and again from the start
 * where the vectors were replaced in between, as a program that replaces the whole folder may move positions.
 */
export async function searchIndex(
  pair: Pair,
  faiss: FaissChild,
  readBooks: () => Promise<readonly IndexedBook[]>,
  vector: Float32Array,
  k: number,
  signal: AbortSignal,
): Promise<SearchHit[]> {
  let wanted = k;
  for (let look = 1; ; ) {
    signal.throwIfAborted();
    const shape = await readShape(pair.faiss);
    if (shape === null || shape.vectors === 0) throw emptyIndex();
    if (shape.dimensions !== vector.length) throw otherLength(vector.length, shape.dimensions);
    const found = await faiss.search(pair.faiss, vector, wanted, signal);
    const books = await readBooks();
    if ((await identityOf(pair.faiss)) !== found.identity && look < MAX_LOOKS) {
      look += 1;
      continue;
    }
    const hits = nearestBooks(found.hits, books);
    // An index made by others may hold several vectors of a book, which is still one hit.
    if (hits.length >= Math.min(k, shape.vectors) || found.hits.length < wanted || wanted >= shape.vectors)
      return hits.slice(0, k);
    wanted = Math.min(wanted * 2, shape.vectors);
  }
}

function nearestBooks(
  found: readonly { position: number; distance: number }[],
  books: readonly IndexedBook[],
): SearchHit[] {
  const hits = new Map<string, SearchHit>();
  for (const { position, distance } of found) {
    const book = books[position];
    if (book === undefined) throw damagedPickle(`no document for position ${position}`);
    if (!hits.has(book.bookId))
      hits.set(book.bookId, { bookId: book.bookId, distance, text: book.text, metadata: book.metadata });
  }
  return [...hits.values()];
}

function otherLength(query: number, index: number): AppError {
  return new AppError({
    code: 'embedding.dimensions',
    message: `The search words became a vector of ${query} numbers, but those of the search index have ${index}.`,
    hint: 'Search with the embedding model with which the index was made.',
  });
}
