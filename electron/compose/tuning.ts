import { availableParallelism } from 'node:os';
import { DEFAULT_TOPIC_NAMES } from '../../shared/events/topics.ts';
import type { LoadTuning } from '../engine/load-context.ts';
import type { Profile } from './profile.ts';

/** One transaction a chunk: measured best between 1,000 and 5,000 rows; small enough to stop and to halve quickly. */
const CHUNK_ROWS = 2_000;
/** Smaller requests, more of them in flight, overlap better with what comes after than few of the largest. */
const EMBED_BATCH_TEXTS = 512;
const EMBED_CONCURRENCY = 8;
/** What a dead process held passes on after this. */
const LEASE_MS = 30_000;

export function tuningOf({ environment, saved }: Profile): LoadTuning {
  return {
    chunkRows: environment.BATCH_SIZE ?? CHUNK_ROWS,
    embedBatchTexts: EMBED_BATCH_TEXTS,
    embedConcurrency: environment.EMBED_CONCURRENCY ?? EMBED_CONCURRENCY,
    spendLimitUsd: saved?.openai?.spendLimitUsd ?? null,
    leaseMs: LEASE_MS,
    topicNames: {
      books: environment.BOOK_EVENTS_TOPIC ?? DEFAULT_TOPIC_NAMES.books,
      students: environment.STUDENT_EVENTS_TOPIC ?? DEFAULT_TOPIC_NAMES.students,
      checkouts: environment.CHECKOUT_EVENTS_TOPIC ?? DEFAULT_TOPIC_NAMES.checkouts,
      enrichment: environment.BOOK_ENRICHMENT_TASKS_TOPIC ?? DEFAULT_TOPIC_NAMES.enrichment,
      metrics: environment.INGESTION_METRICS_TOPIC ?? DEFAULT_TOPIC_NAMES.metrics,
    },
  };
}

/** For work that touches no target. */
export function localTuning(topicNames: LoadTuning['topicNames']): LoadTuning {
  return {
    chunkRows: CHUNK_ROWS,
    embedBatchTexts: EMBED_BATCH_TEXTS,
    embedConcurrency: EMBED_CONCURRENCY,
    leaseMs: LEASE_MS,
    topicNames,
  };
}

/** A thread for each core at work on records: the calling one reads files and waits for disks meanwhile. */
export function defaultCheckThreads(): number {
  return Math.max(1, availableParallelism());
}

/** Two connections for each core, and never fewer than the four that a load uses at once. */
export function defaultPoolSize(): number {
  return Math.max(4, availableParallelism() * 2);
}
