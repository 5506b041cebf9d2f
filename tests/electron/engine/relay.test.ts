import { expect, test } from 'vitest';
import type { EventMessage } from '../../../electron/engine/ports.ts';
import { relayEvents } from '../../../electron/engine/relay.ts';
import { AppError } from '../../../shared/errors.ts';
import { DEFAULT_TOPIC_NAMES } from '../../../shared/events/topics.ts';
import { createFakeClock } from '../../fakes/fake-clock.ts';
import { createMemoryPublisher } from '../../fakes/memory-publisher.ts';
import { live, row, setUp, students, unreachable } from './relay-setup.ts';

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

test('a row whose grouping is stored is not grouped again', async () => {
  const planned = [{ topic: 'book_events', key: 'B1', headers: {}, value: '{}' }];
  const asked: string[] = [];
  const { outbox, run } = setUp([{ ...row(1, 'books', { kind: 'books', bookIds: ['B1'] }), planned }], {
    onPartitions: (topic) => {
      asked.push(topic);
    },
  });
  await run();
  expect(asked).toEqual([]);
  expect(outbox.log).not.toContain('plan 1');
});
