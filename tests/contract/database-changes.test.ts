import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Staging } from '../../electron/engine/database-port.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { changesOf, withBothStagings } from './staged-changes.ts';
import { book, checkout, commitAll, emptyTables, type FileRows, student } from './staged-load.ts';

describeEachDatabase('changes', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const withBoth = (groups: readonly FileRows[], work: (staging: Staging) => Promise<void>) =>
    withBothStagings(opened.database, groups, work);

  it('tells every row in row order, with what an update changes as people read it', async () => {
    await commitAll(opened.database, [
      {
        type: 'books',
        rows: [
          book(1, 'same'),
          book(2, 'moved', {
            author: 'Old',
            genre: ['Fantasy', 'Żółć'],
            reading_level: 4.4,
            page_count: 120,
            difficulty_band: 'advanced',
          }),
        ],
      },
    ]);
    await withBoth(
      [
        {
          type: 'books',
          rows: [
            book(3, 'moved', { author: 'New', genre: ['Fantasy', 'Owls'], reading_level: 4.456 }),
            book(1, 'new'),
            book(2, 'same'),
          ],
        },
      ],
      async (staging) => {
        expect(await changesOf(staging, 0)).toEqual([
          { row: 1, change: 'insert', fields: [], book: null },
          { row: 2, change: 'unchanged', fields: [], book: null },
          {
            row: 3,
            change: 'update',
            fields: [
              { column: 'author', before: 'Old', after: 'New' },
              { column: 'genre', before: 'Fantasy, Żółć', after: 'Fantasy, Owls' },
              { column: 'reading_level', before: '4.40', after: '4.46' },
            ],
            book: null,
          },
        ]);
      },
    );
  });

  it('counts as review does, rows whose hash alone differs among the unchanged', async () => {
    await commitAll(opened.database, [
      { type: 'students', rows: [student(1, 's1'), student(2, 's2'), student(3, 's3')] },
    ]);
    await opened.connection.script(
      `UPDATE public.students SET content_hash = 'older' WHERE student_id = 's1'`,
      NEVER,
    );
    await withBoth(
      [{ type: 'students', rows: [student(1, 's1'), student(2, 's2', { age: 10 }), student(3, 'new')] }],
      async (staging) => {
        expect((await changesOf(staging, 0)).map(({ change }) => change)).toEqual([
          'unchanged',
          'update',
          'insert',
        ]);
        expect(await staging.review(NEVER)).toEqual([{ fileNo: 0, inserted: 1, updated: 1, unchanged: 1 }]);
      },
    );
  });

  it('leaves alone what the file has no column for', async () => {
    await commitAll(opened.database, [
      { type: 'students', rows: [student(1, 's1', { age: 9, lunch_period: '2', grade_level: 4 })] },
    ]);
    await withBoth(
      [
        {
          type: 'students',
          columns: ['student_id', 'grade_level'],
          rows: [student(1, 's1', { age: 11, lunch_period: '9', grade_level: 5 })],
        },
      ],
      async (staging) => {
        expect((await changesOf(staging, 0))[0]?.fields).toEqual([
          { column: 'grade_level', before: '4', after: '5' },
        ]);
      },
    );
  });

  it('compares a later file with what the earlier one of its kind would leave', async () => {
    await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's1', { age: 9 })] }]);
    await withBoth(
      [
        { type: 'students', rows: [student(1, 's1', { age: 10 }), student(2, 'new', { age: 7 })] },
        {
          type: 'students',
          rows: [student(1, 'new', { age: 8 }), student(2, 's1', { age: 10 }), student(3, 'other')],
        },
      ],
      async (staging) => {
        expect(await changesOf(staging, 1)).toMatchObject([
          { row: 1, change: 'update', fields: [{ column: 'age', before: '7', after: '8' }] },
          { row: 2, change: 'unchanged', fields: [] },
          { row: 3, change: 'insert' },
        ]);
        expect((await changesOf(staging, 0)).map(({ change }) => change)).toEqual(['update', 'insert']);
      },
    );
  });

  it('writes dates by the calendar and none as null', async () => {
    await commitAll(opened.database, [
      { type: 'books', rows: [book(1, 'b1')] },
      { type: 'students', rows: [student(1, 's1')] },
      { type: 'checkouts', rows: [checkout(1, 's1', 'b1', { student_rating: 4 })] },
    ]);
    await withBoth(
      [{ type: 'checkouts', rows: [checkout(1, 's1', 'b1', { return_date: '2026-09-10' })] }],
      async (staging) => {
        expect((await changesOf(staging, 0))[0]?.fields).toEqual([
          { column: 'return_date', before: null, after: '2026-09-10' },
          { column: 'student_rating', before: '4', after: null },
        ]);
      },
    );
  });

  it('shows a list that only its characters tell apart as it is stored', async () => {
    await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'b1', { genre: ['A', 'B'] })] }]);
    await opened.connection.script(
      `UPDATE public.catalog SET genre = '["A","B"]', content_hash = 'other'`,
      NEVER,
    );
    await withBoth([{ type: 'books', rows: [book(1, 'b1', { genre: ['A', 'B'] })] }], async (staging) => {
      expect((await changesOf(staging, 0))[0]?.fields).toEqual([
        { column: 'genre', before: '["A","B"]', after: '["A", "B"]' },
      ]);
    });
  });

  it('hands over more rows than one batch, each once, and stops where it is told to', async () => {
    const rows = Array.from({ length: 9_000 }, (_, i) => student(i + 1, `s${i}`));
    await withBoth([{ type: 'students', rows }], async (staging) => {
      expect((await changesOf(staging, 0)).map(({ row }) => row)).toEqual(rows.map(({ row }) => row));
      const ending = new AbortController();
      let batches = 0;
      const stopped = staging.changes(
        0,
        { books: false },
        async () => {
          batches += 1;
          ending.abort(new Error('enough'));
        },
        ending.signal,
      );
      await expect(stopped).rejects.toThrow('enough');
      expect(batches).toBe(1);
      // The session is as good as before.
      expect((await changesOf(staging, 0)).length).toBe(9_000);
    });
  });

  it('says which tables have rows', async () => {
    await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'b1')] }]);
    await withBoth([{ type: 'books', rows: [] }], async (staging) => {
      expect(await staging.hasRows('books', NEVER)).toBe(true);
      expect(await staging.hasRows('students', NEVER)).toBe(false);
    });
  });
});
