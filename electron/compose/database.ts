import { join } from 'node:path';
import { createSqlDatabase } from '../adapters/sql/sql-database.ts';
import type { Database } from '../engine/database-port.ts';
import type { Profile } from './profile.ts';
import { defaultPoolSize } from './tuning.ts';

/**
 * The target database of a profile. The sandbox is prepared on the way, since it is ours alone; a server is
 * prepared by `db prepare` only.
 */
export async function openDatabase(profile: Profile): Promise<Database> {
  const { DB_URL, DB_POOL_SIZE } = profile.environment;
  if (profile.kind === 'sandbox' || DB_URL === undefined) return openSandbox(profile);
  const { createPostgresConnection } = await import('../adapters/postgres/postgres-connection.ts');
  const { createChunkJobs } = await import('../adapters/pg-boss/chunk-jobs.ts');
  const connection = createPostgresConnection({
    url: DB_URL,
    poolSize: DB_POOL_SIZE ?? defaultPoolSize(),
    applicationName: 'accession',
  });
  return createSqlDatabase({ connection, jobs: createChunkJobs({ database: connection.queueDatabase() }) });
}

async function openSandbox(profile: Profile): Promise<Database> {
  const { openPglite } = await import('../adapters/pglite/pglite-connection.ts');
  const { createChunkJobs } = await import('../adapters/pg-boss/chunk-jobs.ts');
  const connection = await openPglite({ dir: join(profile.homeDir, 'sandbox', 'database') });
  const database = createSqlDatabase({
    connection,
    jobs: createChunkJobs({ database: connection.queueDatabase() }),
  });
  try {
    await database.schema.prepare(new AbortController().signal);
    return database;
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
}
