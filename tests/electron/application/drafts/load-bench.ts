import { afterAll, beforeAll, beforeEach } from 'vitest';
import { createChunkJobs } from '../../../../electron/adapters/pg-boss/chunk-jobs.ts';
import { openPglite, type PgliteConnection } from '../../../../electron/adapters/pglite/pglite-connection.ts';
import { createSqlDatabase } from '../../../../electron/adapters/sql/sql-database.ts';
import type { LoadTarget } from '../../../../electron/application/loads/load-target.ts';
import type { Database } from '../../../../electron/engine/database-port.ts';
import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { type Asked, type DraftBench, draftBench, NEVER } from './draft-bench.ts';

/** Drafts over a real database in memory, one for all tests of a file, with empty tables for each. */
export interface LoadBench extends DraftBench {
  /** What the target says of itself from now on. */
  safety: LoadTarget['safety'];
  /** Laid over the database from now on. */
  database: (database: Database) => Database;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** `id title` of every book that the database has. */
  books(): Promise<string[]>;
  /** Begins to load and resolves with the draft after the load's end. */
  load(draftId: string, choice?: Partial<Asked<'drafts.load'>>): Promise<DraftView>;
  /** Resolves once a load of the running process has ended. */
  ended(): Promise<void>;
}

const SANDBOX: LoadTarget['safety'] = {
  kind: 'sandbox',
  readOnly: false,
  rehearseFirst: false,
  confirmAboveRows: 1_000,
};

export function loadBench(): LoadBench {
  let connection: PgliteConnection;
  let database: Database;
  beforeAll(async () => {
    connection = await openPglite({ memory: true });
    database = createSqlDatabase({
      connection,
      jobs: createChunkJobs({ database: connection.queueDatabase() }),
    });
    await database.schema.prepare(NEVER);
  });
  afterAll(() => database.close());
  const query = async (sql: string): Promise<Record<string, unknown>[]> =>
    (await connection.query(sql, [], NEVER)).rows;
  beforeEach(async () => {
    Object.assign(bench, { safety: SANDBOX, database: (same: Database) => same });
    await query('TRUNCATE catalog, students, checkout, book_embeddings, accession.loads CASCADE');
  });
  const proxy: Database = new Proxy({} as Database, {
    get: (_, name) => Reflect.get(bench.database(database), name),
  });
  const drafts = draftBench({
    database: () => proxy,
    targetOf: () => ({ name: 'Lincoln Elementary', safety: bench.safety }),
  });
  const bench: LoadBench = Object.create(drafts, {
    safety: { value: SANDBOX, writable: true },
    database: { value: (same: Database) => same, writable: true },
    query: { value: query },
    books: {
      value: async () =>
        (await query('SELECT book_id, title FROM catalog ORDER BY book_id')).map(
          ({ book_id, title }) => `${book_id} ${title}`,
        ),
    },
    ended: {
      value: () =>
        new Promise<void>((resolve) => {
          drafts.process.loads.onEvent(({ kind }) => {
            if (kind === 'load-finished') resolve();
          });
        }),
    },
    load: {
      async value(draftId: string, choice: Partial<Asked<'drafts.load'>> = {}) {
        const over = bench.ended();
        await drafts.ask('drafts.load', { draftId, embed: false, publish: false, ...choice });
        await over;
        return drafts.ready(draftId);
      },
    },
  });
  return bench;
}
