import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { book, commitAll, emptyTables, student } from './staged-load.ts';

describeEachDatabase('the ids that a database knows', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
    await emptyTables(opened.connection);
    await commitAll(opened.database, [
      { type: 'books', rows: [book(1, 'B1'), book(2, "B'2")] },
      { type: 'students', rows: [student(1, 'S1')] },
    ]);
  });
  afterAll(() => opened.close());

  const known = async (type: 'books' | 'students', ids: readonly string[]): Promise<string[]> =>
    [...(await opened.database.knownIds(type, ids, NEVER))].sort();

  it('are those of the asked ones that stand in the live table, and no others', async () => {
    expect(await known('books', ['B1', "B'2", 'B3', 'S1', ''])).toEqual(["B'2", 'B1']);
    expect(await known('students', ['S1', 'B1'])).toEqual(['S1']);
  });

  it('are none where nothing was asked', async () => {
    expect(await known('books', [])).toEqual([]);
  });

  it('are found among thousands that are asked at once', async () => {
    const ids = Array.from({ length: 5_000 }, (_, i) => `B${i}`);
    expect(await known('books', ids)).toEqual(['B1']);
  });

  it('are none where the table is missing', async () => {
    // Its dependents as well: the database is this suite's own copy.
    await opened.connection.query('DROP TABLE public.students CASCADE', [], NEVER);
    expect(await known('students', ['S1'])).toEqual([]);
  });

  it('are not looked for once the caller has given up', async () => {
    const reason = new Error('enough');
    await expect(opened.database.knownIds('books', ['B1'], AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
