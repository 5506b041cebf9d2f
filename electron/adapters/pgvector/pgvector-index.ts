import { AppError } from '../../../shared/errors.ts';
import type { IndexStatus, IndexUpdate, SearchHit, VectorIndex } from '../../engine/ports.ts';
import type { Vectors } from '../../engine/vectors-port.ts';

/**
 * VECTOR_STORE_TYPE=pgvector: the vectors of the database itself are the index, searched exactly. There is
 * nothing to build, so it can neither be stale nor damaged.
 */
export class PgvectorIndex implements VectorIndex {
  readonly #vectors: () => Promise<Vectors>;

  constructor(vectors: () => Promise<Vectors>) {
    this.#vectors = vectors;
  }

  async update(_feed: unknown, signal: AbortSignal): Promise<IndexUpdate> {
    const { vectors } = await this.status(signal);
    return { added: 0, replaced: 0, vectors, generation: 0 };
  }

  async status(signal: AbortSignal): Promise<IndexStatus> {
    const counts = await (await this.#vectors()).counts(signal);
    return {
      kind: 'pgvector',
      metric: 'l2',
      dir: null,
      state: counts.vectors === 0 ? 'absent' : 'ready',
      vectors: counts.vectors,
      documents: counts.vectors,
      dimensions: counts.dimensions,
      generation: 0,
      updatedAt: null,
    };
  }

  async search(vector: Float32Array, k: number, signal: AbortSignal): Promise<SearchHit[]> {
    const hits = await (await this.#vectors()).nearest(vector, k, signal);
    if (hits.length > 0) return hits;
    throw new AppError({
      code: 'index.empty',
      message: 'Nothing has been indexed yet.',
      hint: 'Load books first: accession load books.csv',
    });
  }

  async close(): Promise<void> {}
}
