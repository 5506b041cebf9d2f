import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { IndexEntry } from '../../electron/engine/ports.ts';
import type { VectorWrite } from '../../electron/engine/vectors-port.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { book, commitAll, emptyTables, leaseOf, rowsOf } from './staged-load.ts';

const MODEL = 'test-model';
const DIMENSIONS = 1536;

/** Points along one axis, so that distances between them are plain. */
function axis(at: number, length = 1, dimensions = DIMENSIONS): Float32Array {
  const vector = new Float32Array(dimensions);
  vector[at] = length;
  return vector;
}

function write(
  bookId: string,
  vector: VectorWrite['vector'],
  fields: Partial<VectorWrite> = {},
): VectorWrite {
  return {
    bookId,
    textHash: `text of ${bookId}`,
    contentHash: `content of ${bookId}`,
    text: `Title of ${bookId}`,
    metadata: {
      book_id: bookId,
      reading_level: 4.4,
      level: 4.4,
      grade_label: '4th grade',
      genre: ['Fantasy'],
      keywords: [],
      author: 'Ümit',
    },
    vector,
    ...fields,
  };
}

describeEachDatabase('vectors', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const hasAnn = target.kind === 'production';
  const rows = <Row = Record<string, unknown>>(sql: string, params: readonly unknown[] = []) =>
    rowsOf<Row>(opened.connection, sql, params);
  const vectors = () => opened.database.vectors;
  let author = 0;
  /** Commits books that differ from what is stored, and saves these writes for them. */
  const save = async (writes: readonly VectorWrite[], failed = 0, model = MODEL) => {
    author += 1;
    const books = writes.map(({ bookId }, index) => book(index + 1, bookId, { author: `author ${author}` }));
    const { loadId } = await commitAll(opened.database, [{ type: 'books', rows: books }]);
    const lease = await leaseOf(opened.database, loadId, 0, 'committed');
    await vectors().save(lease, model, writes, failed, NEVER);
    return { loadId, lease };
  };
  const published = () =>
    rows(`SELECT book_id, vec IS NOT NULL AS vec, vector_norm(vec) AS norm, last_event, content_hash
      FROM public.book_embeddings ORDER BY book_id`);
  const feedOf = async (after = 0) => {
    const pages = await Array.fromAsync((await vectors().feed(NEVER)).since(after, NEVER));
    const entries: IndexEntry[] = pages.flatMap((page) => [...page.entries]);
    return { pages, entries, last: pages.at(-1)?.seq ?? after };
  };

  it('shows what a chunk wrote as the catalog stores it, and what is known of each book', async () => {
    await opened.connection.script(
      `INSERT INTO public.catalog (book_id, genre, keywords, reading_level)
       VALUES ('b1', 'Mystery', '["a", null, 5, {"b": 1}]', 4.4), ('b2', NULL, '', NULL)`,
      NEVER,
    );
    const narrow = { author: null, isbn: null, description: null, difficulty_band: null };
    const { loadId } = await commitAll(opened.database, [
      {
        type: 'books',
        columns: ['book_id', 'title'],
        rows: [book(1, 'b1', narrow), book(2, 'b2', narrow)],
      },
      { type: 'books', rows: [book(1, 'b3', { genre: ['x'], publication_year: 1999 })] },
    ]);
    const blank = { author: null, description: null, difficultyBand: null, publicationYear: null };
    const unknown = { known: null, published: null };
    expect(await vectors().writtenBooks(loadId, 0, NEVER)).toEqual([
      {
        ...{ bookId: 'b1', title: 'Title of b1', genre: ['Mystery'], keywords: ['a', '5', '{"b":1}'] },
        ...{ readingLevel: '4.40', ...blank, ...unknown },
      },
      {
        ...{ bookId: 'b2', title: 'Title of b2', genre: [], keywords: [] },
        ...{ readingLevel: null, ...blank, ...unknown },
      },
    ]);
    await save([write('b3', axis(0))]);
    const again = await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'b3')] }]);
    expect(await vectors().writtenBooks(again.loadId, 0, NEVER)).toMatchObject([
      {
        bookId: 'b3',
        known: { textHash: 'text of b3', model: MODEL },
        published: { contentHash: 'content of b3', hasVector: !hasAnn },
      },
    ]);
  });

  it('finishes the chunk: vectors, published rows, released events, no job left', async () => {
    const { loadId } = await save([write('b1', axis(0)), write('b2', axis(1, -0.5))], 3);
    expect(await opened.database.ledger.chunks(loadId, NEVER)).toMatchObject([
      { state: 'done', embedFailed: 3 },
    ]);
    expect(await published()).toEqual([
      {
        ...{ book_id: 'b1', vec: !hasAnn, norm: hasAnn ? null : 1 },
        ...{ last_event: loadId, content_hash: 'content of b1' },
      },
      {
        ...{ book_id: 'b2', vec: !hasAnn, norm: hasAnn ? null : 0.5 },
        ...{ last_event: loadId, content_hash: 'content of b2' },
      },
    ]);
    expect(
      await rows(`SELECT state FROM accession.outbox WHERE load_id = $1 AND topic = 'books'`, [loadId]),
    ).toEqual([{ state: 'ready' }]);
    expect(
      await rows(`SELECT id FROM accession_jobs.job WHERE data->>'loadId' = $1::text`, [loadId]),
    ).toEqual([]);
  });

  it('feeds entries exactly as they were saved, and counts them', async () => {
    const odd = Float32Array.from({ length: DIMENSIONS }, (_, index) => Math.sin(index) / 3);
    const writes = [write('b1', odd), write('b2', axis(1535, -2))];
    await save(writes);
    const { entries } = await feedOf();
    expect(entries).toEqual(
      writes.map(({ bookId, text, metadata, vector }) => ({ bookId, text, metadata, vector })),
    );
    expect(await vectors().counts(NEVER)).toEqual({
      vectors: 2,
      dimensions: DIMENSIONS,
      published: 2,
      vecPending: hasAnn ? 2 : 0,
    });
  });

  it('refuses to save under a lease that has passed on', async () => {
    const { loadId } = await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'b1')] }]);
    const old = await leaseOf(opened.database, loadId, 0, 'committed');
    await leaseOf(opened.database, loadId, 0, 'committed');
    await expect(vectors().save(old, MODEL, [write('b1', axis(0))], 0, NEVER)).rejects.toMatchObject({
      code: 'load.lease-lost',
    });
    expect(await vectors().counts(NEVER)).toMatchObject({ vectors: 0, published: 0 });
  });

  it('saves a finished chunk again when its given-up texts are retried', async () => {
    const { loadId } = await save([write('b1', axis(0))], 1);
    const lease = await leaseOf(opened.database, loadId, 0, 'done');
    await vectors().save(lease, MODEL, [write('b1', 'keep')], 0, NEVER);
    expect(await opened.database.ledger.chunks(loadId, NEVER)).toMatchObject([
      { state: 'done', embedFailed: 0 },
    ]);
  });

  it('leaves no older vector published beside a new text', async () => {
    await save([write('b1', axis(0))]);
    await vectors().publishPending(10, NEVER);
    await save([write('b1', axis(1, 3), { textHash: 'new', contentHash: 'new' })]);
    expect(await published()).toMatchObject([{ vec: !hasAnn, norm: hasAnn ? null : 3, content_hash: 'new' }]);
    expect((await feedOf()).entries).toMatchObject([{ bookId: 'b1', vector: axis(1, 3) }]);
  });

  it('keeps a known vector, and stirs the feed only when its metadata has changed', async () => {
    await save([write('b1', axis(0))]);
    await vectors().publishPending(10, NEVER);
    const { last } = await feedOf();
    const first = await published();
    await save([write('b1', 'keep')]);
    expect(await feedOf(last)).toMatchObject({ entries: [] });
    expect(await published()).toEqual(first);
    const moved = write('b1', 'keep', { contentHash: 'moved' });
    const { loadId } = await save([{ ...moved, metadata: { ...moved.metadata, author: 'Other' } }]);
    expect((await feedOf(last)).entries).toMatchObject([
      { bookId: 'b1', metadata: { author: 'Other' }, vector: axis(0) },
    ]);
    expect(await published()).toMatchObject([{ vec: true, content_hash: 'moved', last_event: loadId }]);
  });

  it('takes the vector of another book with the same text and model', async () => {
    await save([write('b1', axis(5), { textHash: 'shared' })]);
    expect(await vectors().knownTexts(MODEL, ['shared', 'other'], NEVER)).toEqual(new Set(['shared']));
    expect(await vectors().knownTexts('other-model', ['shared'], NEVER)).toEqual(new Set());
    await save([write('b2', 'same-text', { textHash: 'shared' })]);
    expect((await feedOf()).entries.map(({ vector }) => vector)).toEqual([axis(5), axis(5)]);
    expect(await published()).toMatchObject([{ book_id: 'b1' }, { book_id: 'b2', vec: !hasAnn }]);
  });

  it('asks to begin again where a vector to reuse is gone, and writes nothing', async () => {
    for (const source of ['keep', 'same-text', 'published'] as const) {
      await expect(save([write('b1', axis(0)), write('b2', source)])).rejects.toMatchObject({
        code: 'db.conflict',
        retryable: true,
      });
    }
    expect(await vectors().counts(NEVER)).toMatchObject({ vectors: 0, published: 0 });
  });

  it('adopts a vector that another program has published', async () => {
    await commitAll(opened.database, [{ type: 'books', rows: [book(1, 'b1')] }]);
    await opened.connection.query(
      `INSERT INTO public.book_embeddings VALUES ('b1', $1::vector, NULL, 'content of b1')`,
      [`[${axis(7).join(',')}]`],
      NEVER,
    );
    await save([write('b1', 'published')]);
    expect((await feedOf()).entries).toMatchObject([{ bookId: 'b1', vector: axis(7) }]);
    expect(await published()).toMatchObject([{ vec: true, last_event: null }]);
  });

  it('refuses vectors of dimensions that the database does not keep', async () => {
    await expect(save([write('b1', axis(0, 1, 8))])).rejects.toMatchObject({ code: 'embedding.dimensions' });
  });

  it('finds the nearest exactly, by squared distance', async () => {
    await save([write('b1', axis(0)), write('b2', axis(0, 3)), write('b3', axis(1, 2))]);
    const hits = await vectors().nearest(axis(0), 2, NEVER);
    expect(hits).toEqual([
      { bookId: 'b1', distance: 0, text: 'Title of b1', metadata: write('b1', 'keep').metadata },
      { bookId: 'b2', distance: 4, text: 'Title of b2', metadata: write('b2', 'keep').metadata },
    ]);
  });
});
