import type { ChunkLease } from './chunks-port.ts';
import type { BookMetadata, SearchHit, VectorFeed } from './ports.ts';

/** A book that a chunk wrote, as the catalog now has it, with what is known of its vector. */
export interface WrittenBook {
  bookId: string;
  title: string | null;
  author: string | null;
  description: string | null;
  genre: readonly string[];
  keywords: readonly string[];
  /** NUMERIC(4,2) as Postgres prints it, e.g. "4.40"; the hash needs the scale. */
  readingLevel: string | null;
  difficultyBand: string | null;
  publicationYear: number | null;
  /** From accession.book_vectors. */
  known: { textHash: string; model: string } | null;
  /** From book_embeddings; `hasVector` is whether `vec` stands there. */
  published: { contentHash: string | null; hasVector: boolean } | null;
}

export interface VectorWrite {
  bookId: string;
  /** SHA-256 of the embedded text. */
  textHash: string;
  /** book_embeddings.content_hash. */
  contentHash: string;
  text: string;
  metadata: BookMetadata;
  /** A new vector, the one already known for this book (`keep`), the one of another book with the same text (`same-text`), or book_embeddings' own (`published`). */
  vector: Float32Array | 'keep' | 'same-text' | 'published';
}

export interface Vectors {
  writtenBooks(loadId: string, chunkNo: number, signal: AbortSignal): Promise<WrittenBook[]>;
  /** Which of these text hashes have a vector of this model already, under any book. */
  knownTexts(model: string, textHashes: readonly string[], signal: AbortSignal): Promise<Set<string>>;
  /**
   * Writes book_vectors and book_embeddings (its `vec` too, unless an ANN index makes that slow), marks the
   * chunk done with `failed` texts given up, releases its held events. One transaction, fenced by the lease.
   */
  save(
    lease: ChunkLease,
    model: string,
    writes: readonly VectorWrite[],
    failed: number,
    signal: AbortSignal,
  ): Promise<void>;
  /** Asks the database for its name first, so that the feed can carry it. */
  feed(signal: AbortSignal): Promise<VectorFeed>;
  /** Exact nearest neighbours in the database itself (VECTOR_STORE_TYPE=pgvector). */
  nearest(vector: Float32Array, k: number, signal: AbortSignal): Promise<SearchHit[]>;
  /** Copies up to `limit` vectors that `book_embeddings.vec` still lacks; returns how many it copied. */
  publishPending(limit: number, signal: AbortSignal): Promise<number>;
  counts(signal: AbortSignal): Promise<VectorCounts>;
}

export interface VectorCounts {
  /** Rows of accession.book_vectors. */
  vectors: number;
  dimensions: number | null;
  /** Rows of book_embeddings: what the index must agree with. */
  published: number;
  /** Rows of book_embeddings that have a vector here but whose `vec` has not followed yet. */
  vecPending: number;
}
