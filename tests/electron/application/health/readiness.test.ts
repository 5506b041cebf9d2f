import { expect, test } from 'vitest';
import { checkReadiness, type ReadinessParts } from '../../../../electron/application/health/readiness.ts';
import type { Database } from '../../../../electron/engine/database-port.ts';
import type { EventPublisher, VectorIndex } from '../../../../electron/engine/ports.ts';
import { AppError, type ErrorCode } from '../../../../shared/errors.ts';
import { DEFAULT_TOPIC_NAMES } from '../../../../shared/events/topics.ts';

interface Facts {
  missing: string[];
  published: number;
  vectors: number;
  state: 'ok' | 'damaged';
  running: boolean;
  topics: readonly string[];
}

const WELL: Facts = {
  missing: [],
  published: 5,
  vectors: 5,
  state: 'ok',
  running: false,
  topics: Object.values(DEFAULT_TOPIC_NAMES),
};

/** Parts that say what the facts are; only what readiness asks for is there. */
function partsOf(facts: Partial<Facts>, broken: Partial<ReadinessParts> = {}): ReadinessParts {
  const { missing, published, vectors, state, running, topics } = { ...WELL, ...facts };
  const database = {
    schema: { inspect: async () => ({ missing }) },
    vectors: { counts: async () => ({ published, vecPending: 0 }) },
    ledger: { loads: async () => [{ endedAt: running ? null : new Date(0) }] },
  } as unknown as Database;
  const index = { status: async () => ({ vectors, state }) } as unknown as VectorIndex;
  const publisher = {
    partitions: async (topic: string) => {
      if (!topics.includes(topic)) throw failure('events.missing-topic');
      return 1;
    },
  } as unknown as EventPublisher;
  return {
    database: async () => database,
    index: async () => index,
    publisher: async () => publisher,
    ...broken,
  };
}

const failure = (code: ErrorCode) => new AppError({ code, message: 'canary', hint: 'canary' });
const look = (parts: ReadinessParts, limitMs = 1_000) =>
  checkReadiness(parts, { topicNames: DEFAULT_TOPIC_NAMES }, limitMs);
const OK = { ok: true, code: null };

test('all is well where the database is prepared, the index agrees with it and every topic is there', async () => {
  expect(await look(partsOf({}))).toEqual({ ready: true, parts: { database: OK, index: OK, broker: OK } });
});

test('each part that is not ready is named with its code, and hides no other', async () => {
  const unreachable = async () => Promise.reject(failure('db.unreachable'));
  expect(await look(partsOf({ topics: [] }, { database: unreachable }))).toEqual({
    ready: false,
    parts: {
      database: { ok: false, code: 'db.unreachable' },
      index: { ok: false, code: 'db.unreachable' },
      broker: { ok: false, code: 'events.missing-topic' },
    },
  });
});

test('a database that lacks something is not ready', async () => {
  const { ready, parts } = await look(partsOf({ missing: ['the table catalog'] }));
  expect(ready).toBe(false);
  expect(parts.database).toEqual({ ok: false, code: 'db.not-prepared' });
});

test('an index that does not agree with its table is not ready, unless a load is changing both', async () => {
  expect((await look(partsOf({ vectors: 4 }))).parts.index).toEqual({ ok: false, code: 'index.failed' });
  expect((await look(partsOf({ vectors: 4, running: true }))).parts.index).toEqual(OK);
  expect((await look(partsOf({ state: 'damaged' }))).parts.index).toEqual({
    ok: false,
    code: 'index.damaged',
  });
});

test('a part that never answers is not ready after the limit', async () => {
  const never = () => new Promise<never>(() => {});
  const { ready, parts } = await look(partsOf({}, { publisher: never }), 30);
  expect(ready).toBe(false);
  expect(parts).toEqual({ database: OK, index: OK, broker: { ok: false, code: 'stopped' } });
});
