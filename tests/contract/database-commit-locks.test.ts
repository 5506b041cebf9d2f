import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SqlSession } from '../../electron/adapters/sql/session.ts';
import type { ChunkLease } from '../../electron/engine/chunks-port.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';
import { book, COMMIT, commitAll, emptyTables, leaseOf, rowsOf, stageAndSeal } from './staged-load.ts';

const KEYS = Array.from({ length: 200 }, (_, index) => `b${String(index).padStart(3, '0')}`);
const MIDDLE = 'b100';

describeEachDatabase('locks of a commit', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
  });
  beforeEach(() => emptyTables(opened.connection));
  afterAll(() => opened.close());

  const books = (keys: readonly string[], author: string) =>
    keys.map((key, row) => book(row, key, { author }));
  const leaseFor = async (keys: readonly string[], author: string) => {
    const { loadId } = await stageAndSeal(opened.database, [{ type: 'books', rows: books(keys, author) }]);
    return leaseOf(opened.database, loadId);
  };

  const opposite = async () => [await leaseFor(KEYS, 'up'), await leaseFor(KEYS.toReversed(), 'down')];

  if (target.kind === 'pglite') {
    it('lets commits of the same keys take turns in the one session there is', async () => {
      const outcomes = await Promise.all(
        (await opposite()).map((lease) => opened.database.commits.commit([lease], COMMIT, NEVER)),
      );
      expect(outcomes).toMatchObject([[{ inserted: KEYS.length }], [{ updated: KEYS.length }]]);
    });
    return;
  }

  /** Commits that are all under way while another program's transaction stands in their way. */
  const collide = async (
    leases: readonly ChunkLease[],
    hold: (session: SqlSession) => Promise<unknown>,
    end: 'commit' | 'roll back' = 'roll back',
  ) => {
    const held = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holder = opened.connection
      .transaction(async (session) => {
        await hold(session);
        held.resolve();
        await release.promise;
        if (end === 'roll back') throw new Error('nothing of it stays');
      }, NEVER)
      .catch(() => undefined);
    await held.promise;
    const commits = Promise.allSettled(
      leases.map((lease) => opened.database.commits.commit([lease], COMMIT, NEVER)),
    );
    while ((await waiting()) < leases.length);
    release.resolve();
    await holder;
    return commits;
  };
  const waiting = async () => {
    const [row] = await rowsOf<{ count: number }>(
      opened.connection,
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    );
    return row?.count ?? 0;
  };

  it('takes existing rows in key order, so that two commits cannot wait for each other', async () => {
    await commitAll(opened.database, [{ type: 'books', rows: books(KEYS, 'before') }]);
    const results = await collide(await opposite(), (session) =>
      session.query('SELECT FROM public.catalog WHERE book_id = $1 FOR UPDATE', [MIDDLE]),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('inserts in key order, so that the later of two commits is only asked to begin again', async () => {
    const results = await collide(await opposite(), (session) =>
      session.query('INSERT INTO public.catalog (book_id) VALUES ($1)', [MIDDLE]),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [reason] = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(reason).toMatchObject({ code: 'db.conflict', retryable: true });
    // A deadlock would carry the database's own error.
    expect(reason.cause).toBeUndefined();
  });

  it('asks to begin again where another program inserted a row meanwhile, and then updates it', async () => {
    const lease = await leaseFor([MIDDLE], 'ours');
    const results = await collide(
      [lease],
      (session) =>
        session.query(`INSERT INTO public.catalog (book_id, author) VALUES ($1, 'theirs')`, [MIDDLE]),
      'commit',
    );
    expect(results).toMatchObject([{ status: 'rejected', reason: { code: 'db.conflict', retryable: true } }]);
    const again = await opened.database.commits.commit([lease], COMMIT, NEVER);
    expect(again).toMatchObject([{ inserted: 0, updated: 1 }]);
    expect(
      await rowsOf(opened.connection, `SELECT before->>'author' AS author FROM accession.row_history`),
    ).toEqual([{ author: 'theirs' }]);
  });

  it('takes the before-image of what another program changed meanwhile', async () => {
    await commitAll(opened.database, [{ type: 'books', rows: books([MIDDLE], 'first') }]);
    const lease = await leaseFor([MIDDLE], 'ours');
    await collide(
      [lease],
      (session) => session.query(`UPDATE public.catalog SET author = 'theirs', page_count = 7`),
      'commit',
    );
    expect(
      await rowsOf(
        opened.connection,
        `SELECT before->>'author' AS before, b.author, b.page_count FROM accession.row_history, public.catalog b
         WHERE load_id = $1`,
        [lease.loadId],
      ),
    ).toEqual([{ before: 'theirs', author: 'ours', page_count: 7 }]);
  });
});
