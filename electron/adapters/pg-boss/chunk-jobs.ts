import { getConstructionPlans, PgBoss } from 'pg-boss';
import { AppError } from '../../../shared/errors.ts';
import type { QueueDatabase } from '../sql/queue-database.ts';
import type { ChunkJob, ChunkJobs, SqlSession } from '../sql/session.ts';
import { translateSqlError } from '../sql/sql-errors.ts';
import { CHUNK_QUEUE, CHUNK_QUEUE_OPTIONS, type ChunkJobData, JOB_SCHEMA } from './chunk-queue.ts';

export interface ChunkJobsOptions {
  database: QueueDatabase;
  /**
   * How long the process that enqueues keeps its jobs to itself, in milliseconds: it runs them at once, and the
   * queue hands over only what is left by then. Default 30,000, a chunk's lease.
   */
  handOverAfterMs?: number;
}

const DEFAULT_HAND_OVER_MS = 30_000;

export function createChunkJobs(options: ChunkJobsOptions): PgBossChunkJobs {
  return new PgBossChunkJobs(options.database, options.handOverAfterMs ?? DEFAULT_HAND_OVER_MS);
}

/**
 * Jobs are written by pg-boss, in the caller's transaction. Its own machinery (timers, polling, supervision) runs
 * in a worker only (`workOnChunks`): here it is started once to read its queue's settings, and stopped at once.
 */
export class PgBossChunkJobs implements ChunkJobs {
  readonly #database: QueueDatabase;
  readonly #startAfter: string;
  #producer: PgBoss | null = null;

  constructor(database: QueueDatabase, handOverAfterMs: number) {
    this.#database = database;
    this.#startAfter = `${handOverAfterMs} milliseconds`;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    try {
      await this.#install().catch((thrown: unknown) => {
        if (!lostRace(thrown)) throw thrown;
        return this.#install();
      });
    } catch (thrown) {
      throw translateSqlError(thrown);
    }
  }

  async #install(): Promise<void> {
    const boss = quietBoss(this.#database, { migrate: true });
    try {
      await boss.start();
      // Does nothing where the queue exists.
      await boss.createQueue(CHUNK_QUEUE, CHUNK_QUEUE_OPTIONS);
    } finally {
      await boss.stop({ graceful: false, close: false });
    }
  }

  prepareSql(): string {
    const options = JSON.stringify({ ...CHUNK_QUEUE_OPTIONS, policy: 'standard' }).replaceAll("'", "''");
    return [
      getConstructionPlans(JOB_SCHEMA).trim(),
      `SELECT ${JOB_SCHEMA}.create_queue('${CHUNK_QUEUE}', '${options}'::jsonb);`,
    ].join('\n');
  }

  async ready(session: SqlSession): Promise<boolean> {
    try {
      await this.#start(session);
      return true;
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'db.not-prepared') return false;
      throw thrown;
    }
  }

  async enqueue(session: SqlSession, jobs: readonly ChunkJob[]): Promise<void> {
    if (jobs.length === 0) return;
    const boss = await this.#started(session);
    await boss.insert(
      CHUNK_QUEUE,
      jobs.map(({ id, loadId, chunkNo, step }) => {
        const data: ChunkJobData = { loadId, chunkNo, step };
        return { id, data, startAfter: this.#startAfter };
      }),
      { db: inSession(session) },
    );
  }

  /** Deletes them whatever their state: a finished step leaves no trace in the queue. Unknown ids do no harm. */
  async complete(session: SqlSession, jobIds: readonly string[]): Promise<void> {
    if (jobIds.length === 0) return;
    const boss = await this.#started(session);
    await boss.deleteJob(CHUNK_QUEUE, [...jobIds], { db: inSession(session) });
  }

  async #started(session: SqlSession): Promise<PgBoss> {
    // Two that come first at once both start one: sharing would tie one's fate to the other's transaction.
    this.#producer ??= await this.#start(session);
    return this.#producer;
  }

  /** Reads in the caller's session, so that it works within PGlite's single one; keeps nothing of it afterwards. */
  async #start(session: SqlSession): Promise<PgBoss> {
    const boss = quietBoss(inSession(session), { migrate: false });
    try {
      await boss.start();
      if ((await boss.getQueue(CHUNK_QUEUE)) === null) throw notPrepared();
      return boss;
    } catch (thrown) {
      // What pg-boss throws of itself is that its schema is absent or of another version; all else comes from the
      // session, which throws AppErrors.
      throw thrown instanceof AppError ? thrown : notPrepared(thrown);
    } finally {
      await boss.stop({ graceful: false, close: false });
    }
  }
}

function quietBoss(database: QueueDatabase, options: { migrate: boolean }): PgBoss {
  const boss = new PgBoss({
    db: database,
    schema: JOB_SCHEMA,
    supervise: false,
    schedule: false,
    registerInstance: false,
    ...options,
  });
  // Without a listener Node would end the process; every error that matters here is thrown as well.
  boss.on('error', () => undefined);
  return boss;
}

/**
 * Two that install at once take turns by pg-boss's lock, but a connection that waited for it may still believe what
 * it read before, that there is no such schema, and break a unique rule of the catalogue (23505). By then the other
 * one's work is committed, and a second attempt finds it.
 */
function lostRace(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === '23505';
}

function inSession(session: SqlSession): QueueDatabase {
  return { executeSql: (text, values = []) => session.query(text, values) };
}

function notPrepared(cause?: unknown): AppError {
  return new AppError({
    code: 'db.not-prepared',
    message: 'The database has no job queue of the version that this Accession needs.',
    hint: 'Run "accession db prepare", or give the output of "accession db prepare --print" to whoever looks after the database.',
    cause,
  });
}
