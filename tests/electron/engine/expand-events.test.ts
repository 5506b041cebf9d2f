import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { type ClosedLoad, closingEvents, expandOutboxRow } from '../../../electron/engine/expand-events.ts';
import type { OutboxPayload, OutboxRow } from '../../../electron/engine/outbox-port.ts';
import type { EventMessage, Hasher } from '../../../electron/engine/ports.ts';
import { partitionOf } from '../../../shared/events/murmur2.ts';
import { eventSchema } from '../../../shared/events/schemas.ts';
import { DEFAULT_TOPIC_NAMES, type TopicKind } from '../../../shared/events/topics.ts';

const now = new Date('2026-09-03T10:20:30.456Z');
const later = new Date('2026-09-04T00:00:00.000Z');
const sha = (text: string) => createHash('sha256').update(text).digest('hex');
const hasher: Hasher = { sha256Hex: sha, uuidV5: (name) => sha(name).slice(0, 32) };
const sent = { timestamp: '2026-09-03T10:20:30.456Z', source: 'ingestion_service' };

function row(topic: TopicKind, payload: OutboxPayload, id = 7): OutboxRow {
  return { id, loadId: 'load-1', correlationId: 'corr-1', topic, createdAt: now, payload, planned: null };
}
const expand = (of: OutboxRow, partitions = 3, at = now) =>
  expandOutboxRow(of, partitions, DEFAULT_TOPIC_NAMES, hasher, at);
const eventIn = (message: EventMessage | undefined) => eventSchema.parse(JSON.parse(message?.value ?? ''));
const bookIds = (count: number) => Array.from({ length: count }, (_, n) => `B${String(n).padStart(4, '0')}`);

test('books share an event with the others of their partition, keyed by the first', () => {
  const ids = bookIds(40);
  const messages = expand(row('books', { kind: 'books', bookIds: ids }));
  expect(messages).toHaveLength(3);
  for (const message of messages) {
    const value = eventIn(message);
    if (!('book_ids' in value)) throw new Error('not books_added');
    const partition = partitionOf(message.key, 3);
    expect(value.book_ids).toEqual(ids.filter((id) => partitionOf(id, 3) === partition));
    expect(value.count).toBe(value.book_ids.length);
    expect(message.key).toBe(value.book_ids[0]);
    expect(message.topic).toBe('book_events');
  }
});

test('an event holds at most 500 books', () => {
  const messages = expand(row('books', { kind: 'books', bookIds: bookIds(1_201) }), 1);
  const values = messages.map((message) => eventIn(message));
  expect(values.map((value) => ('count' in value ? value.count : 0))).toEqual([500, 500, 201]);
  expect(messages.map(({ key }) => key)).toEqual(['B0000', 'B0500', 'B1000']);
});

test('students have an event each, keyed by the student', () => {
  const messages = expand(row('students', { kind: 'students', added: ['S1'], updated: ['S2'] }));
  expect(messages.map(({ topic, key, value }) => [topic, key, JSON.parse(value)])).toEqual([
    ['student_events', 'S1', { event_type: 'student_added', student_id: 'S1', ...sent }],
    ['student_events', 'S2', { event_type: 'student_updated', student_id: 'S2', ...sent }],
  ]);
});

test('checkouts are keyed by their student, and told apart by book and date', () => {
  const messages = expand(
    row('checkouts', {
      kind: 'checkouts',
      checkouts: [
        ['S1', 'B1', '2026-09-01'],
        ['S1', 'B1', '2026-09-02'],
      ],
    }),
  );
  expect(messages.map(({ key }) => key)).toEqual(['S1', 'S1']);
  expect(new Set(messages.map(({ headers }) => headers.id)).size).toBe(2);
  expect(eventIn(messages[1])).toEqual({
    event_type: 'checkout_added',
    student_id: 'S1',
    book_id: 'B1',
    checkout_date: '2026-09-02',
    ...sent,
  });
});

test('enrichment tasks are keyed by their book', () => {
  const messages = expand(row('enrichment', { kind: 'enrichment', books: [{ bookId: 'B1', isbn: null }] }));
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({ topic: 'book_enrichment_tasks', key: 'B1' });
  expect(eventIn(messages[0])).toEqual({
    event_type: 'book_enrichment_task',
    book_id: 'B1',
    isbn: null,
    ...sent,
  });
});

test('every message names its load and its correlation', () => {
  for (const message of expand(row('students', { kind: 'students', added: ['S1', 'S2'], updated: [] }))) {
    expect(message.headers).toEqual({
      id: expect.any(String),
      correlation_id: 'corr-1',
      load_id: 'load-1',
    });
  }
});

test('the id is the same at another time, and another one for another load, row, type or entity', () => {
  const payload: OutboxPayload = { kind: 'students', added: ['S1'], updated: ['S1', 'S2'] };
  const ids = (of: OutboxRow, at = now) => expand(of, 3, at).map(({ headers }) => headers.id);
  const original = ids(row('students', payload));
  expect(ids(row('students', payload), later)).toEqual(original);
  const others = [
    ...ids({ ...row('students', payload), loadId: 'load-2' }),
    ...ids(row('students', payload, 8)),
  ];
  expect(new Set([...original, ...others]).size).toBe(9);
});

test('the id does not depend on what the topic is called', () => {
  const renamed = { ...DEFAULT_TOPIC_NAMES, students: 'other_name' };
  const of = row('students', { kind: 'students', added: ['S1'], updated: [] });
  const [message] = expandOutboxRow(of, 3, renamed, hasher, now);
  expect(message?.topic).toBe('other_name');
  expect(message?.headers).toEqual(expand(of)[0]?.headers);
});

test('ready messages pass as they are', () => {
  const messages = expand(row('students', { kind: 'students', added: ['S1'], updated: [] }));
  expect(expand(row('students', { kind: 'messages', messages }), 3, later)).toEqual(messages);
});

const load: ClosedLoad = {
  loadId: 'load-1',
  correlationId: 'corr-1',
  durationSeconds: 2.34567,
  students: { inserted: 20, updated: 3 },
  files: [
    { type: 'books', accepted: 10, updated: 2, unchanged: 3 },
    { type: 'books', accepted: 5, updated: 1, unchanged: 0 },
    { type: 'students', accepted: 25, updated: 3, unchanged: 2 },
    { type: 'checkouts', accepted: 7, updated: 0, unchanged: 7 },
  ],
  embeddings: { generated: 9, reused: 3 },
  indexUpdated: true,
};
const close = (of: ClosedLoad) => closingEvents(of, DEFAULT_TOPIC_NAMES, hasher, now);

test('a load closes with the number of its students and with its metrics, keyed by the load', () => {
  const [students, metrics, ...more] = close(load);
  expect(more).toEqual([]);
  expect(students).toMatchObject({
    topic: 'students',
    messages: [{ topic: 'student_events', key: 'load-1' }],
  });
  expect(eventIn(students?.messages[0])).toEqual({ event_type: 'students_added', count: 23, ...sent });
  expect(metrics).toMatchObject({
    topic: 'metrics',
    messages: [
      { topic: 'ingestion_metrics', key: 'load-1', headers: { load_id: 'load-1', correlation_id: 'corr-1' } },
    ],
  });
  expect(eventIn(metrics?.messages[0])).toEqual({
    event: 'ingestion_complete',
    duration: 2.346,
    books_processed: 15,
    books_updated: 3,
    books_skipped: 3,
    students_processed: 25,
    students_updated: 3,
    students_skipped: 2,
    checkouts_processed: 7,
    checkouts_updated: 0,
    checkouts_skipped: 7,
    embeddings_generated: 9,
    embeddings_skipped: 3,
    faiss_index_updated: true,
    ...sent,
  });
});

test('a load without a changed student closes with its metrics alone', () => {
  expect(close({ ...load, students: { inserted: 0, updated: 0 } }).map(({ topic }) => topic)).toEqual([
    'metrics',
  ]);
});
