import { type ClientConfig, Pool, type QueryResult } from 'pg';
import type { QueueDatabase } from '../sql/queue-database.ts';
import type { SqlConnection, SqlResult, SqlSession } from '../sql/session.ts';
import { createSlots, type Slots } from '../sql/slots.ts';
import { rolledBackInstead, translateSqlError, vendorErrorOf } from '../sql/sql-errors.ts';
import { HeldClient } from './held-client.ts';
import { readServerAddress, type ServerAddress } from './server-address.ts';
import { TYPE_PARSERS } from './type-parsers.ts';

export interface PostgresOptions {
  /** A `postgres://` address, of which `readServerAddress` says what its `sslmode` means here, or one that is read already. */
  url: string | ServerAddress;
  /** Connections at most; two are always possible, since a rehearsal holds one for itself. */
  poolSize: number;
  /** Shown to a DBA in pg_stat_activity. */
  applicationName: string;
  connectTimeoutMs?: number;
}

/** How to reach the server: `pg`'s own settings, with everything that it might guess decided. */
export type PostgresClientConfig = ServerAddress &
  ClientConfig & { password: string; application_name: string };

const CONNECT_TIMEOUT_MS = 10_000;

/** Throws AppError `settings.invalid` for an unreadable address. Connects when the first statement asks for it. */
export function createPostgresConnection(options: PostgresOptions): PostgresConnection {
  const config: PostgresClientConfig = {
    ...(typeof options.url === 'string' ? readServerAddress(options.url) : options.url),
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS,
    keepAlive: true,
    types: TYPE_PARSERS,
  };
  return new PostgresConnection(config, Math.max(2, options.poolSize));
}

export class PostgresConnection implements SqlConnection {
  /** For the part that needs connections of its own: the queue's worker. */
  readonly clientConfig: PostgresClientConfig;
  readonly #pool: Pool;
  readonly #slots: Slots;

  constructor(config: PostgresClientConfig, poolSize: number) {
    this.clientConfig = config;
    this.#pool = new Pool({ ...config, max: poolSize });
    // A server that closes an idle connection must not end this process; the next statement gets a new one.
    this.#pool.on('error', () => undefined);
    this.#slots = createSlots(poolSize);
  }

  async query<Row = Record<string, unknown>>(
    text: string,
    params: readonly unknown[],
    signal: AbortSignal,
  ): Promise<SqlResult<Row>> {
    const client = await this.#checkOut(signal);
    try {
      return resultOf<Row>(await client.run(text, params, signal));
    } finally {
      client.release();
    }
  }

  async transaction<T>(work: (session: SqlSession) => Promise<T>, signal: AbortSignal): Promise<T> {
    const client = await this.#checkOut(signal);
    try {
      await client.run('BEGIN', null, signal);
      const value = await this.#inTransaction(client, work, signal);
      // Not to be cancelled: nobody could say whether a cancelled COMMIT took place.
      const end = await client.run('COMMIT', null, null);
      if (end.command !== 'COMMIT') throw rolledBackInstead();
      return value;
    } finally {
      client.release();
    }
  }

  async reserve(signal: AbortSignal): Promise<{ session: SqlSession; release(): Promise<void> }> {
    const client = await this.#checkOut(signal);
    let released: Promise<void> | null = null;
    return {
      session: sessionOf(client, signal),
      release: () => {
        released ??= client.forget().finally(() => client.release());
        return released;
      },
    };
  }

  async script(sql: string, signal: AbortSignal): Promise<void> {
    const client = await this.#checkOut(signal);
    try {
      await client.run(sql, null, signal);
    } catch (thrown) {
      // The script may have begun a transaction before it failed.
      await client.rollBack();
      throw thrown;
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    await this.#pool.end();
  }

  /** For installing the queue; its worker listens on connections of its own (`clientConfig`). */
  queueDatabase(): QueueDatabase {
    return {
      executeSql: async (text, values = []) => {
        const client = await this.#checkOut(NEVER);
        try {
          const several = values.length === 0;
          const results = [await client.run(text, several ? null : values, NEVER)].flat();
          return { rows: results.flatMap((result) => result.rows) };
        } catch (thrown) {
          await client.rollBack();
          throw vendorErrorOf(thrown);
        } finally {
          client.release();
        }
      },
    };
  }

  async #inTransaction<T>(
    client: HeldClient,
    work: (session: SqlSession) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    try {
      const value = await work(sessionOf(client, signal));
      signal.throwIfAborted();
      return value;
    } catch (thrown) {
      await client.rollBack();
      throw thrown;
    }
  }

  async #checkOut(signal: AbortSignal): Promise<HeldClient> {
    const giveBack = await this.#slots.take(signal);
    try {
      const client = await this.#pool.connect();
      return new HeldClient(client, this.clientConfig, giveBack);
    } catch (thrown) {
      giveBack();
      throw translateSqlError(thrown);
    }
  }
}

const NEVER = new AbortController().signal;

function sessionOf(client: HeldClient, signal: AbortSignal): SqlSession {
  return {
    query: async (text, params = []) => resultOf(await client.run(text, params, signal)),
  };
}

function resultOf<Row>(result: QueryResult): SqlResult<Row> {
  return { rows: result.rows as Row[], count: result.rowCount ?? 0 };
}
