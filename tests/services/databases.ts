import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { PRODUCTION_SCHEMA } from './production-schema.ts';

/** Every database the tests make begins so, which is how the end of a run finds what it left on a foreign server. */
export const TEST_DATABASE_PREFIX = 'accession_test_';
/** Set by the global set-up for its workers: keeps one run from dropping another's databases. */
export const RUN_VARIABLE = 'ACCESSION_TEST_RUN';

/**
 * Copies the database `url` names (or, where that is the maintenance database `postgres`, makes an empty one) and
 * resolves to the copy's URL; 20–60 ms. Nobody may be connected to the original at that moment. The role needs
 * CREATEDB. The run's end removes it; `dropDatabase` does it sooner.
 */
export async function cloneDatabase(url: string, name: string = newName()): Promise<string> {
  const source = databaseName(url);
  await withClient(maintenanceUrl(url), async (client) => {
    await client.query(
      `CREATE DATABASE ${identifier(name)} TEMPLATE ${identifier(source === 'postgres' ? 'template1' : source)}`,
    );
  });
  return withDatabase(url, name);
}

/** Drops the database `url` names, connections and all. */
export async function dropDatabase(url: string): Promise<void> {
  await withClient(maintenanceUrl(url), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${identifier(databaseName(url))} WITH (FORCE)`);
  });
}

/**
 * A fresh database on the server of `url` with the recommendation engine's own tables, empty; resolves to its URL.
 * The tables are made once per server, in a template that each call copies.
 */
export async function productionDatabase(url: string): Promise<string> {
  const version = createHash('sha256').update(PRODUCTION_SCHEMA).digest('hex').slice(0, 8);
  const template = `accession_production_${version}`;
  await withClient(maintenanceUrl(url), async (client) => {
    // Test files run in processes of their own; the first one makes the template, the others wait for it.
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [template]);
    const existing = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [template]);
    if (existing.rowCount === 0) {
      const building = `${template}_building`;
      await client.query(`DROP DATABASE IF EXISTS ${identifier(building)} WITH (FORCE)`);
      await client.query(`CREATE DATABASE ${identifier(building)}`);
      await withClient(withDatabase(url, building), async (builder) => {
        await builder.query(PRODUCTION_SCHEMA);
      });
      await client.query(`ALTER DATABASE ${identifier(building)} RENAME TO ${identifier(template)}`);
    }
  });
  return await cloneDatabase(withDatabase(url, template));
}

/** Removes what the run named by RUN_VARIABLE left behind; for a server that outlives the run. */
export async function dropDatabasesOfRun(url: string): Promise<void> {
  await withClient(maintenanceUrl(url), async (client) => {
    const left = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [runPrefix()],
    );
    for (const { datname } of left.rows) {
      await client.query(`DROP DATABASE IF EXISTS ${identifier(datname)} WITH (FORCE)`);
    }
  });
}

async function withClient(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

const runPrefix = () => `${TEST_DATABASE_PREFIX}${process.env[RUN_VARIABLE] ?? 'local'}_`;
const newName = () => `${runPrefix()}${randomBytes(6).toString('hex')}`;
const identifier = (name: string) => pg.escapeIdentifier(name);
const maintenanceUrl = (url: string) => withDatabase(url, 'postgres');
const databaseName = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1));

function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.toString();
}
