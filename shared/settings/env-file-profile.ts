import { parseEnvFile } from './env-file.ts';
import type { ProfileKind, SecretPart } from './profile.ts';
import { readPostgresAddress } from './profile-address.ts';
import type { ProfileDraft } from './profile-problems.ts';
import { Secret } from './profile-secret.ts';
import { isThisComputer } from './this-computer.ts';

/** What a `.env` of the old service came to. `draft` is still to be checked. */
export interface EnvImport {
  draft: ProfileDraft;
  secrets: { part: SecretPart; secret: Secret }[];
  report: EnvReport;
}

/** For the person: names, never values. */
export interface EnvReport {
  /** Variable → what became of it. */
  taken: { name: string; as: string }[];
  ignored: { name: string; why: string }[];
  /** What a load needs and the file does not have. */
  missing: string[];
  /** What was changed or should be looked at. */
  notes: string[];
}

const CHOICES = {
  KAFKA_SECURITY: ['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl'],
  KAFKA_SASL_MECHANISM: ['plain', 'scram-sha-256', 'scram-sha-512'],
  VECTOR_STORE_TYPE: ['faiss', 'pgvector'],
  VECTOR_METRIC: ['l2', 'ip', 'cosine'],
  VECTOR_INDEX: ['flat', 'ivf', 'hnsw'],
} as const;

const TOPICS = {
  BOOK_EVENTS_TOPIC: 'books',
  STUDENT_EVENTS_TOPIC: 'students',
  CHECKOUT_EVENTS_TOPIC: 'checkouts',
  BOOK_ENRICHMENT_TASKS_TOPIC: 'enrichment',
  INGESTION_METRICS_TOPIC: 'metrics',
} as const;

/** Settings of the machine and of the service itself: they stay in the environment. */
const NOT_OF_A_PROFILE = new Set([
  ...['ACCESSION_HOME', 'CHECK_THREADS', 'FAISS_THREADS', 'MEMORY_LIMIT_MB', 'LOG_LEVEL', 'METRICS_PORT'],
]);

/** Turns the text of a `.env` into a profile of this name and kind. Never throws; whether the draft will do is for `checkProfile`. */
export function readEnvProfile(text: string, about: { name: string; kind: ProfileKind }): EnvImport {
  const file = parseEnvFile(text);
  const values = new Map(file.entries.map(({ name, value }) => [name, value]));
  const report: EnvReport = { taken: [], ignored: [], missing: [], notes: [] };
  const secrets: EnvImport['secrets'] = [];
  const seen = new Set<string>();

  const take = (name: string, as: string): string | undefined => {
    const value = values.get(name)?.trim();
    if (value === undefined) return undefined;
    seen.add(name);
    if (value === '') {
      report.ignored.push({ name, why: 'it is blank' });
      return undefined;
    }
    if (value.includes('${'))
      report.notes.push(`${name} holds a placeholder in \${…}, which was kept as it stands. Fill it in.`);
    report.taken.push({ name, as });
    return value;
  };
  const refuse = (name: string, why: string): undefined => {
    report.taken = report.taken.filter((entry) => entry.name !== name);
    report.ignored.push({ name, why });
  };
  const choose = <const N extends keyof typeof CHOICES>(name: N, as: string) => {
    const value = take(name, as)?.toLowerCase();
    const choices: readonly (typeof CHOICES)[N][number][] = CHOICES[name];
    const choice = choices.find((known) => known === value);
    if (value !== undefined && choice === undefined) refuse(name, `it is none of ${choices.join(', ')}`);
    return choice;
  };
  const wholeNumber = (name: string, as: string, most: number): number | null => {
    const value = take(name, as);
    if (value === undefined) return null;
    const number = Number(value);
    if (Number.isInteger(number) && number >= 1 && number <= most) return number;
    refuse(name, `it is no whole number from 1 to ${most}`);
    return null;
  };
  const keep = (part: SecretPart, text: string | null | undefined): void => {
    if (text !== null && text !== undefined) secrets.push({ part, secret: new Secret(text) });
  };

  const postgres = readDatabase();
  const kafka = readKafka();
  const openai = readOpenAi();
  const draft: ProfileDraft = {
    name: about.name,
    kind: about.kind,
    colour: about.kind === 'production' ? 'red' : 'blue',
    postgres,
    kafka,
    openai,
    vectorStore: {
      type: choose('VECTOR_STORE_TYPE', 'where vectors are searched') ?? 'faiss',
      dataDir: take('DATA_DIR', 'the folder of the index') ?? null,
      metric: choose('VECTOR_METRIC', 'the distance of the index') ?? 'l2',
      index: choose('VECTOR_INDEX', 'the kind of the index') ?? 'flat',
    },
    batchRows: wholeNumber('BATCH_SIZE', 'rows of a transaction', 50_000),
    embedConcurrency: wholeNumber('EMBED_CONCURRENCY', 'embedding requests at once', 64),
  };
  for (const { name } of file.entries)
    if (!seen.has(name)) report.ignored.push({ name, why: whyIgnored(name) });
  for (const name of file.repeated) report.notes.push(`${name} is set more than once; the last one counts.`);
  if (file.unreadableLines.length > 0)
    report.notes.push(`These lines are not of the form NAME=value: ${file.unreadableLines.join(', ')}.`);
  return { draft, secrets, report };

  function readDatabase(): NonNullable<ProfileDraft['postgres']> | null {
    const url = take('DB_URL', 'the database');
    if (url === undefined) {
      report.missing.push('DB_URL: where the database is');
      return null;
    }
    const reading = readPostgresAddress(url);
    if (!reading.ok) {
      refuse('DB_URL', reading.problem);
      report.missing.push('DB_URL: where the database is');
      return null;
    }
    const { settings, password, ignored } = reading.address;
    keep('postgres-password', password);
    if (password === null) report.missing.push('the password of the database');
    for (const name of ignored) report.notes.push(`"${name}" of DB_URL was not taken.${hintFor(name)}`);
    const poolSize = wholeNumber('DB_POOL_SIZE', 'connections to the database', 200);
    const weak = settings.tls === 'off' || settings.tls === 'encrypt';
    if (about.kind !== 'production' || !weak || isThisComputer(settings.host))
      return { ...settings, poolSize };
    report.notes.push(
      'DB_URL asks for no proof of who the server is. In production it is asked for: add the certificate authority if the school has its own.',
    );
    return { ...settings, tls: null, poolSize };
  }

  function readKafka(): NonNullable<ProfileDraft['kafka']> | null {
    const brokers = take('KAFKA_BROKERS', 'the brokers of Kafka')
      ?.split(',')
      .map((broker) => broker.trim().replace(/^\w+:\/\//, ''))
      .filter((broker) => broker !== '')
      .map((broker) => (/:\d+$/.test(broker) ? broker : `${broker}:9092`));
    const security = choose('KAFKA_SECURITY', 'how Kafka is reached');
    const mechanism = choose('KAFKA_SASL_MECHANISM', 'how the login is sent to Kafka');
    const username = take('KAFKA_SASL_USERNAME', 'the user name for Kafka');
    const password = take('KAFKA_SASL_PASSWORD', 'the password for Kafka');
    const topics = Object.fromEntries(
      Object.entries(TOPICS).flatMap(([name, topic]) => {
        const value = take(name, `the topic of ${topic}`);
        return value === undefined ? [] : [[topic, value]];
      }),
    );
    if (brokers === undefined || brokers.length === 0) {
      report.missing.push('KAFKA_BROKERS: where events go (a load can leave them out)');
      return null;
    }
    const login = security?.startsWith('sasl') === true && username !== undefined;
    keep('kafka-password', password);
    if (login && password === undefined) report.missing.push('the password for Kafka');
    return {
      brokers,
      tls: security === 'ssl' || security === 'sasl_ssl' ? 'verify' : 'off',
      sasl: login ? { mechanism: mechanism ?? 'plain', username } : null,
      topics,
    };
  }

  function readOpenAi(): NonNullable<ProfileDraft['openai']> | null {
    const key = take('OPENAI_API_KEY', 'the key for OpenAI');
    const baseUrl = take('OPENAI_BASE_URL', 'the address of the embedding service');
    const embeddingModel = take('EMBEDDING_MODEL', 'the embedding model');
    const chatModel = take('OPENAI_MODEL', 'the chat model');
    keep('openai-api-key', key);
    if (key === undefined) report.missing.push('OPENAI_API_KEY: for embeddings (a load can leave them out)');
    if (key === undefined && baseUrl === undefined) return null;
    return {
      baseUrl: baseUrl ?? null,
      ...(embeddingModel === undefined ? {} : { embeddingModel }),
      ...(chatModel === undefined ? {} : { chatModel }),
    };
  }
}

function whyIgnored(name: string): string {
  if (NOT_OF_A_PROFILE.has(name)) return 'it belongs to a machine, not to a profile';
  if (name.endsWith('_FILE')) return 'it names a file; enter what the file holds by hand';
  return 'Accession does not use it';
}

function hintFor(parameter: string): string {
  return /^ssl(rootcert|cert|key)$/.test(parameter)
    ? ' It names a file: paste the certificate into the profile.'
    : '';
}
