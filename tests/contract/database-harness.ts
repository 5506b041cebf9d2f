import { afterAll, beforeAll, describe } from 'vitest';
import { createChunkJobs, type PgBossChunkJobs } from '../../electron/adapters/pg-boss/chunk-jobs.ts';
import { openPglite, type PgliteConnection } from '../../electron/adapters/pglite/pglite-connection.ts';
import {
  createPostgresConnection,
  type PostgresConnection,
} from '../../electron/adapters/postgres/postgres-connection.ts';
import { createSqlDatabase } from '../../electron/adapters/sql/sql-database.ts';
import type { Database } from '../../electron/engine/database-port.ts';
import { describeWithPostgres } from '../services/available.ts';
import { cloneDatabase, dropDatabase, productionDatabase } from '../services/databases.ts';

export interface OpenDatabase {
  database: Database;
  connection: PostgresConnection | PgliteConnection;
  jobs: PgBossChunkJobs;
  /** Address of a real server's database, null for PGlite: a second process would connect to it. */
  url: string | null;
  close(): Promise<void>;
}

export interface DatabaseTarget {
  kind: 'pglite' | 'postgres' | 'production';
  /** A fresh, prepared database; everything of it is gone after `close`. A few hundred milliseconds at most. */
  open(options?: OpenOptions): Promise<OpenDatabase>;
}

export interface OpenOptions {
  /** False: without any table of Accession's own, and, but for production's schema, without any table at all. */
  prepared?: boolean;
  handOverAfterMs?: number;
}

/** For calls that nobody aborts. */
export const NEVER = new AbortController().signal;

/**
 * One suite per kind of database that Accession runs on: PGlite, a real Postgres where we created the tables, and a
 * real one with production's own (HNSW index included). The real ones are skipped, and say so, where none can be had.
 */
export function describeEachDatabase(name: string, body: (target: DatabaseTarget) => void): void {
  describe(`${name} (PGlite)`, () => body(pgliteTarget()));
  describeEachServer(name, body);
}

/** The real servers alone, for what takes too long to be among the quick tests. */
export function describeEachServer(name: string, body: (target: DatabaseTarget) => void): void {
  describeWithPostgres(`${name} (Postgres, our own tables)`, (url) =>
    body(postgresTarget('postgres', () => cloneDatabase(url))),
  );
  describeWithPostgres(`${name} (Postgres, production's tables)`, (url) =>
    body(postgresTarget('production', () => productionDatabase(url))),
  );
}

/** Prepares one database and hands out copies of it, which is faster than preparing each. */
function pgliteTarget(): DatabaseTarget {
  let empty: Blob | undefined;
  let prepared: Blob | undefined;
  beforeAll(async () => {
    const original = await openPglite({ memory: true });
    try {
      empty = await original.copy();
      await openOver(original, null, {}).database.schema.prepare(NEVER);
      prepared = await original.copy();
    } finally {
      await original.close();
    }
  });
  return {
    kind: 'pglite',
    open: async (options = {}) => {
      const copyOf = options.prepared === false ? empty : prepared;
      if (copyOf === undefined) throw new Error('open a database in a hook or a test');
      return openOver(await openPglite({ memory: true, copyOf }), null, options);
    },
  };
}

function postgresTarget(kind: 'postgres' | 'production', makeEmpty: () => Promise<string>): DatabaseTarget {
  let template: string | null = null;
  const connect = (url: string, options: OpenOptions) => {
    const connection = createPostgresConnection({ url, poolSize: 6, applicationName: 'accession-test' });
    return openOver(connection, url, options);
  };
  beforeAll(async () => {
    template = await makeEmpty();
    const opened = connect(template, {});
    await opened.database.schema.prepare(NEVER);
    await opened.database.close();
  });
  afterAll(async () => {
    if (template !== null) await dropDatabase(template);
  });
  return {
    kind,
    open: async (options = {}) => {
      if (template === null) throw new Error('open a database in a hook or a test');
      return connect(options.prepared === false ? await makeEmpty() : await cloneDatabase(template), options);
    },
  };
}

function openOver(
  connection: PostgresConnection | PgliteConnection,
  url: string | null,
  { handOverAfterMs }: OpenOptions,
): OpenDatabase {
  const jobs = createChunkJobs({
    database: connection.queueDatabase(),
    ...(handOverAfterMs === undefined ? {} : { handOverAfterMs }),
  });
  return {
    database: createSqlDatabase({ connection, jobs }),
    connection,
    jobs,
    url,
    close: async () => {
      await connection.close();
      if (url !== null) await dropDatabase(url);
    },
  };
}
