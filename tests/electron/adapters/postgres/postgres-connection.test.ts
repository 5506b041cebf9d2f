import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createPostgresConnection,
  type PostgresConnection,
} from '../../../../electron/adapters/postgres/postgres-connection.ts';
import { describeWithPostgres } from '../../../services/available.ts';

const NEVER = new AbortController().signal;
const connect = (url: string, poolSize = 2) =>
  createPostgresConnection({ url, poolSize, applicationName: 'accession-test' });

describeWithPostgres('a connection to Postgres', (url) => {
  let connection: PostgresConnection;
  let observer: PostgresConnection;
  beforeEach(() => {
    connection = connect(url);
    observer = connect(url);
  });
  afterEach(async () => {
    await connection.close();
    await observer.close();
  });

  const pidOf = (text: string, state: string) => async (): Promise<number | null> => {
    const { rows } = await observer.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE query = $1 AND state = $2 AND pid <> pg_backend_pid()`,
      [text, state],
      NEVER,
    );
    return rows[0]?.pid ?? null;
  };

  it('stops the statement on the server when it is aborted, and goes on working', async () => {
    const text = `SELECT pg_sleep(600) -- ${crypto.randomUUID()}`;
    const running = pidOf(text, 'active');
    const abort = new AbortController();
    const attempt = connection.query(text, [], abort.signal);
    await expect.poll(running).not.toBeNull();
    abort.abort(new Error('stopped by hand'));
    await expect(attempt).rejects.toThrow('stopped by hand');
    expect(await running()).toBeNull();
    expect((await connection.query('SELECT 1 AS one', [], NEVER)).rows).toEqual([{ one: 1 }]);
  });

  it('frees the locks of a transaction that is aborted in the middle of a statement', async () => {
    const key = Math.floor(Math.random() * 1e9);
    const text = `SELECT pg_sleep(600) -- ${crypto.randomUUID()}`;
    const abort = new AbortController();
    const attempt = connection.transaction(async (session) => {
      await session.query('SELECT pg_advisory_xact_lock($1)', [key]);
      await session.query(text);
    }, abort.signal);
    await expect.poll(pidOf(text, 'active')).not.toBeNull();
    abort.abort(new Error('stopped by hand'));
    await expect(attempt).rejects.toThrow('stopped by hand');
    const { rows } = await observer.query('SELECT pg_try_advisory_lock($1) AS free', [key], NEVER);
    expect(rows).toEqual([{ free: true }]);
  });

  it('survives the server ending an idle connection', async () => {
    const mark = `SELECT 1 -- ${crypto.randomUUID()}`;
    await connection.query(mark, [], NEVER);
    const pid = await pidOf(mark, 'idle')();
    await observer.query('SELECT pg_terminate_backend($1)', [pid], NEVER);
    await expect
      .poll(async () => (await connection.query('SELECT 1 AS one', [], NEVER).catch(() => null))?.rows)
      .toEqual([{ one: 1 }]);
  });

  it('says that the server is unreachable when it ends a connection in use', async () => {
    const text = `SELECT pg_sleep(600) -- ${crypto.randomUUID()}`;
    const running = pidOf(text, 'active');
    const attempt = expect(connection.query(text, [], NEVER)).rejects.toMatchObject({
      code: 'db.unreachable',
      retryable: true,
    });
    await expect.poll(running).not.toBeNull();
    await observer.query('SELECT pg_terminate_backend($1)', [await running()], NEVER);
    await attempt;
  });

  it('leaves the queue for a connection when it is aborted, and takes nothing along', async () => {
    const held = [await connection.reserve(NEVER), await connection.reserve(NEVER)];
    const abort = new AbortController();
    const waiting = connection.query('SELECT 1', [], abort.signal);
    abort.abort(new Error('stopped waiting'));
    await expect(waiting).rejects.toThrow('stopped waiting');
    for (const { release } of held) await release();
    expect((await connection.query('SELECT 1 AS one', [], NEVER)).count).toBe(1);
  });

  it('tells a wrong password from a wrong database', async () => {
    const nameless = new URL(url);
    nameless.pathname = '/no_such_database';
    const absent = connect(nameless.toString());
    await expect(absent.query('SELECT 1', [], NEVER)).rejects.toMatchObject({
      code: 'db.login',
      message: expect.stringContaining('no database'),
    });
    await absent.close();
    const stranger = new URL(url);
    stranger.username = 'no_such_user';
    const unknown = connect(stranger.toString());
    await expect(unknown.query('SELECT 1', [], NEVER)).rejects.toMatchObject({
      code: 'db.login',
      message: expect.stringContaining('password'),
    });
    await unknown.close();
  });

  it('says that a server does not offer encryption where it was asked for', async () => {
    const encrypted = new URL(url);
    encrypted.searchParams.set('sslmode', 'verify-full');
    const connectionOverTls = connect(encrypted.toString());
    await expect(connectionOverTls.query('SELECT 1', [], NEVER)).rejects.toMatchObject({
      code: 'db.unreachable',
      hint: expect.stringContaining('sslmode=disable'),
    });
    await connectionOverTls.close();
  });
});

describe('a server that does not answer', () => {
  let server: Server;
  afterEach(() => server.close());

  it('is reported as unreachable when nobody listens', async () => {
    server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    await new Promise((resolve) => server.close(resolve));
    const connection = connect(`postgres://u:p@127.0.0.1:${port}/x`);
    await expect(connection.query('SELECT 1', [], NEVER)).rejects.toMatchObject({
      code: 'db.unreachable',
      retryable: true,
    });
    await connection.close();
  });
});
