import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import {
  book,
  checkout,
  commitAll,
  emptyTables,
  leaseOf,
  rowsOf,
  stageAndSeal,
  student,
} from './staged-load.ts';

describeEachDatabase('commits', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const rows = <Row = Record<string, unknown>>(sql: string, params: readonly unknown[] = []) =>
    rowsOf<Row>(opened.connection, sql, params);
  const loadBooks = (...books: ReturnType<typeof book>[]) =>
    commitAll(opened.database, [{ type: 'books', rows: books }]);

  it('stores a new row as the file has it, blanks, lists, roundings and hash included', async () => {
    const row = book(1, 'b1', {
      isbn: '',
      author: 'Ümit',
      genre: ['Fantasy', 'Humor'],
      reading_level: 4.445,
      average_rating: 3.955,
      publication_year: -300,
      difficulty_band: '',
    });
    const { outcomes } = await loadBooks(row);
    expect(outcomes).toEqual([{ chunkNo: 0, fileNo: 0, inserted: 1, updated: 0, unchanged: 0, rejected: 0 }]);
    expect(
      await rows(
        'SELECT *, reading_level::text AS reading_level, average_rating::text AS average_rating FROM public.catalog',
      ),
    ).toEqual([
      {
        book_id: 'b1',
        isbn: '',
        title: 'Title of b1',
        author: 'Ümit',
        genre: '["Fantasy", "Humor"]',
        keywords: '[]',
        description: '',
        page_count: null,
        publication_year: -300,
        difficulty_band: null,
        reading_level: '4.45',
        average_rating: '3.96',
        content_hash: row.contentHash,
      },
    ]);
  });

  it('keeps what is stored of the four columns that enrichment fills, and takes everything else', async () => {
    const filled = {
      page_count: 120,
      publication_year: 1999,
      difficulty_band: 'beginner',
      reading_level: 3.5,
    };
    await loadBooks(
      book(1, 'b1', { ...filled, author: 'A', average_rating: 4, keywords: ['x'] }),
      book(2, 'b2', filled),
    );
    await loadBooks(
      book(1, 'b1', { author: '', average_rating: null, keywords: [] }),
      book(2, 'b2', { page_count: 1, publication_year: 2, difficulty_band: 'advanced', reading_level: 1 }),
    );
    expect(
      await rows(`SELECT author, average_rating, keywords, page_count, publication_year, difficulty_band,
        reading_level::text AS reading_level FROM public.catalog ORDER BY book_id`),
    ).toMatchObject([
      { ...filled, reading_level: '3.50', author: '', average_rating: null, keywords: '[]' },
      { page_count: 1, publication_year: 2, difficulty_band: 'advanced', reading_level: '1.00' },
    ]);
  });

  it('leaves the columns that the file does not have alone, and on insert empty', async () => {
    await loadBooks(book(1, 'b1', { author: 'A', genre: ['g'], isbn: '1', average_rating: 3 }));
    const none = { author: null, isbn: null, description: null };
    const { outcomes } = await commitAll(opened.database, [
      {
        type: 'books',
        columns: ['book_id', 'title'],
        rows: [book(1, 'b1', { ...none, title: 'New title' }), book(2, 'b2', none)],
      },
    ]);
    expect(outcomes).toMatchObject([{ inserted: 1, updated: 1 }]);
    expect(
      await rows(
        'SELECT title, author, genre, isbn, average_rating::float8 AS rating FROM public.catalog ORDER BY book_id',
      ),
    ).toEqual([
      { title: 'New title', author: 'A', genre: '["g"]', isbn: '1', rating: 3 },
      { title: 'Title of b2', author: null, genre: '[]', isbn: null, rating: null },
    ]);
  });

  it('does not touch a row whose hash is the same, not even its place on disk', async () => {
    await loadBooks(book(1, 'b1'), book(2, 'b2'));
    const place = 'SELECT book_id, ctid::text, xmin::text, xmax::text FROM public.catalog ORDER BY book_id';
    const before = await rows(place);
    const { outcomes, loadId } = await loadBooks(book(1, 'b1'), book(2, 'b2'));
    expect(outcomes).toMatchObject([{ inserted: 0, updated: 0, unchanged: 2 }]);
    expect(await rows(place)).toEqual(before);
    expect(await rows('SELECT * FROM accession.row_history WHERE load_id = $1', [loadId])).toEqual([]);
  });

  it('gives a row whose columns are equal only the new hash, and counts it as unchanged', async () => {
    await loadBooks(book(1, 'b1', { reading_level: 4.4, page_count: 10 }));
    const same = book(1, 'b1', { reading_level: 4.404, page_count: null });
    const { outcomes, loadId } = await loadBooks(same);
    expect(outcomes).toMatchObject([{ inserted: 0, updated: 0, unchanged: 1 }]);
    expect(await rows('SELECT content_hash, page_count FROM public.catalog')).toEqual([
      { content_hash: same.contentHash, page_count: 10 },
    ]);
    expect(await rows('SELECT topic FROM accession.outbox WHERE load_id = $1', [loadId])).toEqual([]);
    expect(await rows('SELECT change FROM accession.row_history WHERE load_id = $1', [loadId])).toEqual([
      { change: 'hash' },
    ]);
    expect(await opened.database.ledger.chunks(loadId, NEVER)).toMatchObject([{ state: 'done' }]);
  });

  it('gives a row without a hash its hash, and counts it by its columns', async () => {
    await opened.connection.script(
      `INSERT INTO public.students VALUES ('same', 4, 9, 'Ms. Ames', NULL, '2', NULL), ('old', 3, 8, 'Mr. Bo', NULL, '1', NULL)`,
      NEVER,
    );
    const { outcomes } = await commitAll(opened.database, [
      { type: 'students', rows: [student(1, 'same'), student(2, 'old')] },
    ]);
    expect(outcomes).toMatchObject([{ inserted: 0, updated: 1, unchanged: 1 }]);
    expect(await rows('SELECT * FROM public.students WHERE content_hash IS NULL')).toEqual([]);
  });

  it('keeps before-images of what it changed, and the key alone of what it inserted', async () => {
    await loadBooks(book(1, 'b1', { author: 'A', reading_level: 4.4 }));
    const [before] = await rows<{ row: unknown }>('SELECT to_jsonb(c) AS row FROM public.catalog c');
    const { loadId } = await loadBooks(book(1, 'b1', { author: 'B' }), book(2, 'b2'));
    expect(
      await rows(
        'SELECT chunk_no, type, key, change, before FROM accession.row_history WHERE load_id = $1 ORDER BY key',
        [loadId],
      ),
    ).toEqual([
      { chunk_no: 0, type: 'books', key: ['b1'], change: 'update', before: before?.row },
      { chunk_no: 0, type: 'books', key: ['b2'], change: 'insert', before: null },
    ]);
  });

  it('writes the dates of a checkout into key and column, whatever the date style', async () => {
    const returned = checkout(1, 's1', 'b1', { return_date: '2026-09-20', student_rating: 4 });
    const { loadId } = await commitAll(opened.database, [
      { type: 'books', rows: [book(1, 'b1')] },
      { type: 'students', rows: [student(1, 's1')] },
      { type: 'checkouts', rows: [returned] },
    ]);
    expect(await rows('SELECT * FROM public.checkout')).toEqual([
      { ...returned.record, content_hash: returned.contentHash },
    ]);
    expect(
      await rows(`SELECT key FROM accession.row_history WHERE load_id = $1 AND type = 'checkouts'`, [loadId]),
    ).toEqual([{ key: ['s1', 'b1', '2026-09-03'] }]);
  });

  it('rolls back everything where the database refuses one row', async () => {
    await opened.connection.script(
      'ALTER TABLE public.students ADD CONSTRAINT no_ghosts CHECK (age < 20)',
      NEVER,
    );
    try {
      const { loadId } = await stageAndSeal(opened.database, [
        { type: 'students', rows: [student(1, 's1'), student(2, 's2', { age: 20 })] },
      ]);
      const lease = await leaseOf(opened.database, loadId);
      const options = { publish: true, embed: true, missingReference: 'reject' } as const;
      await expect(opened.database.commits.commit([lease], options, NEVER)).rejects.toMatchObject({
        code: 'db.row-refused',
      });
      expect(await rows('SELECT * FROM public.students')).toEqual([]);
      expect(await rows('SELECT * FROM accession.row_history')).toEqual([]);
      expect(await rows('SELECT * FROM accession.outbox')).toEqual([]);
      expect(await opened.database.ledger.chunks(loadId, NEVER)).toMatchObject([
        { state: 'staged', inserted: 0 },
      ]);
    } finally {
      await opened.connection.script('ALTER TABLE public.students DROP CONSTRAINT no_ghosts', NEVER);
    }
  });

  it('counts a student of two files once, as inserted', async () => {
    const { loadId } = await commitAll(opened.database, [
      { type: 'students', rows: [student(1, 's1'), student(2, 's2')] },
      { type: 'students', rows: [student(1, 's1', { age: 10 })] },
    ]);
    await commitAll(opened.database, [{ type: 'students', rows: [student(1, 's3')] }]);
    expect(await opened.database.commits.studentCounts(loadId, NEVER)).toEqual({ inserted: 2, updated: 0 });
    const next = await commitAll(opened.database, [
      { type: 'students', rows: [student(1, 's1'), student(2, 's2')] },
    ]);
    expect(await opened.database.commits.studentCounts(next.loadId, NEVER)).toEqual({
      inserted: 0,
      updated: 1,
    });
  });
});
