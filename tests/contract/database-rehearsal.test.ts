import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { asReadingUser } from './reading-user.ts';
import {
  book,
  checkout,
  commitAll,
  emptyTables,
  type FileRows,
  rehearse,
  rowsOf,
  student,
} from './staged-load.ts';

const TERM: FileRows[] = [
  { type: 'books', rows: [book(1, 'known', { author: 'new' }), book(2, 'new')] },
  { type: 'students', rows: [student(1, 's1')] },
  { type: 'checkouts', rows: [checkout(1, 's1', 'known'), checkout(2, 's1', 'nothing')] },
];

describeEachDatabase('rehearsal', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  it('says what a load would do and leaves nothing behind', async () => {
    await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'known')] }]);
    const staging = await rehearse(opened.database, TERM);
    const missing = await staging.removeMissingReferences(NEVER);
    expect(missing).toMatchObject([{ fileNo: 2, row: 2, bookId: 'nothing', missingStudent: false }]);
    expect(await staging.review(NEVER)).toEqual([
      { fileNo: 0, inserted: 1, updated: 1, unchanged: 0 },
      { fileNo: 1, inserted: 1, updated: 0, unchanged: 0 },
      { fileNo: 2, inserted: 1, updated: 0, unchanged: 0 },
    ]);
    const removed = await staging.remove([{ fileNo: 1, row: 1 }], NEVER);
    expect(removed).toMatchObject([{ fileNo: 1, row: 1, cells: student(1, 's1').cells }]);
    await staging.discard(NEVER);
    expect(await rowsOf(opened.connection, 'SELECT book_id, author FROM public.catalog')).toEqual([
      { book_id: 'known', author: '' },
    ]);
    expect(
      await rowsOf(
        opened.connection,
        `SELECT relname FROM pg_class WHERE relpersistence = 't' AND relname LIKE 'staged%'`,
      ),
    ).toEqual([]);
  });

  it('can follow another on the same connection, and cannot be committed', async () => {
    for (let round = 0; round < 3; round += 1) {
      const staging = await rehearse(opened.database, TERM);
      expect((await staging.review(NEVER)).at(0)?.inserted).toBe(2);
      await expect(staging.seal(NEVER)).rejects.toMatchObject({ code: 'internal' });
      await staging.discard(NEVER);
    }
  });

  it('goes on after a refused call', async () => {
    const staging = await rehearse(opened.database, TERM);
    await expect(staging.add(0, 9, [book(9, 'b9', { title: 'nul \u0000' })], NEVER)).rejects.toMatchObject({
      code: 'db.row-refused',
    });
    await expect(staging.review(AbortSignal.abort())).rejects.toThrow();
    expect((await staging.review(NEVER)).at(0)).toMatchObject({ inserted: 2 });
    await staging.discard(NEVER);
  });

  it('counts missing tables as empty and an unknown hash as different', async () => {
    const bare = await target.open({ prepared: false });
    try {
      await bare.connection.script(
        `CREATE TABLE IF NOT EXISTS public.students (student_id text PRIMARY KEY, grade_level int, age int,
           homeroom_teacher text, prior_year_reading_score int, lunch_period text);
         ALTER TABLE public.students DROP COLUMN IF EXISTS content_hash;
         INSERT INTO public.students (student_id, grade_level, age, homeroom_teacher, lunch_period)
         VALUES ('same', 4, 9, 'Ms. Ames', '2'), ('moved', 3, 9, 'Ms. Ames', '2')`,
        NEVER,
      );
      const staging = await rehearse(bare.database, [
        { type: 'books', rows: [book(1, 'b1')] },
        { type: 'students', rows: [student(1, 'same'), student(2, 'moved'), student(3, 'new')] },
        { type: 'checkouts', rows: [checkout(1, 'same', 'b1'), checkout(2, 'same', 'nothing')] },
      ]);
      expect(await staging.removeMissingReferences(NEVER)).toMatchObject([{ row: 2, missingBook: true }]);
      expect(await staging.review(NEVER)).toEqual([
        { fileNo: 0, inserted: 1, updated: 0, unchanged: 0 },
        { fileNo: 1, inserted: 1, updated: 1, unchanged: 1 },
        { fileNo: 2, inserted: 1, updated: 0, unchanged: 0 },
      ]);
      await staging.discard(NEVER);
    } finally {
      await bare.close();
    }
  });

  if (target.kind !== 'pglite')
    it('needs no right but TEMP and SELECT', async () => {
      await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'known')] }]);
      await asReadingUser(opened, async (reading) => {
        const staging = await rehearse(reading, TERM);
        expect((await staging.review(NEVER)).at(0)).toMatchObject({ inserted: 1, updated: 1 });
        await staging.discard(NEVER);
      });
    });
});
