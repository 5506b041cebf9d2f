import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import {
  book,
  checkout,
  commitAll,
  emptyTables,
  type FileRows,
  leaseOf,
  rowsOf,
  stage,
  stageAndSeal,
  student,
} from './staged-load.ts';

describeEachDatabase('staging', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const staged = async (groups: readonly FileRows[]) => {
    const load = await stage(opened.database, groups);
    return { load, staging: opened.database.staging(load.loadId, load.files) };
  };

  it('keeps every cell of a row as it stood in the file', async () => {
    const rows = [book(1, 'b1'), { ...book(2, 'b2'), cells: [] }];
    const { staging } = await staged([{ type: 'books', rows }]);
    const removed = await staging.remove(
      [
        { fileNo: 0, row: 2 },
        { fileNo: 0, row: 1 },
      ],
      NEVER,
    );
    expect(removed).toEqual(rows.map(({ row, line, cells }) => ({ fileNo: 0, row, line, cells })));
  });

  it('stores lists as Python prints them and a blank difficulty band as none', async () => {
    const rows = [
      book(1, 'b1', { genre: ['Fantasy', 'Żółć "x"', '🦉'], difficulty_band: '', reading_level: 4.4 }),
    ];
    await staged([{ type: 'books', rows }]);
    expect(
      await rowsOf(
        opened.connection,
        'SELECT genre, keywords, difficulty_band, isbn, reading_level::text FROM accession.staged_books',
      ),
    ).toEqual([
      {
        genre: '["Fantasy", "\\u017b\\u00f3\\u0142\\u0107 \\"x\\"", "\\ud83e\\udd89"]',
        keywords: '[]',
        difficulty_band: null,
        isbn: '',
        reading_level: '4.4',
      },
    ]);
  });

  it('stages a chunk once, however often it is sent', async () => {
    const rows = [student(1, 's1'), student(2, 's2')];
    const { staging } = await staged([{ type: 'students', rows }]);
    await staging.add(0, 0, rows, NEVER);
    expect(await staging.review(NEVER)).toEqual([{ fileNo: 0, inserted: 2, updated: 0, unchanged: 0 }]);
  });

  it('reports text that the database cannot store as a refused row', async () => {
    const { staging } = await staged([{ type: 'books', rows: [] }]);
    await expect(
      staging.add(0, 0, [book(1, 'b1', { title: 'nul \u0000 inside' })], NEVER),
    ).rejects.toMatchObject({ code: 'db.row-refused' });
  });

  it('takes out the checkouts whose book or student is neither live nor staged', async () => {
    await commitAll(opened.database, [
      { type: 'books', rows: [book(1, 'live-book')] },
      { type: 'students', rows: [student(1, 'live-student')] },
    ]);
    const { staging } = await staged([
      { type: 'books', rows: [book(1, 'new-book'), book(2, 'removed-book')] },
      { type: 'students', rows: [student(1, 'new-student')] },
      {
        type: 'checkouts',
        rows: [
          checkout(1, 'live-student', 'new-book'),
          checkout(2, 'nobody', 'live-book'),
          checkout(3, 'new-student', 'removed-book'),
          checkout(4, 'nobody', 'nothing'),
          checkout(5, 'new-student', 'live-book'),
        ],
      },
    ]);
    await staging.remove([{ fileNo: 0, row: 2 }], NEVER);
    const missing = await staging.removeMissingReferences(NEVER);
    expect(
      missing.map(({ row, line, studentId, bookId, missingStudent, missingBook }) => [
        ...[row, line, studentId, bookId, missingStudent, missingBook],
      ]),
    ).toEqual([
      [2, 3, 'nobody', 'live-book', true, false],
      [3, 4, 'new-student', 'removed-book', false, true],
      [4, 5, 'nobody', 'nothing', true, true],
    ]);
    expect(missing[0]?.cells).toEqual(checkout(2, '', '').cells);
    expect(await staging.removeMissingReferences(NEVER)).toEqual([]);
    expect((await staging.review(NEVER)).at(2)).toEqual({
      fileNo: 2,
      inserted: 2,
      updated: 0,
      unchanged: 0,
    });
  });

  it('reviews exactly what a commit then does', async () => {
    const first = [
      book(1, 'same', { author: 'A' }),
      book(2, 'changed', { author: 'A' }),
      book(3, 'rounds', { reading_level: 4.4 }),
      book(4, 'keeps', { page_count: 120 }),
    ];
    await commitAll(opened.database, [{ type: 'books', rows: first }]);
    const again: FileRows[] = [
      {
        type: 'books',
        rows: [
          book(1, 'same', { author: 'A' }),
          book(2, 'changed', { author: 'B' }),
          book(3, 'rounds', { reading_level: 4.401 }),
          book(4, 'keeps', { page_count: null }),
          book(5, 'new'),
        ],
      },
    ];
    const { load, staging } = await staged(again);
    const review = await staging.review(NEVER);
    expect(review).toEqual([{ fileNo: 0, inserted: 1, updated: 1, unchanged: 3 }]);
    await staging.seal(NEVER);
    const outcomes = await opened.database.commits.commit(
      [await leaseOf(opened.database, load.loadId)],
      { publish: false, embed: false, missingReference: 'reject' },
      NEVER,
    );
    expect(outcomes).toMatchObject(review);
  });

  it('compares a later file with what the earlier ones of its type would have left', async () => {
    await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'old', { author: 'A' })] }]);
    const groups: FileRows[] = [
      { type: 'books', rows: [book(1, 'old', { author: 'B' }), book(2, 'new', { page_count: 9 })] },
      {
        type: 'books',
        columns: ['book_id', 'title', 'page_count'],
        rows: [
          book(1, 'old', { author: null, page_count: 7 }),
          book(2, 'new', { author: null, page_count: null }),
        ],
      },
      { type: 'books', rows: [book(1, 'old', { author: 'B', page_count: 7 }), book(2, 'third')] },
    ];
    const { load, staging } = await staged(groups);
    const review = await staging.review(NEVER);
    expect(review).toEqual([
      { fileNo: 0, inserted: 1, updated: 1, unchanged: 0 },
      { fileNo: 1, inserted: 0, updated: 1, unchanged: 1 },
      { fileNo: 2, inserted: 1, updated: 0, unchanged: 1 },
    ]);
    await staging.seal(NEVER);
    const leases = [];
    for (const chunkNo of groups.keys()) leases.push(await leaseOf(opened.database, load.loadId, chunkNo));
    const options = { publish: true, embed: false, missingReference: 'refuse' } as const;
    expect(await opened.database.commits.commit(leases, options, NEVER)).toMatchObject(review);
  });

  it('knows that a row of an equal hash is not written, whatever somebody else made of it', async () => {
    await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's1')] }]);
    await opened.connection.script('UPDATE public.students SET age = 30', NEVER);
    const { staging } = await staged([
      { type: 'students', rows: [student(1, 's1')] },
      { type: 'students', rows: [student(1, 's1', { age: 30 })] },
    ]);
    expect(await staging.review(NEVER)).toMatchObject([
      { updated: 0, unchanged: 1 },
      { updated: 0, unchanged: 1 },
    ]);
  });

  it('seals into chunks of what is left, each with its job, and once only', async () => {
    const { load, staging } = await staged([
      { type: 'students', rows: [student(1, 's1'), student(2, 's1'), student(3, 's2')] },
      { type: 'students', rows: [student(1, 's9')] },
    ]);
    await staging.remove(
      [
        { fileNo: 0, row: 1 },
        { fileNo: 1, row: 1 },
      ],
      NEVER,
    );
    await staging.seal(NEVER);
    await staging.seal(NEVER);
    expect(await opened.database.ledger.chunks(load.loadId, NEVER)).toMatchObject([
      { chunkNo: 0, fileNo: 0, type: 'students', state: 'staged', rows: 2 },
    ]);
    expect(await opened.database.ledger.load(load.loadId, NEVER)).toMatchObject({ status: 'staged' });
    const jobs = await rowsOf(
      opened.connection,
      `SELECT j.data FROM accession_jobs.job j JOIN accession.chunks c ON c.job_id = j.id WHERE c.load_id = $1`,
      [load.loadId],
    );
    expect(jobs).toEqual([{ data: { loadId: load.loadId, chunkNo: 0, step: 'commit' } }]);
  });

  it('discards the rows of its own load only', async () => {
    const { staging } = await staged([{ type: 'students', rows: [student(1, 's1')] }]);
    const other = await stageAndSeal(opened.database, [{ type: 'students', rows: [student(1, 's1')] }]);
    await staging.discard(NEVER);
    expect(await rowsOf(opened.connection, 'SELECT load_id FROM accession.staged_students')).toEqual([
      { load_id: other.loadId },
    ]);
  });
});
