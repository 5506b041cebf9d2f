import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type {
  Outbox,
  OutboxPayload,
  OutboxRow,
  SendRefusals,
} from '../../../electron/engine/database-port.ts';
import type { EventMessage, Hasher } from '../../../electron/engine/ports.ts';
import { type RelayDeps, relayEvents } from '../../../electron/engine/relay.ts';
import { AppError } from '../../../shared/errors.ts';
import { DEFAULT_TOPIC_NAMES, type TopicKind } from '../../../shared/events/topics.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createMemoryPublisher, type MemoryPublisherOptions } from '../../fakes/memory-publisher.ts';

const hasher: Hasher = {
  sha256Hex: (text) => createHash('sha256').update(text).digest('hex'),
  uuidV5: (name) => createHash('sha1').update(name).digest('hex').slice(0, 32),
};
const random = { next: () => 0.5, uuid: () => 'unused' };
const live = new AbortController().signal;
const unreachable = () =>
  new AppError({ code: 'events.unreachable', message: 'away', hint: 'wait', retryable: true });

interface MemoryOutbox extends Outbox {
  rows: OutboxRow[];
  marked: { id: number; keys: string[]; refused: SendRefusals }[];
  log: string[];
}

function memoryOutbox(rows: OutboxRow[]): MemoryOutbox {
  const outbox: MemoryOutbox = {
    rows,
    marked: [],
    log: [],
    ready: async (loadId, limit, signal) => {
      signal.throwIfAborted();
      return outbox.rows.filter((row) => loadId === null || row.loadId === loadId).slice(0, limit);
    },
    plan: async (id, messages, signal) => {
      signal.throwIfAborted();
      outbox.log.push(`plan ${id}`);
      const row = outbox.rows.find((other) => other.id === id);
      if (row === undefined) throw new Error('no such row');
      row.planned ??= messages;
      return row.planned;
    },
    sent: async (row, messages, refused, signal) => {
      signal.throwIfAborted();
      outbox.log.push(`sent ${row.id}`);
      outbox.marked.push({ id: row.id, keys: messages.map(({ key }) => key), refused });
      outbox.rows = outbox.rows.filter((other) => other.id !== row.id);
    },
    counts: async () => ({ published: 0, pending: 0, dead: 0, byTopic: [] }),
  };
  return outbox;
}

function row(id: number, topic: TopicKind, payload: OutboxPayload, loadId = 'load-1'): OutboxRow {
  return {
    id,
    loadId,
    correlationId: 'corr',
    topic,
    createdAt: new Date(0),
    payload,
    planned: null,
  };
}
const students = (id: number, ...updated: string[]) =>
  row(id, 'students', { kind: 'students', added: [], updated });

function setUp(rows: OutboxRow[], options: MemoryPublisherOptions = {}) {
  const outbox = memoryOutbox(rows);
  const clock = createFakeClock({ auto: true });
  const publisher = createMemoryPublisher({
    ...options,
    onSend: async (topic, messages, call) => {
      outbox.log.push(`send ${topic}`);
      await options.onSend?.(topic, messages, call);
    },
  });
  const deps: RelayDeps = { outbox, publisher, topicNames: DEFAULT_TOPIC_NAMES, hasher, clock, random };
  const run = (loadId: string | null = null, signal = live) =>
    relayEvents(deps, { loadId }, (done) => outbox.log.push(`progress ${done}`), signal);
  return { outbox, publisher, clock, deps, run };
}

test('everything ready is sent, oldest first, and marked as sent', async () => {
  const { outbox, publisher, run } = setUp([
    students(1, 'S1', 'S2'),
    row(2, 'books', { kind: 'books', bookIds: ['B1'] }),
    students(3, 'S1'),
  ]);
  expect(await run()).toEqual({ published: 4, refused: 0, pausedTopics: [] });
  expect(outbox.rows).toEqual([]);
  expect(publisher.sent.filter(({ topic }) => topic === 'student_events').map(({ key }) => key)).toEqual([
    'S1',
    'S2',
    'S1',
  ]);
  expect(publisher.sent.filter(({ topic }) => topic === 'book_events').map(({ key }) => key)).toEqual(['B1']);
});

test('rows of one topic travel in one send', async () => {
  const { publisher, run } = setUp([students(1, 'S1'), students(2, 'S2'), students(3, 'S3')]);
  await run();
  expect(publisher.sends()).toBe(1);
});

test('the grouping is stored before the first send', async () => {
  const { outbox, run } = setUp([row(1, 'books', { kind: 'books', bookIds: ['B1', 'B2'] })]);
  await run();
  expect(outbox.log.filter((entry) => !entry.startsWith('progress'))).toEqual([
    'plan 1',
    'send book_events',
    'sent 1',
  ]);
});

test('a stored grouping is sent as it is, whatever the partitions are now', async () => {
  const bookIds = Array.from({ length: 30 }, (_, n) => `B${n}`);
  const first = setUp([row(1, 'books', { kind: 'books', bookIds })], {
    partitions: 2,
    onSend: () => {
      throw new AppError({ code: 'events.permission', message: 'no', hint: 'ask' });
    },
  });
  await first.run();
  const [planned] = first.outbox.rows;
  expect(planned?.planned).toHaveLength(2);
  const second = setUp(first.outbox.rows, { partitions: 7 });
  await second.run();
  expect(second.publisher.sent.map(({ partition: _, ...message }) => message)).toEqual(planned?.planned);
});

test('the grouping another relay stored first is the one that is sent', async () => {
  const { outbox, publisher, run } = setUp([students(1, 'S1')]);
  const theirs: EventMessage = { topic: 'student_events', key: 'S1', headers: { id: 'theirs' }, value: '{}' };
  outbox.plan = async () => [theirs];
  await run();
  expect(publisher.sent).toMatchObject([{ headers: { id: 'theirs' } }]);
});

test('a stored grouping follows its topic to a new name', async () => {
  const { deps, publisher } = setUp([
    {
      ...students(1, 'S1'),
      planned: [{ topic: 'old_name', key: 'S1', headers: {}, value: '{}' }],
    },
  ]);
  const topicNames = { ...DEFAULT_TOPIC_NAMES, students: 'new_name' };
  await relayEvents({ ...deps, topicNames }, { loadId: null }, () => {}, live);
  expect(publisher.sent.map(({ topic }) => topic)).toEqual(['new_name']);
});

test('only the asked load is sent', async () => {
  const { outbox, run } = setUp([
    students(1, 'S1'),
    row(2, 'students', { kind: 'students', added: ['S9'], updated: [] }, 'load-2'),
  ]);
  expect((await run('load-2')).published).toBe(1);
  expect(outbox.rows.map(({ id }) => id)).toEqual([1]);
});

test('refused events are marked row by row, and counted', async () => {
  const refusals: [string, string, number][] = [];
  const { outbox, deps } = setUp([
    students(1, 'S1', 'a-very-long-student-id'),
    students(2, 'a-very-long-student-id', 'S2'),
  ]);
  const maxValueBytes = JSON.stringify({
    event_type: 'student_updated',
    student_id: 'S1',
    timestamp: deps.clock.now().toISOString(),
    source: 'ingestion_service',
  }).length;
  const publisher = createMemoryPublisher({ maxValueBytes });
  const result = await relayEvents(
    { ...deps, publisher, onRefused: (...args) => refusals.push(args) },
    { loadId: null },
    () => {},
    live,
  );
  expect(result).toEqual({ published: 2, refused: 2, pausedTopics: [] });
  expect(
    outbox.marked.map(({ id, refused }) => [id, refused.map(({ index, code }) => [index, code])]),
  ).toEqual([
    [1, [[1, 'events.refused']]],
    [2, [[0, 'events.held-back']]],
  ]);
  expect(refusals).toEqual([
    ['students', 'events.refused', 1],
    ['students', 'events.held-back', 1],
  ]);
});

test('after a refusal, later sends of the run hold back events of its key', async () => {
  const filler = Array.from({ length: 1_000 }, (_, n) => `S${n}`);
  const { outbox, publisher, run } = setUp(
    [students(1, 'x'.repeat(200), ...filler), students(2, 'x'.repeat(200), 'S1')],
    {
      maxValueBytes: 200,
    },
  );
  expect(await run()).toMatchObject({ published: 1_001, refused: 2 });
  expect(publisher.sends()).toBe(2);
  expect(outbox.marked[1]?.refused).toMatchObject([{ index: 0, code: 'events.held-back' }]);
});

test('a missing topic pauses itself alone, without a retry', async () => {
  const { outbox, run, clock } = setUp(
    [
      row(1, 'books', { kind: 'books', bookIds: ['B1'] }),
      students(2, 'S1'),
      row(3, 'books', { kind: 'books', bookIds: ['B2'] }),
    ],
    { missingTopics: ['book_events'] },
  );
  const { published, pausedTopics } = await run();
  expect(published).toBe(1);
  expect(pausedTopics).toMatchObject([{ topic: 'books', error: { code: 'events.missing-topic' } }]);
  expect(outbox.rows.map(({ id, planned }) => [id, planned])).toEqual([
    [1, null],
    [3, null],
  ]);
  expect(clock.sleeps).toEqual([]);
});

test('a paused topic with many rows does not hide the rows behind it', async () => {
  const rows = Array.from({ length: 180 }, (_, n) => row(n, 'books', { kind: 'books', bookIds: [`B${n}`] }));
  const { outbox, run } = setUp([...rows, students(500, 'S1')], { missingTopics: ['book_events'] });
  expect((await run()).published).toBe(1);
  expect(outbox.rows).toHaveLength(180);
});

test('a broker that comes back in time loses nothing and repeats nothing', async () => {
  const waits: [string, number][] = [];
  const { deps, publisher } = setUp([students(1, 'S1')], {
    onSend: (_topic, _messages, call) => {
      if (call < 3) throw unreachable();
    },
  });
  const result = await relayEvents(
    { ...deps, onWait: (error, untilMs) => waits.push([error.code, untilMs]) },
    { loadId: null },
    () => {},
    live,
  );
  expect(result).toEqual({ published: 1, refused: 0, pausedTopics: [] });
  expect(publisher.sent).toHaveLength(1);
  const startMs = createFakeClock().now().getTime();
  expect(waits).toEqual([
    ['events.unreachable', startMs + 125],
    ['events.unreachable', startMs + 125 + 250],
  ]);
});

test('a broker that stays away is asked patiently once, then once per topic', async () => {
  const asked: string[] = [];
  const { run, outbox } = setUp(
    [students(1, 'S1'), row(2, 'checkouts', { kind: 'checkouts', checkouts: [['S1', 'B1', '2026-09-01']] })],
    {
      onSend: (topic) => {
        asked.push(topic);
        throw unreachable();
      },
    },
  );
  const { published, pausedTopics } = await run();
  expect(published).toBe(0);
  expect(pausedTopics.map(({ topic, error }) => [topic, error.code])).toEqual([
    ['students', 'events.unreachable'],
    ['checkouts', 'events.unreachable'],
  ]);
  expect(asked.filter((topic) => topic === 'student_events').length).toBeGreaterThan(3);
  expect(asked.filter((topic) => topic === 'checkout_events')).toHaveLength(1);
  expect(outbox.rows).toHaveLength(2);
});

test('an error of the database is thrown, not blamed on the topic', async () => {
  const { outbox, run } = setUp([students(1, 'S1')]);
  outbox.sent = async () => {
    throw new AppError({ code: 'db.unreachable', message: 'gone', hint: 'wait', retryable: true });
  };
  await expect(run()).rejects.toMatchObject({ code: 'db.unreachable' });
  expect(outbox.rows).toHaveLength(1);
});

test('a row without events is marked as sent without a send', async () => {
  const { publisher, outbox, run } = setUp([students(1)]);
  expect((await run()).published).toBe(0);
  expect(publisher.sends()).toBe(0);
  expect(outbox.rows).toEqual([]);
});

test('progress tells the events published so far', async () => {
  const many = Array.from({ length: 1_500 }, (_, n) => `S${n}`);
  const { outbox, run } = setUp([students(1, ...many), students(2, 'S1')]);
  await run();
  expect(outbox.log.filter((entry) => entry.startsWith('progress'))).toEqual([
    'progress 1500',
    'progress 1501',
  ]);
});

describe('an abort', () => {
  const stop = () => new AbortController();
  const reason = new Error('asked to stop');
  const books = () => row(1, 'books', { kind: 'books', bookIds: ['B1'] });

  test.each(['ready', 'plan', 'sent'] as const)(
    'at %s throws its reason and keeps what is not marked',
    async (step) => {
      const controller = stop();
      const { outbox, run } = setUp([books()]);
      const original = outbox[step] as (...args: unknown[]) => Promise<never>;
      Object.assign(outbox, {
        [step]: (...args: unknown[]) => {
          controller.abort(reason);
          return original(...args);
        },
      });
      await expect(run(null, controller.signal)).rejects.toBe(reason);
      expect(outbox.rows).toHaveLength(1);
    },
  );

  test('while asking for partitions, sending or waiting throws its reason and keeps the row', async () => {
    for (const at of ['partitions', 'send', 'wait'] as const) {
      const controller = stop();
      const act = (): void => {
        controller.abort(reason);
        throw unreachable();
      };
      const fail = (): void => {
        throw unreachable();
      };
      const { deps, outbox } = setUp([books()], {
        ...(at === 'partitions' ? { onPartitions: act } : {}),
        ...(at === 'send' ? { onSend: act } : {}),
        ...(at === 'wait' ? { onSend: fail } : {}),
      });
      const running = relayEvents(
        { ...deps, onWait: () => controller.abort(reason) },
        { loadId: null },
        () => {},
        controller.signal,
      );
      await expect(running).rejects.toBe(reason);
      expect(outbox.rows).toHaveLength(1);
    }
  });
});
