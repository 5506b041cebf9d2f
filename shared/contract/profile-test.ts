import { z } from 'zod';
import { defineRoute } from './define.ts';

/** The parts of a profile that are tested, each on its own, in the order in which they are shown. */
export const PROBE_PARTS = ['postgres', 'kafka', 'openai', 'vector-store'] as const;
export type ProbePart = (typeof PROBE_PARTS)[number];

/**
 * `failed`: a load through this part would not get through now. `attention`: it works, but somebody should know
 * something (encryption that proves nothing, little room on the disk). `not-configured`: the profile does without.
 */
export const PROBE_STATES = ['ok', 'attention', 'failed', 'not-configured'] as const;
export type ProbeState = (typeof PROBE_STATES)[number];

/** What can be wrong. With the part's name in front it names one message and one mend. */
export const PROBE_PROBLEM_CODES = [
  // How the part is reached
  'no-such-host',
  'port-closed',
  'no-answer',
  'timed-out',
  'wrong-service',
  'advertised-address',
  'tls-not-offered',
  'tls-required',
  'tls-forbidden',
  'tls-unverified',
  'unencrypted',
  'unknown-authority',
  'wrong-name',
  'certificate-expired',
  'certificate-unreadable',
  'client-certificate',
  // Who we are there
  'login',
  'login-expected',
  'login-mechanism',
  'login-in-the-clear',
  'secret-missing',
  'not-let-in',
  // What is there, and what we may do with it
  'no-such-database',
  'extension-not-installed',
  'extension-missing',
  'table-missing',
  'tables-unsuitable',
  'not-prepared',
  'right-missing',
  'read-only',
  'row-refused',
  'busy',
  'topic-missing',
  'topic-right-missing',
  'test-event-stored',
  'model-missing',
  'quota',
  'rate-limited',
  'dimensions',
  'disk-full',
  'disk-nearly-full',
  'not-writable',
  'no-folder',
  'lock-missing',
  'index-unusable',
  'faiss-missing',
  'database-unusable',
  'failed',
] as const;
export type ProbeProblemCode = (typeof PROBE_PROBLEM_CODES)[number];

/** A mend that goes beyond words. None of them is carried out by the test itself. */
export const probeFixSchema = z.discriminatedUnion('kind', [
  /** Accession may do this itself (`accession db prepare`); `sql` shows what it comes to. */
  z.strictObject({ kind: z.literal('db-prepare'), sql: z.string() }),
  /** For whoever looks after the database: this user may not. */
  z.strictObject({ kind: z.literal('sql'), sql: z.string() }),
  /** For whoever runs the service: lines for a terminal there. */
  z.strictObject({ kind: z.literal('commands'), commands: z.array(z.string()) }),
]);
export type ProbeFix = z.output<typeof probeFixSchema>;

export const probeProblemSchema = z.strictObject({
  code: z.enum(PROBE_PROBLEM_CODES),
  /** What is wrong and where. Neither text ever holds a secret. */
  message: z.string(),
  /** What to do about it. */
  hint: z.string(),
  fix: probeFixSchema.nullable(),
});
export type ProbeProblem = z.output<typeof probeProblemSchema>;

export const probeResultSchema = z.strictObject({
  part: z.enum(PROBE_PARTS),
  state: z.enum(PROBE_STATES),
  /** Whole milliseconds from the first attempt to the last answer. */
  ms: z.int().min(0),
  /** What answered, e.g. `PostgreSQL 18.4`; null where nothing did, or where it does not say. */
  version: z.string().nullable(),
  /** What was found and done, in plain words. */
  facts: z.array(z.string()),
  problems: z.array(probeProblemSchema),
});
export type ProbeResult = z.output<typeof probeResultSchema>;

/** Tests a saved profile by really using each part. Leaves nothing behind, and never rejects over a broken part. */
export const testProfileRoute = defineRoute({
  name: 'profiles.test',
  input: z.strictObject({
    profileId: z.uuid(),
    /** Left out: every part. */
    parts: z.array(z.enum(PROBE_PARTS)).min(1).optional(),
  }),
  output: z.strictObject({ results: z.array(probeResultSchema) }),
});
