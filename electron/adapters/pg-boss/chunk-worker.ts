import { once } from 'node:events';
import { PgBoss } from 'pg-boss';
import type { QueueDatabase } from '../sql/queue-database.ts';
import type { ChunkJob } from '../sql/session.ts';
import { CHUNK_QUEUE, JOB_SCHEMA, readChunkJob } from './chunk-queue.ts';

/** A server to connect to (connections of the worker's own, LISTEN among them), or a database in this process. */
export type WorkerDatabase =
  | { kind: 'server'; config: ServerConfig }
  | { kind: 'in-process'; database: QueueDatabase };

export interface ServerConfig {
  host: string;
  port: number;
  database: string;
  user: string;
  password: string;
  ssl: unknown;
  application_name: string;
}

export interface ChunkWorkerOptions {
  database: WorkerDatabase;
  concurrency: number;
  /** The queue's troubles in the background (a lost connection and the like); it goes on by itself. */
  onTrouble: (error: unknown) => void;
}

/** Seconds between two looks at the queue: a job that comes due later makes no noise, so NOTIFY cannot tell of it. */
const LOOK_EVERY_SECONDS = 2;
/** Seconds between two looks for jobs of workers that died. */
const SUPERVISE_EVERY_SECONDS = 5;
const STOP_WITHIN_MS = 30_000;

/**
 * Runs the jobs that nobody has done in time, until the signal aborts; resolves when the ones in hand are done.
 * The handler's effects and `ChunkJobs.complete` belong in one transaction; when it throws, the job comes back
 * later. Its signal aborts when the job was given to somebody else, and at the end.
 */
export async function workOnChunks(
  options: ChunkWorkerOptions,
  handler: (job: ChunkJob, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const boss = new PgBoss({
    ...connectionOf(options.database, options.concurrency),
    schema: JOB_SCHEMA,
    migrate: false,
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: SUPERVISE_EVERY_SECONDS,
    monitorIntervalSeconds: SUPERVISE_EVERY_SECONDS,
    useListenNotify: true,
  });
  boss.on('error', options.onTrouble);
  const stopped = signal.aborted ? Promise.resolve() : once(signal, 'abort');
  try {
    await boss.start();
    await boss.work(
      CHUNK_QUEUE,
      {
        batchSize: 1,
        localConcurrency: options.concurrency,
        pollingIntervalSeconds: LOOK_EVERY_SECONDS,
        notifyPollingIntervalSeconds: LOOK_EVERY_SECONDS,
      },
      async (jobs) => {
        for (const { id, data, signal: taken } of jobs) {
          const job = readChunkJob(id, data);
          if (job === null) throw new Error(`job ${id} is of a shape that this version does not know`);
          await handler(job, AbortSignal.any([taken, signal]));
        }
      },
    );
    await stopped;
  } finally {
    await boss.stop({ graceful: true, timeout: STOP_WITHIN_MS });
  }
}

function connectionOf(database: WorkerDatabase, concurrency: number) {
  if (database.kind === 'in-process') return { db: database.database, backend: 'pglite' as const };
  return { ...database.config, max: concurrency + 2 };
}
