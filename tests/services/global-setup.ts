import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { dropDatabasesOfRun, RUN_VARIABLE } from './databases.ts';
import { startKafka } from './kafka.ts';
import { createTopics } from './kafka-topics.ts';
import { locateTestServices } from './locations.mjs';
import { startPostgres } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser URL of the maintenance database; null: tests that need Postgres are skipped. */
    postgresUrl: string | null;
    kafkaBrokers: string | null;
    /** Python with langchain-community, faiss-cpu, filelock and openpyxl. */
    pythonBin: string | null;
  }
}

interface Service {
  address: string | null;
  stop: () => Promise<void>;
  /** One line for people when there is none; null when it runs. */
  missing: string | null;
}

const INSTALL = 'to mend it, type: node tests/services/install.mjs';
let services: Service[] = [];

/**
 * Starts Postgres and Kafka once for the whole run, or uses TEST_DB_URL and TEST_KAFKA_BROKERS.
 * ACCESSION_TEST_SERVICES: `off` starts nothing, `required` makes a missing service fail the run.
 */
export async function setup(project: TestProject): Promise<void> {
  const mode = process.env.ACCESSION_TEST_SERVICES;
  process.env[RUN_VARIABLE] = randomBytes(4).toString('hex');
  const [postgres, kafka] =
    mode === 'off'
      ? [none('off'), none('off')]
      : await Promise.all([
          provided('Postgres', process.env.TEST_DB_URL, useDatabase, async () => {
            const { url, stop } = await startPostgres();
            return { address: url, stop };
          }),
          provided('Kafka', process.env.TEST_KAFKA_BROKERS, useBrokers, async () => {
            const { brokers, stop } = await startKafka();
            return { address: brokers, stop };
          }),
        ]);
  const python = mode === 'off' ? none('off') : findPython();
  services = [postgres, kafka, python];
  project.provide('postgresUrl', postgres.address);
  project.provide('kafkaBrokers', kafka.address);
  project.provide('pythonBin', python.address);
  if (mode === 'off')
    console.warn('Tests that need Postgres, Kafka or Python are skipped: ACCESSION_TEST_SERVICES=off');
  else sayWhatIsMissing();
  if (mode === 'required' && services.some(({ missing }) => missing !== null)) {
    await teardown();
    throw new Error('ACCESSION_TEST_SERVICES=required, and not every service could be had.');
  }
}

export async function teardown(): Promise<void> {
  await Promise.all(services.map(({ stop }) => stop()));
  // Once more where people look last.
  if (process.env.ACCESSION_TEST_SERVICES !== 'off') sayWhatIsMissing();
}

function sayWhatIsMissing(): void {
  for (const { missing } of services) if (missing !== null) console.warn(`\n!!! SKIPPED: ${missing}\n`);
}

const none = (missing: string): Service => ({ address: null, stop: async () => {}, missing });

type Started = Omit<Service, 'missing'>;

/** An address from the environment is a promise: that it does not answer fails the run instead of skipping tests. */
async function provided(
  name: string,
  given: string | undefined,
  use: (address: string) => Promise<Started>,
  start: () => Promise<Started>,
): Promise<Service> {
  if (given !== undefined && given !== '') return { ...(await use(given)), missing: null };
  try {
    return { ...(await start()), missing: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return none(`every test that needs ${name}; ${INSTALL} (${reason})`);
  }
}

async function useDatabase(url: string): Promise<Started> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  await client.end();
  return { address: url, stop: () => dropDatabasesOfRun(url) };
}

async function useBrokers(brokers: string): Promise<Started> {
  await createTopics(brokers, []);
  return { address: brokers, stop: async () => {} };
}

function findPython(): Service {
  const { python } = locateTestServices();
  return python.ready
    ? { address: python.bin, stop: async () => {}, missing: null }
    : none(`every test that opens our index with Python; ${INSTALL}`);
}
