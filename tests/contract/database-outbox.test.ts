import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { OutboxPayload } from '../../electron/engine/outbox-port.ts';
import type { EventMessage } from '../../electron/engine/ports.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { book, checkout, commitAll, emptyTables, type FileRows, rowsOf, student } from './staged-load.ts';

function message(key: string, topic = 'student_events'): EventMessage {
  return {
    topic,
    key,
    headers: { id: `id of ${key}`, load_id: 'l' },
    value: `{"student_id":"${key}\\u0000"}`,
  };
}

const TERM: FileRows[] = [
  {
    type: 'books',
    rows: [
      book(1, 'whole', { page_count: 10, publication_year: 1999 }),
      book(2, 'no-pages', { publication_year: 1999, isbn: '9780000000002' }),
      book(3, 'no-year', { page_count: 10, isbn: '' }),
    ],
  },
  { type: 'students', rows: [student(1, 's2'), student(2, 's1')] },
  { type: 'checkouts', rows: [checkout(1, 's2', 'whole'), checkout(2, 's1', 'whole')] },
];

describeEachDatabase('outbox', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const outbox = () => opened.database.outbox;
  const readyOf = (loadId: string) => outbox().ready(loadId, 100, NEVER);
  const payloadsOf = async (loadId: string): Promise<Record<string, OutboxPayload>> =>
    Object.fromEntries((await readyOf(loadId)).map(({ topic, payload }) => [topic, payload]));

  it('tells per chunk and topic what was added and changed', async () => {
    const { loadId } = await commitAll(opened.database, TERM, { embed: false });
    const first = await payloadsOf(loadId);
    expect(first).toEqual({
      books: { kind: 'books', bookIds: ['no-pages', 'no-year', 'whole'] },
      enrichment: {
        kind: 'enrichment',
        books: [
          { bookId: 'no-pages', isbn: '9780000000002' },
          { bookId: 'no-year', isbn: null },
        ],
      },
      students: { kind: 'students', added: ['s1', 's2'], updated: [] },
      checkouts: {
        kind: 'checkouts',
        checkouts: [
          ['s1', 'whole', '2026-09-03'],
          ['s2', 'whole', '2026-09-03'],
        ],
      },
    });
    const next = await commitAll(
      opened.database,
      [
        { type: 'books', rows: [book(1, 'no-pages', { page_count: 11 }), book(2, 'no-year', { isbn: '' })] },
        { type: 'students', rows: [student(1, 's1', { age: 10 }), student(2, 's2'), student(3, 's3')] },
        {
          type: 'checkouts',
          rows: [checkout(1, 's1', 'whole', { return_date: '2026-09-10' }), checkout(2, 's2', 'whole')],
        },
      ],
      { embed: false },
    );
    expect(await payloadsOf(next.loadId)).toEqual({
      books: { kind: 'books', bookIds: ['no-pages'] },
      students: { kind: 'students', added: ['s3'], updated: ['s1'] },
      checkouts: { kind: 'checkouts', checkouts: [['s1', 'whole', '2026-09-03']] },
    });
  });

  it('asks for enrichment by what is stored, not by what the file lacks', async () => {
    await commitAll(opened.database, TERM, { embed: false });
    const { loadId } = await commitAll(
      opened.database,
      [{ type: 'books', rows: [book(1, 'whole', { author: 'B' }), book(2, 'no-pages', { author: 'B' })] }],
      { embed: false },
    );
    expect((await payloadsOf(loadId)).enrichment).toEqual({
      kind: 'enrichment',
      books: [{ bookId: 'no-pages', isbn: null }],
    });
  });

  it('holds books back for their vectors, and nothing else', async () => {
    const { loadId, correlationId } = await commitAll(opened.database, TERM, { embed: true });
    const ready = await readyOf(loadId);
    expect(ready.map(({ topic }) => topic)).toEqual(['enrichment', 'students', 'checkouts']);
    expect(ready[0]).toMatchObject({ loadId, correlationId, planned: null, createdAt: expect.any(Date) });
    expect(await outbox().counts(loadId, NEVER)).toMatchObject({ published: 0, pending: 7, dead: 0 });
  });

  it('says nothing of rows that did not change, nor where nothing is to be published', async () => {
    const silent = await commitAll(opened.database, TERM, { publish: false });
    const unchanged = await commitAll(opened.database, TERM);
    expect(await readyOf(silent.loadId)).toEqual([]);
    expect(await readyOf(unchanged.loadId)).toEqual([]);
    expect(await rowsOf(opened.connection, 'SELECT * FROM accession.outbox')).toEqual([]);
  });

  it('is read oldest first, one load or all, as many as asked for', async () => {
    const first = await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's1')] }]);
    const second = await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's2')] }]);
    const all = await outbox().ready(null, 10, NEVER);
    expect(all.map(({ loadId }) => loadId)).toEqual([first.loadId, second.loadId]);
    expect(await outbox().ready(null, 1, NEVER)).toEqual(all.slice(0, 1));
    expect(await outbox().ready(second.loadId, 10, NEVER)).toEqual(all.slice(1));
  });

  it('keeps the first grouping, and counts by it', async () => {
    const { loadId } = await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's1')] }]);
    const [row] = await readyOf(loadId);
    const id = row?.id ?? 0;
    const plan = [message('s1'), message('s2')];
    expect(await outbox().plan(id, plan, NEVER)).toEqual(plan);
    expect(await outbox().plan(id, [message('other')], NEVER)).toEqual(plan);
    expect((await readyOf(loadId))[0]?.planned).toEqual(plan);
    expect(await outbox().counts(loadId, NEVER)).toMatchObject({ pending: 2 });
    await expect(outbox().plan(-1, plan, NEVER)).rejects.toMatchObject({ code: 'events.failed' });
  });

  it('records what was sent once, and buries what was refused', async () => {
    const { loadId } = await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's1')] }]);
    const [row] = await readyOf(loadId);
    if (row === undefined) throw new Error('nothing to send');
    const messages = [message('s1'), message('s2'), message('s3')];
    await outbox().plan(row.id, messages, NEVER);
    const refused = [{ index: 1, code: 'MESSAGE_TOO_LARGE', message: 'It is too large.' }];
    await outbox().sent(row, messages, refused, NEVER);
    await outbox().sent(row, messages, refused, NEVER);
    expect(await readyOf(loadId)).toEqual([]);
    const students = { topic: 'students', published: 2, pending: 0, dead: 1 };
    expect(await outbox().counts(loadId, NEVER)).toEqual({
      ...{ published: 2, pending: 0, dead: 1 },
      byTopic: [students],
    });
    const dead = await rowsOf(
      opened.connection,
      'SELECT outbox_id, load_id, topic, topic_name, key, headers, value, code, message, state FROM accession.dead_letters',
    );
    expect(dead).toEqual([
      {
        ...{ outbox_id: row.id, load_id: loadId, topic: 'students', topic_name: 'student_events', key: 's2' },
        headers: {
          id: 'id of s2',
          load_id: 'l',
          '__connect.errors.topic': 'student_events',
          '__connect.errors.exception.class.name': 'MESSAGE_TOO_LARGE',
          '__connect.errors.exception.message': 'It is too large.',
        },
        value: messages[1]?.value,
        ...{ code: 'MESSAGE_TOO_LARGE', message: 'It is too large.', state: 'dead' },
      },
    ]);
    await opened.connection.script(`UPDATE accession.dead_letters SET state = 'retried'`, NEVER);
    expect(await outbox().counts(loadId, NEVER)).toMatchObject({ published: 3, dead: 0 });
  });

  it('counts per topic in a fixed order, for one load or for all', async () => {
    const { loadId } = await commitAll(opened.database, TERM, { embed: false });
    await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's9')] }]);
    expect((await outbox().counts(loadId, NEVER)).byTopic).toEqual([
      { topic: 'books', published: 0, pending: 1, dead: 0 },
      { topic: 'students', published: 0, pending: 2, dead: 0 },
      { topic: 'checkouts', published: 0, pending: 2, dead: 0 },
      { topic: 'enrichment', published: 0, pending: 2, dead: 0 },
    ]);
    expect(await outbox().counts(null, NEVER)).toMatchObject({ published: 0, pending: 8, dead: 0 });
  });

  it('estimates the events of many books by how many one event may name', async () => {
    const many = Array.from({ length: 501 }, (_, index) =>
      book(index, `b${index}`, { page_count: 1, publication_year: 2000 }),
    );
    const { loadId } = await commitAll(opened.database, [{ type: 'books', rows: many }], { embed: false });
    expect(await outbox().counts(loadId, NEVER)).toMatchObject({ pending: 2 });
  });
});
