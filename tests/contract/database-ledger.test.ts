import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LoadEnd, NewLoad } from '../../electron/engine/database-port.ts';
import type { EventMessage } from '../../electron/engine/ports.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';

const LEASE_MS = 60_000;
/** A lease that has run out by the time anybody else can ask. */
const NO_LEASE_MS = -1;

const message = (key: string): EventMessage => ({
  topic: 'topic-name',
  key,
  headers: { id: key },
  value: '{}',
});

const endOf = (change: Partial<LoadEnd> = {}): LoadEnd => ({
  status: 'loaded',
  endedAt: new Date('2026-09-01T08:05:00.000Z'),
  report: { accepted: 3 },
  error: null,
  closing: [],
  ...change,
});

describeEachDatabase('the ledger', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  afterAll(async () => {
    await opened.close();
  });

  const begin = async (change: Partial<NewLoad> = {}): Promise<NewLoad> => {
    const load: NewLoad = {
      loadId: randomUUID(),
      correlationId: randomUUID(),
      startedAt: new Date('2026-09-01T08:00:00.123Z'),
      files: [
        {
          fileNo: 0,
          path: '/term/books.csv',
          name: 'books.csv',
          type: 'books',
          columns: ['book_id', 'title'],
          header: ['book_id', 'title'],
        },
      ],
      options: { embed: true, publish: true, allOrNothing: false, rejectsDir: null },
      ...change,
    };
    await opened.database.ledger.begin(load, NEVER);
    return load;
  };

  const outboxOf = async (loadId: string) => {
    const { rows } = await opened.connection.query(
      `SELECT topic, state, payload, event_count, correlation_id FROM accession.outbox WHERE load_id = $1 ORDER BY id`,
      [loadId],
      NEVER,
    );
    return rows;
  };

  const addChunk = async (loadId: string, chunkNo = 0, state = 'staged'): Promise<void> => {
    await opened.connection.query(
      `INSERT INTO accession.chunks (load_id, chunk_no, file_no, type, state, row_count) VALUES ($1, $2, 0, 'books', $3, 7)`,
      [loadId, chunkNo, state],
      NEVER,
    );
  };

  it('gives a load back as it was begun', async () => {
    const load = await begin();
    expect(await opened.database.ledger.load(load.loadId, NEVER)).toEqual({
      ...load,
      status: 'staging',
      endedAt: null,
      report: null,
      error: null,
    });
  });

  it('takes a load that was begun already for the same one', async () => {
    const load = await begin();
    await opened.database.ledger.setStatus(load.loadId, 'staged', NEVER);
    await opened.database.ledger.begin(load, NEVER);
    expect((await opened.database.ledger.load(load.loadId, NEVER))?.status).toBe('staged');
  });

  it('finds a load by a prefix of four characters, in capitals as well, and never by less or by a pattern', async () => {
    const { ledger } = opened.database;
    const { loadId } = await begin({ loadId: 'ab12cd34-0000-4000-8000-000000000001' });
    expect((await ledger.load('ab12', NEVER))?.loadId).toBe(loadId);
    expect((await ledger.load('AB12CD34-0', NEVER))?.loadId).toBe(loadId);
    expect(await ledger.load('ab1', NEVER)).toBeNull();
    expect(await ledger.load('%%%%', NEVER)).toBeNull();
    expect(await ledger.load('ab12cd35', NEVER)).toBeNull();
  });

  it('refuses to choose between two loads with the same prefix', async () => {
    await begin({ loadId: 'beef0000-0000-4000-8000-000000000001' });
    await begin({ loadId: 'beef0000-0000-4000-8000-000000000002' });
    await expect(opened.database.ledger.load('beef', NEVER)).rejects.toMatchObject({ code: 'load.unknown' });
    expect(await opened.database.ledger.load('beef0000-0000-4000-8000-000000000002', NEVER)).not.toBeNull();
  });

  it('lists the newest loads first', async () => {
    const first = await begin({ startedAt: new Date('2031-01-01T00:00:00Z') });
    const second = await begin({ startedAt: new Date('2031-01-02T00:00:00Z') });
    const listed = await opened.database.ledger.loads(2, NEVER);
    expect(listed.map(({ loadId }) => loadId)).toEqual([second.loadId, first.loadId]);
  });

  it('ends a load with its report, its closing events and its turns in one step', async () => {
    const { ledger } = opened.database;
    const load = await begin();
    await ledger.takeTurns(load.loadId, ['books'], LEASE_MS, NEVER);
    const closing = [
      { topic: 'students' as const, messages: [message('a')] },
      { topic: 'metrics' as const, messages: [message('b'), message('c')] },
      { topic: 'books' as const, messages: [] },
    ];
    await ledger.finish(load.loadId, endOf({ status: 'partial', closing }), NEVER);
    expect(await ledger.load(load.loadId, NEVER)).toMatchObject({
      status: 'partial',
      endedAt: new Date('2026-09-01T08:05:00.000Z'),
      report: { accepted: 3 },
    });
    expect(await outboxOf(load.loadId)).toEqual(
      closing.slice(0, 2).map(({ topic, messages }) => ({
        topic,
        state: 'ready',
        payload: { kind: 'messages', messages },
        event_count: messages.length,
        correlation_id: load.correlationId,
      })),
    );
    const other = await begin();
    expect(await ledger.takeTurns(other.loadId, ['books'], LEASE_MS, NEVER)).toEqual({ held: true });
    await ledger.releaseTurns(other.loadId, NEVER);
  });

  it('writes the closing events once, however often a load is ended', async () => {
    const { ledger } = opened.database;
    const load = await begin();
    const end = endOf({ closing: [{ topic: 'metrics', messages: [message('m')] }] });
    await ledger.finish(load.loadId, end, NEVER);
    await Promise.all([ledger.finish(load.loadId, end, NEVER), ledger.finish(load.loadId, end, NEVER)]);
    await ledger.setStatus(load.loadId, 'committing', NEVER);
    await ledger.finish(load.loadId, end, NEVER);
    expect(await outboxOf(load.loadId)).toHaveLength(1);
  });

  it('lets a stopped load go on and end again', async () => {
    const { ledger } = opened.database;
    const load = await begin();
    const error = { code: 'stopped' as const, message: 'Stopped.', hint: 'Resume.', retryable: true };
    await ledger.finish(load.loadId, endOf({ status: 'stopped', error }), NEVER);
    expect((await ledger.load(load.loadId, NEVER))?.error).toEqual(error);
    await ledger.setStatus(load.loadId, 'committing', NEVER);
    expect(await ledger.load(load.loadId, NEVER)).toMatchObject({
      status: 'committing',
      endedAt: null,
      error: null,
    });
    await ledger.finish(load.loadId, endOf(), NEVER);
    expect((await ledger.load(load.loadId, NEVER))?.status).toBe('loaded');
  });

  it('rewrites only the report afterwards', async () => {
    const { ledger } = opened.database;
    const load = await begin();
    await ledger.finish(load.loadId, endOf(), NEVER);
    await ledger.saveReport(load.loadId, { accepted: 3, events: { published: 9 } }, NEVER);
    expect(await ledger.load(load.loadId, NEVER)).toMatchObject({
      status: 'loaded',
      report: { accepted: 3, events: { published: 9 } },
    });
  });

  it('says so when it does not know a load', async () => {
    const { ledger } = opened.database;
    const unknown = { code: 'load.unknown' };
    await expect(ledger.setStatus(randomUUID(), 'staged', NEVER)).rejects.toMatchObject(unknown);
    await expect(ledger.finish(randomUUID(), endOf(), NEVER)).rejects.toMatchObject(unknown);
    await expect(ledger.saveReport(randomUUID(), {}, NEVER)).rejects.toMatchObject(unknown);
  });

  it('lists the chunks of a load in order', async () => {
    const { loadId } = await begin();
    await addChunk(loadId, 1, 'done');
    await addChunk(loadId, 0);
    const counts = { inserted: 0, updated: 0, unchanged: 0, rejected: 0, embedFailed: 0 };
    expect(await opened.database.ledger.chunks(loadId, NEVER)).toEqual([
      { chunkNo: 0, fileNo: 0, type: 'books', state: 'staged', rows: 7, ...counts },
      { chunkNo: 1, fileNo: 0, type: 'books', state: 'done', rows: 7, ...counts },
    ]);
  });

  it('leases a chunk to one owner, who may renew it under a new generation', async () => {
    const { ledger } = opened.database;
    const { loadId } = await begin();
    await addChunk(loadId);
    const first = await ledger.lease(loadId, 0, 'staged', 'me', LEASE_MS, NEVER);
    expect(first).toEqual({ loadId, chunkNo: 0, fileNo: 0, type: 'books', state: 'staged', generation: 1 });
    expect(await ledger.lease(loadId, 0, 'staged', 'you', LEASE_MS, NEVER)).toBeNull();
    expect((await ledger.lease(loadId, 0, 'staged', 'me', LEASE_MS, NEVER))?.generation).toBe(2);
  });

  it('passes a chunk on when its lease has run out, and never one that has left the state', async () => {
    const { ledger } = opened.database;
    const { loadId } = await begin();
    await addChunk(loadId);
    await ledger.lease(loadId, 0, 'staged', 'me', NO_LEASE_MS, NEVER);
    expect((await ledger.lease(loadId, 0, 'staged', 'you', LEASE_MS, NEVER))?.generation).toBe(2);
    expect(await ledger.lease(loadId, 0, 'committed', 'you', LEASE_MS, NEVER)).toBeNull();
    expect(await ledger.lease(loadId, 5, 'staged', 'you', LEASE_MS, NEVER)).toBeNull();
  });

  it('gives one of many who ask at once the lease', async () => {
    const { loadId } = await begin();
    await addChunk(loadId);
    const asked = await Promise.all(
      ['a', 'b', 'c', 'd', 'e'].map((owner) =>
        opened.database.ledger.lease(loadId, 0, 'staged', owner, LEASE_MS, NEVER),
      ),
    );
    expect(asked.filter((lease) => lease !== null)).toHaveLength(1);
  });

  it('gives all turns or none, and says for whom the next one waits', async () => {
    const { ledger } = opened.database;
    const one = await begin({ startedAt: new Date('2026-09-01T09:00:00.000Z') });
    const two = await begin();
    expect(await ledger.takeTurns(one.loadId, ['students'], LEASE_MS, NEVER)).toEqual({ held: true });
    const waiting = { held: false, byLoadId: one.loadId, startedAt: one.startedAt };
    expect(await ledger.takeTurns(two.loadId, ['books', 'students', 'checkouts'], LEASE_MS, NEVER)).toEqual(
      waiting,
    );
    // Books stayed free, so the first load can have them as well.
    expect(await ledger.takeTurns(one.loadId, ['students', 'books'], LEASE_MS, NEVER)).toEqual({
      held: true,
    });
    await ledger.releaseTurns(one.loadId, NEVER);
    expect(await ledger.takeTurns(two.loadId, ['books', 'students'], LEASE_MS, NEVER)).toEqual({
      held: true,
    });
    await ledger.releaseTurns(two.loadId, NEVER);
  });

  it('passes a turn on when its lease has run out', async () => {
    const { ledger } = opened.database;
    const [one, two] = [await begin(), await begin()];
    await ledger.takeTurns(one.loadId, ['checkouts'], NO_LEASE_MS, NEVER);
    expect(await ledger.takeTurns(two.loadId, ['checkouts'], LEASE_MS, NEVER)).toEqual({ held: true });
    expect(await ledger.takeTurns(one.loadId, ['checkouts'], LEASE_MS, NEVER)).toMatchObject({
      byLoadId: two.loadId,
    });
    await ledger.releaseTurns(two.loadId, NEVER);
  });

  it('gives a turn to one of many who ask at once', async () => {
    const { ledger } = opened.database;
    const loads = await Promise.all([begin(), begin(), begin(), begin()]);
    const turns = await Promise.all(
      loads.map(({ loadId }, index) =>
        ledger.takeTurns(
          loadId,
          index % 2 === 0 ? ['books', 'students'] : ['students', 'books'],
          LEASE_MS,
          NEVER,
        ),
      ),
    );
    expect(turns.filter(({ held }) => held)).toHaveLength(1);
    for (const { loadId } of loads) await ledger.releaseTurns(loadId, NEVER);
  });
});
