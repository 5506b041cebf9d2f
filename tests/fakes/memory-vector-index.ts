import type {
  IndexEntry,
  IndexStatus,
  IndexUpdate,
  SearchHit,
  VectorFeed,
  VectorIndex,
} from '../../electron/engine/ports.ts';
import { AppError, type ErrorCode } from '../../shared/errors.ts';

/** What outlives a VectorIndex: hand the same memory to the next one, and it goes on from there. */
export interface IndexMemory {
  books: ReadonlyMap<string, IndexEntry>;
  sourceId: string | null;
  appliedSeq: number;
  generation: number;
}

export function emptyIndexMemory(): IndexMemory {
  return { books: new Map(), sourceId: null, appliedSeq: 0, generation: 0 };
}

/** A VectorIndex without files or FAISS, for tests of the engine: the same promises, by the same contract suite. */
export function createMemoryVectorIndex(memory: IndexMemory = emptyIndexMemory()): VectorIndex {
  let lastUpdate: Promise<unknown> = Promise.resolve();

  async function apply(feed: VectorFeed, signal: AbortSignal): Promise<IndexUpdate> {
    signal.throwIfAborted();
    if (memory.sourceId !== null && memory.sourceId !== feed.sourceId)
      throw refused('index.foreign', 'The index belongs to another database.');
    const books = new Map(memory.books);
    const touched = new Set<string>();
    let { appliedSeq } = memory;
    for await (const { seq, entries } of feed.since(appliedSeq, signal)) {
      signal.throwIfAborted();
      for (const entry of entries) {
        const [first] = books.values();
        if (first !== undefined && first.vector.length !== entry.vector.length)
          throw refused('embedding.dimensions', 'The vectors differ in length.');
        if (!entry.vector.every(Number.isFinite))
          throw refused('embedding.failed', 'A vector has a number that is none.');
        books.set(entry.bookId, entry);
        touched.add(entry.bookId);
      }
      appliedSeq = seq;
    }
    signal.throwIfAborted();
    const added = books.size - memory.books.size;
    if (touched.size > 0) {
      const generation = memory.generation + 1;
      Object.assign(memory, { books, sourceId: feed.sourceId, appliedSeq, generation });
    }
    return {
      added,
      replaced: touched.size - added,
      vectors: memory.books.size,
      generation: memory.generation,
    };
  }

  return {
    update(feed, signal) {
      const update = lastUpdate.then(() => apply(feed, signal));
      lastUpdate = update.catch(() => {});
      return update;
    },
    async status(signal): Promise<IndexStatus> {
      signal.throwIfAborted();
      const { size } = memory.books;
      const [first] = memory.books.values();
      return {
        kind: 'flat',
        metric: 'l2',
        dir: null,
        state: size === 0 ? 'absent' : 'ready',
        vectors: size,
        documents: size,
        dimensions: first?.vector.length ?? null,
        generation: memory.generation,
        updatedAt: null,
      };
    },
    async search(vector, k, signal): Promise<SearchHit[]> {
      signal.throwIfAborted();
      const books = [...memory.books.values()];
      if (books.length === 0) throw refused('index.empty', 'Nothing was indexed yet.');
      if (books[0]?.vector.length !== vector.length)
        throw refused('embedding.dimensions', 'The vectors differ in length.');
      return books
        .map((book) => ({
          bookId: book.bookId,
          distance: squaredDistance(book.vector, vector),
          text: book.text,
          metadata: book.metadata,
        }))
        .sort((a, b) => a.distance - b.distance)
        .slice(0, k);
    },
    async close() {
      await lastUpdate;
    },
  };
}

function squaredDistance(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, at) => sum + (value - (b[at] ?? 0)) ** 2, 0);
}

function refused(code: ErrorCode, message: string): AppError {
  return new AppError({ code, message, hint: 'This is the index of the tests.' });
}
