import { afterEach, expect, it } from 'vitest';
import { createLedger } from '../../electron/adapters/sql/ledger.ts';
import { onlyPrepared } from '../../electron/adapters/sql/prepared.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';

describeEachDatabase('the schema of a database', (target) => {
  let opened: OpenDatabase[] = [];
  const open = async (prepared = true): Promise<OpenDatabase> => {
    const database = await target.open({ prepared });
    opened.push(database);
    return database;
  };
  afterEach(async () => {
    for (const one of opened) await one.close();
    opened = [];
  });

  const columnsOf = async ({ connection }: OpenDatabase, table: string): Promise<string[]> => {
    const { rows } = await connection.query<{ text: string }>(
      `SELECT attname || ' ' || format_type(atttypid, atttypmod) AS text FROM pg_attribute
       WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
      [table],
      NEVER,
    );
    return rows.map(({ text }) => text);
  };

  it('says before what prepare then does, and has nothing more to do afterwards', async () => {
    const { database } = await open(false);
    const before = await database.schema.inspect(NEVER);
    const { done } = await database.schema.prepare(NEVER);
    const after = await database.schema.inspect(NEVER);
    expect(before.missing.length).toBeGreaterThan(0);
    expect(done).toEqual(before.missing);
    expect(after.missing).toEqual([]);
    expect(after.server).toMatch(/^PostgreSQL \d+/);
    expect(after.vectorExtension).toMatch(/^\d+\.\d+/);
    expect(after.catalogBooks).toBe(0);
    expect(await database.schema.prepare(NEVER)).toEqual({ done: [] });
  });

  it('has the four tables of the recommendation engine, column by column', async () => {
    const database = await open();
    expect(await columnsOf(database, 'public.students')).toEqual([
      'student_id text',
      'grade_level integer',
      'age integer',
      'homeroom_teacher text',
      'prior_year_reading_score integer',
      'lunch_period text',
      'content_hash text',
    ]);
    expect(await columnsOf(database, 'public.catalog')).toEqual([
      ...['book_id text', 'isbn text', 'title text', 'author text', 'genre text', 'keywords text'],
      ...['description text', 'page_count integer', 'publication_year integer', 'difficulty_band text'],
      ...['reading_level numeric(4,2)', 'average_rating numeric(3,2)', 'content_hash text'],
    ]);
    expect(await columnsOf(database, 'public.checkout')).toEqual([
      ...['student_id text', 'book_id text', 'checkout_date date', 'return_date date'],
      ...['student_rating integer', 'checkout_id text', 'content_hash text'],
    ]);
    expect(await columnsOf(database, 'public.book_embeddings')).toEqual([
      'book_id text',
      'vec vector(1536)',
      'last_event uuid',
      'content_hash text',
    ]);
  });

  it('finds an ANN index in production and makes none of its own', async () => {
    const { database } = await open();
    const { annIndex } = await database.schema.inspect(NEVER);
    expect(annIndex).toBe(target.kind === 'production');
  });

  it('leaves the tables that it finds as they are', async () => {
    const database = await open(false);
    const indexes = `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY indexdef`;
    const before = await database.connection.query<{ indexdef: string }>(indexes, [], NEVER);
    await database.database.schema.prepare(NEVER);
    const after = await database.connection.query<{ indexdef: string }>(indexes, [], NEVER);
    if (target.kind === 'production') expect(after.rows).toEqual(before.rows);
    // Ours: four primary keys and the six indexes that production has as well.
    else expect(after.rows).toHaveLength(10);
  });

  it('can be prepared by several at once', async () => {
    const { database } = await open(false);
    const results = await Promise.all([1, 2, 3].map(() => database.schema.prepare(NEVER)));
    const words = results.flatMap(({ done }) => done).filter((word) => !word.includes('queue'));
    expect(new Set(words).size).toBe(words.length);
    expect((await database.schema.inspect(NEVER)).missing).toEqual([]);
  });

  it('adds content_hash to students as the seventh column', async () => {
    const database = await open(false);
    await database.connection.script(
      `DROP TABLE IF EXISTS students CASCADE;
       CREATE TABLE students (student_id text PRIMARY KEY, grade_level int, age int, homeroom_teacher text,
         prior_year_reading_score int, lunch_period text)`,
      NEVER,
    );
    const { done } = await database.database.schema.prepare(NEVER);
    expect(done).toContain('add the column content_hash to the table students');
    expect((await columnsOf(database, 'public.students'))[6]).toBe('content_hash text');
  });

  it('does not add content_hash where it would not be the seventh column of students', async () => {
    const { database, connection } = await open(false);
    await connection.script(
      `DROP TABLE IF EXISTS students CASCADE;
       CREATE TABLE students (student_id text PRIMARY KEY, grade_level int, age int, homeroom_teacher text,
         prior_year_reading_score int, lunch_period text, shoe_size int)`,
      NEVER,
    );
    await expect(database.schema.prepare(NEVER)).rejects.toMatchObject({
      code: 'db.incompatible',
      message: expect.stringContaining('seventh'),
    });
  });

  it('reports every table that it cannot use, and changes nothing', async () => {
    const database = await open(false);
    await database.connection.script(
      `DROP TABLE IF EXISTS students CASCADE; DROP TABLE IF EXISTS catalog CASCADE;
       CREATE TABLE students (student_id int PRIMARY KEY, grade_level int, age int, homeroom_teacher text,
         prior_year_reading_score int, lunch_period text, content_hash text);
       CREATE TABLE catalog (book_id text, title text)`,
      NEVER,
    );
    const attempt = database.database.schema.prepare(NEVER);
    await expect(attempt).rejects.toMatchObject({
      code: 'db.incompatible',
      message: expect.stringMatching(
        /students\.student_id is integer.*catalog has no column isbn.*catalog has no primary key over book_id/s,
      ),
    });
    expect(await columnsOf(database, 'accession.loads')).toEqual([]);
  });

  it('prints SQL that, run by hand, leaves nothing to do', async () => {
    const { database, connection } = await open(false);
    const sql = await database.schema.prepareSql(NEVER);
    await connection.script(sql, NEVER);
    expect((await database.schema.inspect(NEVER)).missing).toEqual([]);
    expect(await database.schema.prepareSql(NEVER)).toContain('Nothing to do');
  });

  it('is asked for when somebody begins a load in a database that was not prepared', async () => {
    const { database, connection } = await open(false);
    await expect(database.ledger.loads(10, NEVER)).rejects.toMatchObject({
      code: 'db.not-prepared',
      hint: expect.stringContaining('accession db prepare'),
    });
    await database.schema.prepare(NEVER);
    expect(await createLedger(onlyPrepared(connection)).loads(10, NEVER)).toEqual([]);
    expect(await database.ledger.loads(10, NEVER)).toEqual([]);
  });
});
