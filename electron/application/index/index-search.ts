import { AppError } from '../../../shared/errors.ts';
import type { LoadPorts } from '../../engine/load-context.ts';
import type { EmbeddingProvider, IndexStatus, SearchHit, VectorIndex } from '../../engine/ports.ts';
import type { VectorCounts } from '../../engine/vectors-port.ts';

export interface SearchAnswer {
  query: string;
  model: string;
  /** True where the vectors are the sandbox's lexical ones. */
  approximate: boolean;
  hits: (SearchHit & { rank: number })[];
}

/** Embeds the words with the profile's model and asks the index. `k` at least 1. */
export async function searchIndex(
  ports: { embedder: EmbeddingProvider; index: VectorIndex },
  words: string,
  k: number,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const query = words.trim();
  if (query === '')
    throw new AppError({
      code: 'usage.invalid',
      message: 'There are no words to search for.',
      hint: 'For example: accession index search "a pig and a spider"',
    });
  const { vectors } = await ports.embedder.embed([query], signal);
  const [vector] = vectors;
  if (vector === undefined)
    throw new AppError({
      code: 'embedding.failed',
      message: 'The embedding service answered without a vector.',
      hint: 'Try again; if it stays so, check EMBEDDING_MODEL and OPENAI_BASE_URL.',
      retryable: true,
    });
  const hits = await ports.index.search(vector, k, signal);
  return {
    query,
    model: ports.embedder.model,
    approximate: ports.embedder.approximate,
    hits: hits.map((hit, at) => ({ rank: at + 1, ...hit })),
  };
}

export interface IndexHealth extends IndexStatus {
  /** Rows of book_embeddings: the vector worker compares this with the index at its start and rebuilds all when they differ. */
  published: number;
  agrees: boolean;
  vecPending: number;
}

export async function indexStatus(
  ports: Pick<LoadPorts, 'database'> & { index: VectorIndex },
  signal: AbortSignal,
): Promise<IndexHealth> {
  const status = await ports.index.status(signal);
  const counts: VectorCounts = await ports.database.vectors.counts(signal);
  return {
    ...status,
    published: counts.published,
    agrees: status.vectors === counts.published,
    vecPending: counts.vecPending,
  };
}
