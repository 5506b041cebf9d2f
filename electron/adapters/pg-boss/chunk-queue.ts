import type { QueueOptions } from 'pg-boss';
import type { ChunkJob } from '../sql/session.ts';

/** The queue keeps to a schema of its own: pg-boss migrates it whole. */
export const JOB_SCHEMA = 'accession_jobs';
export const CHUNK_QUEUE = 'chunk';

/**
 * A chunk must not be forgotten because a worker failed on it a few times: retried for weeks, at most every five
 * minutes. `heartbeatSeconds` is the shortest that pg-boss takes: a dead worker's job is back within that time.
 */
export const CHUNK_QUEUE_OPTIONS = {
  retryLimit: 10_000,
  retryDelay: 5,
  retryBackoff: true,
  retryDelayMax: 300,
  expireInSeconds: 3600,
  heartbeatSeconds: 10,
  retentionSeconds: 30 * 24 * 3600,
  deleteAfterSeconds: 3600,
  notify: true,
} as const satisfies QueueOptions & { notify: boolean };

export type ChunkJobData = Omit<ChunkJob, 'id'>;

/** Null for a job that some other version wrote in a shape this one does not know. */
export function readChunkJob(id: string, data: unknown): ChunkJob | null {
  if (typeof data !== 'object' || data === null) return null;
  const { loadId, chunkNo, step } = data as Partial<ChunkJobData>;
  if (typeof loadId !== 'string' || typeof chunkNo !== 'number') return null;
  return step === 'commit' || step === 'embed' ? { id, loadId, chunkNo, step } : null;
}
