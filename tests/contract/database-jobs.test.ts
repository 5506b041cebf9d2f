import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, expect, it } from 'vitest';
import { type WorkerDatabase, workOnChunks } from '../../electron/adapters/pg-boss/chunk-worker.ts';
import { PostgresConnection } from '../../electron/adapters/postgres/postgres-connection.ts';
import type { ChunkJob } from '../../electron/adapters/sql/session.ts';
import { describeEachServer, NEVER, type OpenDatabase } from './database-harness.ts';

const newJob = (change: Partial<ChunkJob> = {}): ChunkJob => ({
  id: randomUUID(),
  loadId: randomUUID(),
  chunkNo: 0,
  step: 'commit',
  ...change,
});

describeEachServer('the job queue', (target) => {
  let opened: OpenDatabase;
  const open = async (options: Parameters<typeof target.open>[0] = {}) => {
    opened = await target.open(options);
  };
  afterEach(async () => {
    await opened.close();
  });

  const enqueue = (...jobs: ChunkJob[]) =>
    opened.connection.transaction((session) => opened.jobs.enqueue(session, jobs), NEVER);
  const complete = (...ids: string[]) =>
    opened.connection.transaction((session) => opened.jobs.complete(session, ids), NEVER);
  const queued = async (): Promise<{ id: string; state: string; waits: number }[]> => {
    const { rows } = await opened.connection.query<{ id: string; state: string; waits: number }>(
      `SELECT id, state::text, round(extract(epoch FROM start_after - created_on))::int AS waits
       FROM accession_jobs.job WHERE name = 'chunk' ORDER BY id`,
      [],
      NEVER,
    );
    return rows;
  };
  const workerDatabase = (): WorkerDatabase =>
    opened.connection instanceof PostgresConnection
      ? { kind: 'server', config: opened.connection.clientConfig }
      : { kind: 'in-process', database: opened.connection.queueDatabase() };

  it('is ready in a prepared database and not in an empty one', async () => {
    await open({ prepared: false });
    const ready = () => opened.connection.transaction((session) => opened.jobs.ready(session), NEVER);
    expect(await ready()).toBe(false);
    await expect(enqueue(newJob())).rejects.toMatchObject({ code: 'db.not-prepared' });
    await opened.jobs.prepare(NEVER);
    expect(await ready()).toBe(true);
    await enqueue(newJob());
    expect(await queued()).toHaveLength(1);
  });

  it('is prepared where another one installs it at the same moment', async () => {
    await open({ prepared: false });
    // A connection that created something before believes what it knows: that there is no such schema.
    await opened.connection.script('CREATE TEMPORARY TABLE something (a int)', NEVER);
    const other = new pg.Client({ connectionString: opened.url ?? '' });
    await other.connect();
    try {
      // All of another one's script but its COMMIT: what comes now waits for the lock that it holds.
      const script = opened.jobs.prepareSql();
      await other.query(script.slice(0, script.lastIndexOf('COMMIT;')));
      const prepared = opened.jobs.prepare(NEVER);
      const waiting = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
      await expect.poll(async () => (await other.query(waiting)).rowCount, { timeout: 10_000 }).toBe(1);
      await other.query('COMMIT');
      await prepared;
    } finally {
      await other.end();
    }
    await enqueue(newJob());
    expect(await queued()).toHaveLength(1);
  });

  it('keeps jobs for thirty seconds to the one who enqueued them, under the ids that it was given', async () => {
    await open();
    const jobs = [newJob(), newJob({ step: 'embed', chunkNo: 7 })];
    await enqueue(...jobs);
    const expected = jobs.map(({ id }) => ({ id, state: 'created', waits: 30 }));
    expect(await queued()).toEqual(expected.sort((a, b) => a.id.localeCompare(b.id)));
  });

  it('takes a job that it has already for the same one', async () => {
    await open();
    const job = newJob();
    await enqueue(job);
    await enqueue(job);
    expect(await queued()).toHaveLength(1);
  });

  it('forgets a job together with the transaction that enqueued it', async () => {
    await open();
    const failing = opened.connection.transaction(async (session) => {
      await opened.jobs.enqueue(session, [newJob()]);
      throw new Error('after the job');
    }, NEVER);
    await expect(failing).rejects.toThrow('after the job');
    expect(await queued()).toEqual([]);
  });

  it('keeps a job when the transaction that completed it does not commit', async () => {
    await open();
    const job = newJob();
    await enqueue(job);
    const failing = opened.connection.transaction(async (session) => {
      await opened.jobs.complete(session, [job.id]);
      throw new Error('after the completion');
    }, NEVER);
    await expect(failing).rejects.toThrow('after the completion');
    expect(await queued()).toHaveLength(1);
  });

  it('completes jobs in whatever state, and does not mind unknown ones', async () => {
    await open();
    const [first, second, third] = [newJob(), newJob(), newJob()];
    await enqueue(first, second, third);
    await opened.connection.query(
      `UPDATE accession_jobs.job SET state = 'active' WHERE id = $1`,
      [first.id],
      NEVER,
    );
    await opened.connection.query(
      `UPDATE accession_jobs.job SET state = 'failed' WHERE id = $1`,
      [second.id],
      NEVER,
    );
    await complete(first.id, second.id, randomUUID());
    expect((await queued()).map(({ id }) => id)).toEqual([third.id]);
  });

  it('hands over to a worker what was not completed in time', async () => {
    await open({ handOverAfterMs: 0 });
    const job = newJob({ step: 'embed', chunkNo: 3 });
    await enqueue(job);
    const stop = new AbortController();
    const taken: ChunkJob[] = [];
    await workOnChunks(
      { database: workerDatabase(), concurrency: 1, onTrouble: (error) => expect.fail(String(error)) },
      async (offered) => {
        taken.push(offered);
        await complete(offered.id);
        stop.abort();
      },
      stop.signal,
    );
    expect(taken).toEqual([job]);
    expect(await queued()).toEqual([]);
  });

  it('brings a job back when its worker failed', async () => {
    await open({ handOverAfterMs: 0 });
    const job = newJob();
    await enqueue(job);
    const stop = new AbortController();
    await workOnChunks(
      { database: workerDatabase(), concurrency: 1, onTrouble: () => undefined },
      () => {
        stop.abort();
        return Promise.reject(new Error('cannot now'));
      },
      stop.signal,
    );
    expect(await queued()).toMatchObject([{ id: job.id, state: 'retry' }]);
  });
});
