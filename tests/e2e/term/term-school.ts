import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { prepare, run } from '../../electron/adapters/postgres/probing.ts';
import { dropDatabase, productionDatabase } from '../../services/databases.ts';
import { createTopics, readTopic } from '../../services/kafka-topics.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../../services/openai-stand-in.ts';
import type { DatabaseRows } from './loaded-term.ts';

/** What a production profile names: a database of its own, topics of its own, and the stand-in for OpenAI. */
export interface TermSchool {
  databaseUrl: string;
  openai: OpenAiStandIn;
  /** The settings of the old service, as they stood in its folder. */
  env(dataDir: string): string;
  /** What the three tables hold, without the hashes; throws Error for a row that has none. */
  rows(): Promise<DatabaseRows>;
  /** By topic, what went out: the key and the value of each message, in no order. */
  events(): Promise<Record<Topic, SentEvent[]>>;
  /** Nobody can write a checkout from now on, until the function that this resolves to is called. */
  holdCheckouts(): Promise<() => Promise<void>>;
  stop(): Promise<void>;
}

const TOPICS = ['books', 'students', 'checkouts', 'enrichment', 'metrics'] as const;
export type Topic = (typeof TOPICS)[number];

export interface SentEvent {
  key: string | null;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the contract promises.
  value: any;
}

/** By kind, the variable of the old service that names it. */
const TOPIC_VARIABLES: Readonly<Record<Topic, string>> = {
  books: 'BOOK_EVENTS_TOPIC',
  students: 'STUDENT_EVENTS_TOPIC',
  checkouts: 'CHECKOUT_EVENTS_TOPIC',
  enrichment: 'BOOK_ENRICHMENT_TASKS_TOPIC',
  metrics: 'INGESTION_METRICS_TOPIC',
};

/** In no file is anything wrong with 999 pages: only this database does not take them. */
const REFUSES_999_PAGES = 'ALTER TABLE catalog ADD CONSTRAINT no_999_pages CHECK (page_count <> 999)';

export async function startTermSchool(postgresUrl: string, kafkaBrokers: string): Promise<TermSchool> {
  const databaseUrl = await productionDatabase(postgresUrl);
  await prepare(databaseUrl);
  await run(databaseUrl, REFUSES_999_PAGES);
  const prefix = `term-${randomBytes(4).toString('hex')}`;
  const topicOf = (topic: Topic): string => `${prefix}-${topic}`;
  await createTopics(kafkaBrokers, TOPICS.map(topicOf));
  const openai = await startOpenAiStandIn();
  return {
    databaseUrl,
    openai,
    env(dataDir) {
      const lines = {
        DB_URL: databaseUrl,
        KAFKA_BROKERS: kafkaBrokers,
        OPENAI_API_KEY: 'sk-any',
        OPENAI_BASE_URL: openai.baseUrl,
        DATA_DIR: dataDir,
        ...Object.fromEntries(TOPICS.map((topic) => [TOPIC_VARIABLES[topic], topicOf(topic)])),
      };
      return Object.entries(lines)
        .map(([name, value]) => `${name}=${value}\n`)
        .join('');
    },
    async rows() {
      const [catalog, students, checkout] = await Promise.all([
        rowsOf(databaseUrl, 'catalog', 'book_id'),
        rowsOf(databaseUrl, 'students', 'student_id'),
        rowsOf(databaseUrl, 'checkout', 'checkout_id'),
      ]);
      return { catalog, students, checkout };
    },
    async events() {
      const entries = await Promise.all(
        TOPICS.map(async (topic) => {
          const messages = await readTopic(kafkaBrokers, topicOf(topic));
          const sent = messages.map(({ key, value }) => ({ key, value: JSON.parse(value ?? 'null') }));
          return [topic, sent] as const;
        }),
      );
      return Object.fromEntries(entries) as Record<Topic, SentEvent[]>;
    },
    async holdCheckouts() {
      const client = new pg.Client({ connectionString: databaseUrl });
      await client.connect();
      await client.query('BEGIN; LOCK TABLE checkout IN EXCLUSIVE MODE');
      return () => client.end();
    },
    async stop() {
      await openai.stop();
      await dropDatabase(databaseUrl);
    },
  };
}

async function rowsOf(url: string, table: string, key: string) {
  const [found] = await run(
    url,
    `SELECT coalesce(json_agg(to_jsonb(t) ORDER BY ${key} COLLATE "C"), '[]') AS rows FROM ${table} AS t`,
  );
  const rows = found?.rows as Record<string, unknown>[];
  return rows.map(({ content_hash, ...row }) => {
    if (!/^[0-9a-f]{64}$/.test(String(content_hash))) throw new Error(`A row of ${table} has no hash.`);
    return row;
  });
}
