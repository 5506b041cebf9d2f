import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import {
  book,
  COMMIT,
  checkout,
  commitAll,
  emptyTables,
  type FileRows,
  leaseOf,
  rowsOf,
  stageAndSeal,
  student,
} from './staged-load.ts';

const REFUSED = {
  column: null,
  code: 'database.refused',
  severity: 'error',
  value: null,
  message: 'The database refused this row.',
  suggestion: null,
} as const;

describeEachDatabase('chunks of a commit', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const rows = <Row = Record<string, unknown>>(sql: string, params: readonly unknown[] = []) =>
    rowsOf<Row>(opened.connection, sql, params);
  const chunksOf = (loadId: string) => opened.database.ledger.chunks(loadId, NEVER);
  const jobsOf = (loadId: string) =>
    rows(
      `SELECT (j.data->>'chunkNo')::int AS chunk, j.data->>'step' AS step, j.id = c.job_id AS known
       FROM accession_jobs.job j LEFT JOIN accession.chunks c ON c.load_id = $1 AND c.chunk_no = (j.data->>'chunkNo')::int
       WHERE j.data->>'loadId' = $1::text ORDER BY 1`,
      [loadId],
    );
  const rejectedOf = (loadId: string, fileNo: number) =>
    Array.fromAsync(opened.database.commits.rejected(loadId, fileNo, NEVER));

  it('hands books over to embedding, and is done with everything else', async () => {
    const groups: FileRows[] = [
      { type: 'books', rows: [book(1, 'b1')] },
      { type: 'students', rows: [student(1, 's1')] },
    ];
    const embedded = await commitAll(opened.database, groups);
    expect(await chunksOf(embedded.loadId)).toMatchObject([
      { chunkNo: 0, state: 'committed', inserted: 1 },
      { chunkNo: 1, state: 'done', inserted: 1 },
    ]);
    expect(await jobsOf(embedded.loadId)).toEqual([{ chunk: 0, step: 'embed', known: true }]);
    const unchanged = await commitAll(opened.database, groups);
    expect(await chunksOf(unchanged.loadId)).toMatchObject([{ state: 'done' }, { state: 'done' }]);
    expect(await jobsOf(unchanged.loadId)).toEqual([]);
    const plain = await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'b2')] }], {
      embed: false,
    });
    expect(await chunksOf(plain.loadId)).toMatchObject([{ state: 'done', inserted: 1 }]);
  });

  it('refuses a lease that has passed on, and a chunk that is committed', async () => {
    const { loadId } = await stageAndSeal(opened.database, [{ type: 'books', rows: [book(1, 'b1')] }]);
    const old = await leaseOf(opened.database, loadId);
    const current = await leaseOf(opened.database, loadId);
    const { commits } = opened.database;
    const lost = { code: 'load.lease-lost' };
    await expect(commits.commit([old], COMMIT, NEVER)).rejects.toMatchObject(lost);
    await expect(commits.split(old, NEVER)).rejects.toMatchObject(lost);
    await expect(commits.rejectOnlyRow(old, REFUSED, NEVER)).rejects.toMatchObject(lost);
    expect(await rows('SELECT * FROM public.catalog')).toEqual([]);
    await commits.commit([current], COMMIT, NEVER);
    await expect(commits.commit([current], COMMIT, NEVER)).rejects.toMatchObject(lost);
    expect(await rows('SELECT book_id FROM public.catalog')).toEqual([{ book_id: 'b1' }]);
  });

  it('writes nothing of several chunks where one lease has passed on', async () => {
    const { loadId } = await stageAndSeal(opened.database, [
      { type: 'books', rows: [book(1, 'b1')] },
      { type: 'students', rows: [student(1, 's1')] },
    ]);
    const books = await leaseOf(opened.database, loadId, 0);
    const students = await leaseOf(opened.database, loadId, 1);
    await leaseOf(opened.database, loadId, 1);
    await expect(opened.database.commits.commit([books, students], COMMIT, NEVER)).rejects.toMatchObject({
      code: 'load.lease-lost',
    });
    expect(await rows('SELECT * FROM public.catalog')).toEqual([]);
  });

  it('rejects checkouts whose book or student is missing, with reasons and cells', async () => {
    await commitAll(opened.database, [
      { type: 'books', rows: [book(1, 'b1')] },
      { type: 'students', rows: [student(1, 's1')] },
    ]);
    const { loadId, outcomes } = await commitAll(opened.database, [
      {
        type: 'checkouts',
        rows: [checkout(1, 's1', 'b1'), checkout(2, 'nobody', 'nothing'), checkout(3, 's1', 'nothing')],
      },
    ]);
    expect(outcomes).toEqual([{ chunkNo: 0, fileNo: 0, inserted: 1, updated: 0, unchanged: 0, rejected: 2 }]);
    expect(await chunksOf(loadId)).toMatchObject([{ state: 'done', inserted: 1, rejected: 2 }]);
    const rejected = await rejectedOf(loadId, 0);
    expect(rejected.map(({ row, line, cells }) => ({ row, line, cells }))).toEqual(
      [2, 3].map((row) => ({ row, line: row + 1, cells: checkout(row, '', '').cells })),
    );
    expect(
      rejected.map(({ issues }) => issues.map(({ column, code, value }) => [column, code, value])),
    ).toEqual([
      [
        ['student_id', 'reference.missing-student', 'nobody'],
        ['book_id', 'reference.missing-book', 'nothing'],
      ],
      [['book_id', 'reference.missing-book', 'nothing']],
    ]);
    expect(rejected[1]?.issues[0]).toMatchObject({ row: 3, line: 4, severity: 'error' });
    expect(rejected[1]?.issues[0]?.message).toContain('nothing');
    expect(await rejectedOf(loadId, 1)).toEqual([]);
  });

  it('writes nothing at all for a missing reference that it is told to refuse', async () => {
    const all = (missing: string): FileRows[] => [
      { type: 'books', rows: [book(1, 'b1')] },
      { type: 'students', rows: [student(1, 's1')] },
      { type: 'checkouts', rows: [checkout(1, 's1', 'b1'), checkout(2, 's1', missing)] },
    ];
    await expect(
      commitAll(opened.database, all('nothing'), { missingReference: 'refuse' }),
    ).rejects.toMatchObject({ code: 'load.all-or-nothing' });
    expect(await rows('SELECT * FROM public.catalog')).toEqual([]);
    const whole = [
      ...all('b1').slice(0, 2),
      { type: 'checkouts', rows: [checkout(1, 's1', 'b1')] },
    ] as FileRows[];
    const { outcomes } = await commitAll(opened.database, whole, { missingReference: 'refuse' });
    expect(outcomes.map(({ inserted }) => inserted)).toEqual([1, 1, 1]);
  });

  it('halves a chunk, the larger half first, and lets the bad row be rejected alone', async () => {
    const students = [1, 2, 3, 4, 5].map((row) => student(row, `s${row}`));
    const { loadId } = await stageAndSeal(opened.database, [{ type: 'students', rows: students }]);
    const { commits } = opened.database;
    const first = await leaseOf(opened.database, loadId);
    expect(await commits.split(first, NEVER)).toEqual([0, 1]);
    expect(await chunksOf(loadId)).toMatchObject([
      { chunkNo: 0, fileNo: 0, state: 'staged', rows: 3 },
      { chunkNo: 1, fileNo: 0, state: 'staged', rows: 2 },
    ]);
    const second = await leaseOf(opened.database, loadId, 1);
    expect(await commits.split(second, NEVER)).toEqual([1, 2]);
    expect(await jobsOf(loadId)).toEqual([0, 1, 2].map((chunk) => ({ chunk, step: 'commit', known: true })));
    await expect(commits.split(second, NEVER)).rejects.toMatchObject({ code: 'internal' });
    await expect(commits.rejectOnlyRow(first, REFUSED, NEVER)).rejects.toMatchObject({ code: 'internal' });

    await commits.rejectOnlyRow(second, REFUSED, NEVER);
    await commits.commit([first, await leaseOf(opened.database, loadId, 2)], COMMIT, NEVER);
    expect(await rows('SELECT student_id FROM public.students ORDER BY 1')).toEqual(
      ['s1', 's2', 's3', 's5'].map((student_id) => ({ student_id })),
    );
    expect(await chunksOf(loadId)).toMatchObject([
      { state: 'done', inserted: 3, rejected: 0 },
      { state: 'done', inserted: 0, rejected: 1 },
      { state: 'done', inserted: 1, rejected: 0 },
    ]);
    expect(await jobsOf(loadId)).toEqual([]);
    expect(await rejectedOf(loadId, 0)).toEqual([
      { fileNo: 0, row: 4, line: 5, cells: students[3]?.cells, issues: [{ row: 4, line: 5, ...REFUSED }] },
    ]);
  });

  it('reads rejects page by page, in row order', async () => {
    const many = Array.from({ length: 1_203 }, (_, index) => checkout(index + 1, `s${index}`, 'b'));
    const { loadId } = await commitAll(opened.database, [{ type: 'checkouts', rows: many.toReversed() }]);
    expect((await rejectedOf(loadId, 0)).map(({ row }) => row)).toEqual(many.map(({ row }) => row));
  });
});
