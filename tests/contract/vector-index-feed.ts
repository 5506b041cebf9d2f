import type { IndexEntry, VectorFeed } from '../../electron/engine/ports.ts';

export interface BookFeed extends VectorFeed {
  /** One more batch of the feed, as one commit writes it. */
  write(...entries: IndexEntry[]): void;
}

export function bookFeed(sourceId = 'school-a', ...first: IndexEntry[]): BookFeed {
  const batches: IndexEntry[][] = [];
  const feed: BookFeed = {
    sourceId,
    write: (...entries) => void batches.push(entries),
    async *since(seq, signal) {
      for (const [at, entries] of batches.entries()) {
        signal.throwIfAborted();
        if (at + 1 > seq) yield { seq: at + 1, entries };
      }
    },
  };
  if (first.length > 0) feed.write(...first);
  return feed;
}

export function book(
  bookId: string,
  vector: readonly number[],
  changes: Partial<IndexEntry> = {},
): IndexEntry {
  return {
    bookId,
    text: `Title of ${bookId}. Fantasy. 4th grade`,
    vector: Float32Array.from(vector),
    metadata: {
      book_id: bookId,
      reading_level: 4,
      level: 4,
      grade_label: '4th grade',
      genre: ['Fantasy', 'Ñandú 🦊'],
      keywords: [],
      author: 'E.B. White',
    },
    ...changes,
  };
}
