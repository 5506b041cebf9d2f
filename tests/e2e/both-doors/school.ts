import { randomBytes } from 'node:crypto';
import { prepare, run } from '../../electron/adapters/postgres/probing.ts';
import { makeAuthority } from '../../services/certificates.ts';
import { cloneDatabase, dropDatabase } from '../../services/databases.ts';
import { createTopics } from '../../services/kafka-topics.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../../services/openai-stand-in.ts';
import { startPostgres } from '../../services/postgres.ts';
import { PRODUCTION_SCHEMA } from '../../services/production-schema.ts';
import { type SecureKafka, startSecureKafka } from '../../services/secure-kafka.ts';
import { startTlsFront } from '../../services/tls-front.ts';

/** A school that does everything right: servers that encrypt, users with no more rights than they need. */
export interface School {
  postgres: {
    /** Over TLS, as the profile reaches it. */
    port: number;
    /** Of the same server where it offers no TLS. */
    plainPort: number;
    /** PEM. */
    ca: string;
    user: string;
    password: string;
    database: string;
    /** Runs statements as whoever looks after the database. */
    asAdmin(...statements: string[]): Promise<void>;
    /** Somebody has the database made anew: there is nothing in it. */
    makeAnew(): Promise<void>;
  };
  kafka: SecureKafka;
  openai: OpenAiStandIn;
  openaiKey: string;
  /** By the variable of the old service that names each. */
  topics: typeof TOPICS;
  stop(): Promise<void>;
}

const TOPICS = {
  BOOK_EVENTS_TOPIC: 'school-books',
  STUDENT_EVENTS_TOPIC: 'school-students',
  CHECKOUT_EVENTS_TOPIC: 'school-checkouts',
  BOOK_ENRICHMENT_TASKS_TOPIC: 'school-enrichment',
  INGESTION_METRICS_TOPIC: 'school-metrics',
} as const;
const DATABASE = 'library';
const CLERK = 'clerk';
/** The user of the broker whom the profile logs in as. */
export const KAFKA_USER = 'loader';

/** Starts one server of each kind; each stands until the end, and what a test breaks in it, it mends. */
export async function startSchool(): Promise<School> {
  const openaiKey = `sk-${randomBytes(12).toString('hex')}`;
  const [postgres, kafka, openai] = await Promise.all([
    startPostgres(),
    startSecureKafka(),
    startOpenAiStandIn({ apiKey: openaiKey }),
  ]);
  // With what has to be escaped in an address.
  const password = `p@ss/w:rd-${randomBytes(8).toString('hex')}`;
  const url = await cloneDatabase(postgres.url, DATABASE);
  await run(url, PRODUCTION_SCHEMA);
  await prepare(url);
  await run(
    url,
    `CREATE ROLE ${CLERK} LOGIN PASSWORD '${password}'`,
    ...['accession', 'accession_jobs', 'public'].flatMap((schema) => [
      `GRANT USAGE ON SCHEMA ${schema} TO ${CLERK}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${CLERK}`,
    ]),
  );
  await createTopics(kafka.open, Object.values(TOPICS));
  for (const topic of Object.values(TOPICS)) await kafka.allow(`User:${KAFKA_USER}`, topic);

  const authority = makeAuthority('Authority of the school');
  const plainPort = Number(new URL(url).port);
  const front = await startTlsFront(plainPort, authority.issue('localhost', 'DNS:localhost'));
  return {
    postgres: {
      port: front.port,
      plainPort,
      ca: authority.certificate,
      user: CLERK,
      password,
      database: DATABASE,
      asAdmin: async (...statements) => void (await run(url, ...statements)),
      async makeAnew() {
        await dropDatabase(url);
        await cloneDatabase(postgres.url, DATABASE);
      },
    },
    kafka,
    openai,
    openaiKey,
    topics: TOPICS,
    async stop() {
      await front.stop();
      await Promise.all([openai.stop(), kafka.stop(), postgres.stop()]);
    },
  };
}

/** The settings of the old service, as they stood in its folder. */
export function envOf({ postgres, kafka, openai, openaiKey, topics }: School, dataDir: string): string {
  const { user, password, port, database } = postgres;
  const lines = {
    DB_URL: `postgresql://${user}:${encodeURIComponent(password)}@localhost:${port}/${database}?sslmode=verify-full`,
    KAFKA_BROKERS: kafka.saslTls,
    KAFKA_SECURITY: 'sasl_ssl',
    KAFKA_SASL_MECHANISM: 'PLAIN',
    KAFKA_SASL_USERNAME: KAFKA_USER,
    KAFKA_SASL_PASSWORD: `'${kafka.passwordOf(KAFKA_USER)}'`,
    ...topics,
    OPENAI_API_KEY: openaiKey,
    OPENAI_BASE_URL: openai.baseUrl,
    DATA_DIR: dataDir,
    VECTOR_STORE_TYPE: 'faiss',
    FLASK_DEBUG: '1',
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

export function secretsOf({ postgres, kafka, openaiKey }: School): string[] {
  return [postgres.password, encodeURIComponent(postgres.password), kafka.passwordOf(KAFKA_USER), openaiKey];
}
