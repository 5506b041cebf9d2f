import { join } from 'node:path';
import type { PostgresOptions } from '../adapters/postgres/postgres-connection.ts';
import { releaseHeld } from '../adapters/sql/release-held.ts';
import { createSqlDatabase } from '../adapters/sql/sql-database.ts';
import type { Database } from '../engine/database-port.ts';
import type { Profile } from './profile.ts';
import { probeTargetOf } from './profile-under-test.ts';
import { readOnlyDatabase } from './read-only.ts';
import { trustSystem } from './system-trust.ts';
import { defaultPoolSize } from './tuning.ts';

/**
 * The target database of a profile. The sandbox is prepared on the way, since it is ours alone; a server is
 * prepared by `db prepare` only. Through a read-only profile nothing can be written.
 */
export async function openDatabase(profile: Profile): Promise<Database> {
  const address = await addressOf(profile);
  const database = await (address === null ? openSandbox(profile) : openServer(profile, address));
  return profile.saved?.readOnly === true ? readOnlyDatabase(database, profile.name) : database;
}

/** Null for a sandbox. As the test of the profile reads it (connection-probes.ts). */
async function addressOf(profile: Profile): Promise<Address | null> {
  if (profile.kind === 'sandbox') return null;
  if (profile.saved === null) return profile.environment.DB_URL ?? null;
  const { profile: settings, secret } = probeTargetOf(profile);
  if (settings.postgres === null) return null;
  const { profileAddress } = await import('../adapters/postgres/profile-address.ts');
  return profileAddress(settings.postgres, settings.kind, await secret('postgres-password'));
}

type Address = PostgresOptions['url'];

async function openServer({ environment }: Profile, address: Address): Promise<Database> {
  const { createPostgresConnection } = await import('../adapters/postgres/postgres-connection.ts');
  const { createChunkJobs } = await import('../adapters/pg-boss/chunk-jobs.ts');
  const connection = createPostgresConnection({
    url: address,
    poolSize: environment.DB_POOL_SIZE ?? defaultPoolSize(),
    applicationName: 'accession',
  });
  if (connection.clientConfig.ssl !== false) await trustSystem();
  return createSqlDatabase({ connection, jobs: createChunkJobs({ database: connection.queueDatabase() }) });
}

async function openSandbox(profile: Profile): Promise<Database> {
  const { openPglite } = await import('../adapters/pglite/pglite-connection.ts');
  const { createChunkJobs } = await import('../adapters/pg-boss/chunk-jobs.ts');
  const connection = await openPglite({ dir: join(profile.sandboxDir, 'database') });
  const database = createSqlDatabase({
    connection,
    jobs: createChunkJobs({ database: connection.queueDatabase() }),
  });
  try {
    const signal = new AbortController().signal;
    await database.schema.prepare(signal);
    await releaseHeld(connection, signal);
    return database;
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
}
