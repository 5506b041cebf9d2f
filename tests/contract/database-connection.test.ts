import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SqlSession } from '../../electron/adapters/sql/session.ts';
import { describeEachDatabase, NEVER, type OpenDatabase } from './database-harness.ts';

describeEachDatabase('a connection', (target) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await target.open();
    await opened.connection.script(
      'CREATE TABLE public.note (id int PRIMARY KEY, text text NOT NULL)',
      NEVER,
    );
  });
  afterAll(async () => {
    await opened.close();
  });

  const notes = async (session?: SqlSession): Promise<number> => {
    const text = 'SELECT count(*) AS notes FROM public.note';
    const { rows } = await (session?.query<{ notes: number }>(text) ??
      opened.connection.query<{ notes: number }>(text, [], NEVER));
    return rows[0]?.notes ?? -1;
  };
  const add = (session: SqlSession, id: number) =>
    session.query('INSERT INTO public.note VALUES ($1, $2)', [id, 'x']);

  it('reads counts as numbers, days and decimals as text, instants as dates', async () => {
    const { rows } = await opened.connection.query(
      `SELECT 9007199254740991::int8 AS int8, ARRAY[1, NULL]::int8[] AS int8s, 4.40::numeric(4,2) AS numeric,
         ARRAY[4.40]::numeric[] AS numerics, '2026-09-03'::date AS date, ARRAY['2026-09-03']::date[] AS dates,
         '2026-09-03 01:02:03+02'::timestamptz AS instant, '{"a": [1]}'::jsonb AS json, ARRAY['a"b', '', NULL] AS texts`,
      [],
      NEVER,
    );
    expect(rows).toEqual([
      {
        int8: 9007199254740991,
        int8s: [1, null],
        numeric: '4.40',
        numerics: ['4.40'],
        date: '2026-09-03',
        dates: ['2026-09-03'],
        instant: new Date('2026-09-02T23:02:03.000Z'),
        json: { a: [1] },
        texts: ['a"b', '', null],
      },
    ]);
  });

  it('sends arrays, dates, JSON and bytes so that they arrive as they were', async () => {
    const texts = ['plain', 'a "quoted", one', 'back\\slash', '{brace}', 'NULL', '', null, 'ß 本 😀'];
    const { rows } = await opened.connection.query<{ bytes: Uint8Array }>(
      `SELECT $1::text[] AS texts, $2::int[] AS ints, $3::timestamptz AS instant, $4::jsonb AS json, $5::bytea AS bytes, $6::bool AS yes`,
      [texts, [1, null, -3], new Date(1234), JSON.stringify({ a: 'ß' }), new Uint8Array([0, 255, 92]), true],
      NEVER,
    );
    expect(rows[0]).toMatchObject({
      texts,
      ints: [1, null, -3],
      instant: new Date(1234),
      json: { a: 'ß' },
      yes: true,
    });
    expect(rows.map(({ bytes }) => [...bytes])).toEqual([[0, 255, 92]]);
  });

  it('counts the rows that a statement wrote', async () => {
    const inserted = await opened.connection.query(
      `INSERT INTO public.note SELECT n, 'x' FROM generate_series(100, 104) AS n`,
      [],
      NEVER,
    );
    const deleted = await opened.connection.query('DELETE FROM public.note WHERE id >= $1', [100], NEVER);
    const created = await opened.connection.query('CREATE SCHEMA IF NOT EXISTS empty_one', [], NEVER);
    expect([inserted.count, deleted.count, created.count]).toEqual([5, 5, 0]);
  });

  it('rolls a transaction back when its work throws, and passes the error on unchanged', async () => {
    const error = new TypeError('of the work');
    const attempt = opened.connection.transaction(async (session) => {
      await add(session, 1);
      throw error;
    }, NEVER);
    await expect(attempt).rejects.toBe(error);
    expect(await notes()).toBe(0);
  });

  it('rolls a transaction back when it is aborted before the commit', async () => {
    const abort = new AbortController();
    const reason = new Error('stopped by hand');
    const attempt = opened.connection.transaction(async (session) => {
      await add(session, 1);
      abort.abort(reason);
    }, abort.signal);
    await expect(attempt).rejects.toBe(reason);
    expect(await notes()).toBe(0);
  });

  it('does not report a transaction as done in which a statement failed', async () => {
    const attempt = opened.connection.transaction(async (session) => {
      await add(session, 1);
      await add(session, 1).catch(() => undefined);
    }, NEVER);
    await expect(attempt).rejects.toMatchObject({ code: 'db.failed' });
    expect(await notes()).toBe(0);
  });

  it('keeps what others do out of a transaction', async () => {
    let seen = -1;
    await Promise.all([
      opened.connection.transaction(async (session) => {
        await add(session, 1);
        await add(session, 2);
        seen = await notes(session);
        await session.query('DELETE FROM public.note');
      }, NEVER),
      opened.connection.transaction((session) => add(session, 3), NEVER),
      opened.connection.query('SELECT 1', [], NEVER),
    ]);
    expect(seen === 2 || seen === 3).toBe(true);
    await opened.connection.query('DELETE FROM public.note', [], NEVER);
  });

  it('rejects with the reason where it was aborted before', async () => {
    const gone = AbortSignal.abort(new Error('too late'));
    await expect(opened.connection.query('SELECT 1', [], gone)).rejects.toThrow('too late');
    await expect(opened.connection.transaction(async () => 1, gone)).rejects.toThrow('too late');
    await expect(opened.connection.reserve(gone)).rejects.toThrow('too late');
  });

  it('lets others read and write while a connection is reserved', async () => {
    const { session, release } = await opened.connection.reserve(NEVER);
    try {
      await session.query('CREATE TEMP TABLE mine (id int)');
      await opened.connection.transaction((other) => add(other, 1), NEVER);
      await session.query('INSERT INTO mine SELECT id FROM public.note');
      const { rows } = await session.query('SELECT id FROM mine');
      expect(rows).toEqual([{ id: 1 }]);
    } finally {
      await release();
      await opened.connection.query('DELETE FROM public.note', [], NEVER);
    }
  });

  it('keeps a transaction that a reserved connection began apart from others', async () => {
    const { session, release } = await opened.connection.reserve(NEVER);
    await session.query('BEGIN');
    await add(session, 1);
    const other = opened.connection.transaction((inOther) => add(inOther, 2), NEVER);
    await session.query('ROLLBACK');
    await other;
    await release();
    const { rows } = await opened.connection.query('DELETE FROM public.note RETURNING id', [], NEVER);
    expect(rows).toEqual([{ id: 2 }]);
  });

  it('leaves nothing behind of a reserved connection, not even a transaction', async () => {
    const { session, release } = await opened.connection.reserve(NEVER);
    await session.query('CREATE TEMP TABLE mine (id int)');
    await session.query('BEGIN');
    await add(session, 1);
    await release();
    await release();
    const again = await opened.connection.reserve(NEVER);
    const left = await again.session.query(`SELECT to_regclass('pg_temp.mine') AS mine`);
    await again.release();
    expect(left.rows).toEqual([{ mine: null }]);
    expect(await notes()).toBe(0);
  });

  it('gives back the connection whose script failed inside a transaction', async () => {
    const script = `BEGIN; INSERT INTO public.note VALUES (1, 'x'); SELECT 1/0; COMMIT`;
    await expect(opened.connection.script(script, NEVER)).rejects.toMatchObject({ code: 'db.row-refused' });
    expect(await notes()).toBe(0);
    await opened.connection.query(`INSERT INTO public.note VALUES (7, 'x')`, [], NEVER);
    await opened.connection.query('DELETE FROM public.note', [], NEVER);
  });

  it('says what was refused without the values of the row', async () => {
    await opened.connection.query(`INSERT INTO public.note VALUES (42, 'secret name')`, [], NEVER);
    const attempt = opened.connection.query(
      'INSERT INTO public.note VALUES ($1, $2)',
      [42, 'secret name'],
      NEVER,
    );
    await expect(attempt).rejects.toMatchObject({
      code: 'db.row-refused',
      message: expect.stringContaining('note_pkey'),
    });
    await expect(attempt).rejects.not.toMatchObject({ message: expect.stringMatching(/42|secret/) });
    const tooLong = opened.connection.query(`SELECT 'secret name'::varchar::int`, [], NEVER);
    await expect(tooLong).rejects.toMatchObject({ code: 'db.row-refused' });
    await expect(tooLong).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
    await opened.connection.query('DELETE FROM public.note', [], NEVER);
  });
});
