import { z } from 'zod';
import { DEFAULT_TOPIC_NAMES } from '../events/topics.ts';

/*
 * A connection profile as it is kept and as screens edit it: everything but secrets. Where a part is null the
 * profile does without it.
 */

export const PROFILE_KINDS = ['sandbox', 'test', 'production'] as const;
export type ProfileKind = (typeof PROFILE_KINDS)[number];

export const PROFILE_COLOURS = ['grey', 'blue', 'green', 'amber', 'red', 'violet'] as const;

/** What is kept apart from profiles, encrypted or in files of their own. */
export const SECRET_PARTS = [
  'postgres-password',
  'kafka-password',
  'kafka-client-key',
  'openai-api-key',
] as const;
export type SecretPart = (typeof SECRET_PARTS)[number];

const line = (most: number) => z.string().trim().min(1).max(most);
const port = z.int().min(1).max(65_535);

/**
 * `verify`: the server's certificate must be signed by `ca`, or by one that this machine trusts, and bear the
 * host's name; the default beyond this machine. `encrypt`: any certificate will do; not allowed in production.
 */
export const TLS_MODES = ['off', 'encrypt', 'verify'] as const;

export const postgresSchema = z.strictObject({
  host: line(255),
  port: port.default(5432),
  database: line(63),
  user: line(63),
  /** Null: `verify`, but `off` for this machine and for sockets. */
  tls: z.enum(TLS_MODES).nullable().default(null),
  /** PEM text of the certificate authority; null: those that this machine trusts. */
  ca: z.string().nullable().default(null),
  /** Connections; null: from the number of processors. */
  poolSize: z.int().min(2).max(200).nullable().default(null),
});
export type PostgresSettings = z.output<typeof postgresSchema>;

export const SASL_MECHANISMS = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;

export const topicNamesSchema = z.strictObject({
  books: line(249).default(DEFAULT_TOPIC_NAMES.books),
  students: line(249).default(DEFAULT_TOPIC_NAMES.students),
  checkouts: line(249).default(DEFAULT_TOPIC_NAMES.checkouts),
  enrichment: line(249).default(DEFAULT_TOPIC_NAMES.enrichment),
  metrics: line(249).default(DEFAULT_TOPIC_NAMES.metrics),
});

export const kafkaSchema = z.strictObject({
  /** `host:port` each. */
  brokers: z.array(line(300)).min(1).max(50),
  tls: z.enum(TLS_MODES).default('off'),
  ca: z.string().nullable().default(null),
  /** PEM text; its key is the secret `kafka-client-key`. */
  clientCertificate: z.string().nullable().default(null),
  sasl: z
    .strictObject({ mechanism: z.enum(SASL_MECHANISMS), username: line(255) })
    .nullable()
    .default(null),
  topics: topicNamesSchema.prefault({}),
});
export type KafkaSettings = z.output<typeof kafkaSchema>;

export const openAiSchema = z.strictObject({
  /** Null: OpenAI itself. */
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  embeddingModel: line(200).default('text-embedding-3-small'),
  chatModel: line(200).default('gpt-4o-mini'),
  dimensions: z.int().min(1).max(16_000).default(1536),
  /** US dollars that one load may spend; null: no limit. */
  spendLimitUsd: z.number().positive().max(100_000).nullable().default(null),
});
export type OpenAiSettings = z.output<typeof openAiSchema>;

export const vectorStoreSchema = z.strictObject({
  type: z.enum(['faiss', 'pgvector']).default('faiss'),
  /** Holds `vector_store/`; null: in Accession's own folder. */
  dataDir: z.string().min(1).max(4_096).nullable().default(null),
  index: z.enum(['flat', 'ivf', 'hnsw']).default('flat'),
  metric: z.enum(['l2', 'ip', 'cosine']).default('l2'),
  /** Such as `nlist`, `nprobe`, `M`, `efSearch`. */
  parameters: z.record(z.string().max(40), z.number()).default({}),
});
export type VectorStoreSettings = z.output<typeof vectorStoreSchema>;

export const profileSchema = z.strictObject({
  /** Never changes; names the profile in files, secrets and loads. */
  id: z.uuid(),
  name: line(80),
  kind: z.enum(PROFILE_KINDS),
  colour: z.enum(PROFILE_COLOURS).default('grey'),
  /** Null in a sandbox only: there the database is on this machine, inside Accession. */
  postgres: postgresSchema.nullable().default(null),
  kafka: kafkaSchema.nullable().default(null),
  openai: openAiSchema.nullable().default(null),
  vectorStore: vectorStoreSchema.prefault({}),
  /** Rows of a transaction; null: found out. */
  batchRows: z.int().min(1).max(50_000).nullable().default(null),
  embedConcurrency: z.int().min(1).max(64).nullable().default(null),
  /** Nothing is ever written through it. */
  readOnly: z.boolean().default(false),
  /** Every load is rehearsed and shown before it may write. */
  rehearseFirst: z.boolean().default(false),
  /** Rows written from which on a production load asks once more. */
  confirmAboveRows: z.int().min(0).max(100_000_000).default(1_000),
});
export type SavedProfile = z.output<typeof profileSchema>;
/** As a person fills it in: what has a default may be left out. */
export type ProfileInput = z.input<typeof profileSchema>;
