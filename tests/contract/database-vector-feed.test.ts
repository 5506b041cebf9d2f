import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { VectorWrite } from '../../electron/engine/vectors-port.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { book, commitAll, emptyTables, leaseOf, rowsOf } from './staged-load.ts';

const DIMENSIONS = 1536;

function write(bookId: string, at: number): VectorWrite {
  const metadata = { reading_level: null, level: null, grade_label: '', genre: [], keywords: [], author: '' };
  return {
    bookId,
    textHash: `text of ${bookId} ${at}`,
    contentHash: `content of ${bookId}`,
    text: bookId,
    metadata: { book_id: bookId, ...metadata },
    vector: new Float32Array(DIMENSIONS).fill(at + 1),
  };
}

describeEachDatabase('vector feed', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const ids = (count: number, prefix = 'b') =>
    Array.from({ length: count }, (_, index) => `${prefix}${index}`);
  const committed = async (bookIds: readonly string[]) => {
    const rows = bookIds.map((bookId, index) => book(index + 1, bookId));
    const { loadId } = await commitAll(opened.database, [{ type: 'books', rows }]);
    return leaseOf(opened.database, loadId, 0, 'committed');
  };
  const saved = async (bookIds: readonly string[]) => {
    const lease = await committed(bookIds);
    const writes = bookIds.map((bookId, index) => write(bookId, index));
    await opened.database.vectors.save(lease, 'model', writes, 0, NEVER);
  };

  it('bears the name of its database', async () => {
    const { sourceId } = await opened.database.vectors.feed(NEVER);
    expect(await rowsOf(opened.connection, 'SELECT id FROM accession.instance')).toEqual([{ id: sourceId }]);
  });

  it('comes in pages that begin after what was seen', async () => {
    const all = ids(2_001);
    await saved(all);
    const feed = await opened.database.vectors.feed(NEVER);
    const pages = await Array.fromAsync(feed.since(0, NEVER));
    expect(pages.map(({ entries }) => entries.length)).toEqual([1_000, 1_000, 1]);
    expect(pages.flatMap(({ entries }) => entries.map(({ bookId }) => bookId)).sort()).toEqual(
      all.toSorted(),
    );
    const rest = await Array.fromAsync(feed.since(pages[1]?.seq ?? 0, NEVER));
    expect(rest).toEqual([pages[2]]);
    expect(await Array.fromAsync(feed.since(pages[2]?.seq ?? 0, NEVER))).toEqual([]);
  });

  it('stops where it is asked to', async () => {
    await saved(ids(3));
    const feed = await opened.database.vectors.feed(NEVER);
    await expect(Array.fromAsync(feed.since(0, AbortSignal.abort()))).rejects.toThrow();
  });

  it('never shows a later number before an earlier one is committed', async () => {
    const leases = [];
    for (let load = 0; load < 4; load += 1) leases.push(await committed(ids(150, `l${load}-`)));
    const feed = await opened.database.vectors.feed(NEVER);
    const seen: string[] = [];
    let seq = 0;
    const read = async () => {
      for await (const page of feed.since(seq, NEVER)) {
        seq = page.seq;
        seen.push(...page.entries.map(({ bookId }) => bookId));
      }
    };
    let open = leases.length;
    const saves = leases.map(async (lease, load) => {
      const writes = ids(150, `l${load}-`).map((bookId, index) => write(bookId, index));
      await opened.database.vectors.save(lease, 'model', writes, 0, NEVER);
      open -= 1;
    });
    while (open > 0) await read();
    await Promise.all(saves);
    await read();
    expect(new Set(seen).size).toBe(600);
    expect(seen).toHaveLength(600);
  });

  if (target.kind === 'production') {
    it('is followed by the published copy, oldest first, behind an ANN index', async () => {
      await saved(ids(5));
      const { vectors } = opened.database;
      expect(await vectors.publishPending(2, NEVER)).toBe(2);
      const withVector = 'SELECT book_id FROM public.book_embeddings WHERE vec IS NOT NULL ORDER BY book_id';
      expect(await rowsOf(opened.connection, withVector)).toEqual([{ book_id: 'b0' }, { book_id: 'b1' }]);
      expect(await vectors.counts(NEVER)).toMatchObject({ published: 5, vecPending: 3 });
      const both = await Promise.all([vectors.publishPending(10, NEVER), vectors.publishPending(10, NEVER)]);
      expect(both.reduce((sum, count) => sum + count, 0)).toBe(3);
      expect(await vectors.counts(NEVER)).toMatchObject({ vecPending: 0 });
      expect(
        await rowsOf(
          opened.connection,
          `SELECT count(*) AS wrong FROM public.book_embeddings e JOIN accession.book_vectors v USING (book_id)
           WHERE vector_l2_squared_distance(e.vec, v.vec) > 0`,
        ),
      ).toEqual([{ wrong: 0 }]);
      expect(await vectors.publishPending(10, NEVER)).toBe(0);
    });

    it('leaves a row that a load is writing to that load', async () => {
      await saved(ids(2));
      const held = Promise.withResolvers<void>();
      const locked = Promise.withResolvers<void>();
      const other = opened.connection.transaction(async (session) => {
        await session.query(`SELECT FROM public.book_embeddings WHERE book_id = 'b0' FOR UPDATE`);
        locked.resolve();
        await held.promise;
      }, NEVER);
      await locked.promise;
      expect(await opened.database.vectors.publishPending(10, NEVER)).toBe(1);
      held.resolve();
      await other;
      expect(await opened.database.vectors.publishPending(10, NEVER)).toBe(1);
    });
  }
});
