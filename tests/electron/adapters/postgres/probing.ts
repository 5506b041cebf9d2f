import pg from 'pg';
import { createChunkJobs } from '../../../../electron/adapters/pg-boss/chunk-jobs.ts';
import { createPostgresConnection } from '../../../../electron/adapters/postgres/postgres-connection.ts';
import { createPostgresProbe } from '../../../../electron/adapters/postgres/probe-postgres.ts';
import { createSqlDatabase } from '../../../../electron/adapters/sql/sql-database.ts';
import type { ProbeFindings, ProbeTarget } from '../../../../electron/engine/connection-test-port.ts';
import type { ProfileInput } from '../../../../shared/settings/profile.ts';
import { targetWith } from '../probe-target.ts';

const NEVER = new AbortController().signal;
type Postgres = NonNullable<ProfileInput['postgres']>;

export function postgresOf(url: string): Postgres {
  const { hostname, port, pathname, username } = new URL(url);
  return {
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: decodeURIComponent(username),
  };
}

/** A profile for the database that `url` names, with changes. */
export function targetOf(
  url: string,
  change: { postgres?: Partial<Postgres>; password?: string; profile?: Partial<ProfileInput> } = {},
): ProbeTarget {
  const password = change.password ?? decodeURIComponent(new URL(url).password);
  return targetWith(
    { ...change.profile, postgres: { ...postgresOf(url), ...change.postgres } },
    { 'postgres-password': password },
  );
}

export function probePostgres(target: ProbeTarget, signal: AbortSignal = NEVER): Promise<ProbeFindings> {
  const probe = createPostgresProbe({
    createJobs: (database) => createChunkJobs({ database }),
    uuid: () => crypto.randomUUID(),
  });
  return probe.run(target, signal);
}

/** `accession db prepare` on the database that `url` names. */
export async function prepare(url: string): Promise<void> {
  const connection = createPostgresConnection({ url, poolSize: 2, applicationName: 'accession-test' });
  const jobs = createChunkJobs({ database: connection.queueDatabase() });
  try {
    await createSqlDatabase({ connection, jobs }).schema.prepare(NEVER);
  } finally {
    await connection.close();
  }
}

export async function run(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: Record<string, unknown>[] = [];
    for (const statement of statements) ({ rows } = await client.query(statement));
    return rows;
  } finally {
    await client.end();
  }
}
