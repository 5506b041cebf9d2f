import { z } from 'zod';
import { AppError } from '../errors.ts';
import { areOnThisComputer } from './this-computer.ts';

/** Text of a variable; a blank one counts as not set, as shells and compose files leave it. */
const text = z
  .string()
  .trim()
  .transform((value) => (value === '' ? undefined : value))
  .optional();

const wholeNumber = (name: string, min: number, max: number) =>
  text.transform((value, context) => {
    if (value === undefined) return undefined;
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    context.addIssue({
      code: 'custom',
      message: `${name} must be a whole number from ${min} to ${max}, not "${value}".`,
    });
    return z.NEVER;
  });

const oneOf = <const T extends string>(name: string, choices: readonly T[]) =>
  text.transform((value, context) => {
    if (value === undefined) return undefined;
    const choice = choices.find((known) => known === value.toLowerCase());
    if (choice !== undefined) return choice;
    context.addIssue({
      code: 'custom',
      message: `${name} must be one of ${choices.join(', ')}, not "${value}".`,
    });
    return z.NEVER;
  });

/** The environment variables that this version uses; the first few are the old service's own. */
const ENVIRONMENT = z.object({
  DB_URL: text.refine((value) => value === undefined || /^postgres(ql)?:\/\//.test(value), {
    message:
      'DB_URL must begin with postgresql:// (or postgres://), for example postgresql://user:password@host:5432/library.',
  }),
  KAFKA_BROKERS: text,
  KAFKA_SECURITY: oneOf('KAFKA_SECURITY', ['plaintext', 'ssl', 'sasl_plaintext', 'sasl_ssl']),
  KAFKA_SASL_MECHANISM: oneOf('KAFKA_SASL_MECHANISM', ['plain', 'scram-sha-256', 'scram-sha-512']),
  KAFKA_SASL_USERNAME: text,
  KAFKA_SASL_PASSWORD: text,
  BOOK_EVENTS_TOPIC: text,
  STUDENT_EVENTS_TOPIC: text,
  CHECKOUT_EVENTS_TOPIC: text,
  BOOK_ENRICHMENT_TASKS_TOPIC: text,
  INGESTION_METRICS_TOPIC: text,
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: text.refine((value) => value === undefined || URL.canParse(value), {
    message: 'OPENAI_BASE_URL must be a URL such as https://api.openai.com/v1.',
  }),
  EMBEDDING_MODEL: text,
  VECTOR_STORE_TYPE: oneOf('VECTOR_STORE_TYPE', ['faiss', 'pgvector']),
  VECTOR_METRIC: oneOf('VECTOR_METRIC', ['l2']),
  VECTOR_INDEX: oneOf('VECTOR_INDEX', ['flat']),
  DATA_DIR: text,
  ACCESSION_HOME: text,
  BATCH_SIZE: wholeNumber('BATCH_SIZE', 1, 50_000),
  EMBED_CONCURRENCY: wholeNumber('EMBED_CONCURRENCY', 1, 64),
  CHECK_THREADS: wholeNumber('CHECK_THREADS', 1, 64),
  DB_POOL_SIZE: wholeNumber('DB_POOL_SIZE', 2, 200),
  LOG_LEVEL: oneOf('LOG_LEVEL', ['error', 'warn', 'info', 'debug']),
});

export type Environment = z.output<typeof ENVIRONMENT>;

/** Secrets that may come from a file instead, named by `<NAME>_FILE` (mounted secrets). */
export const SECRET_NAMES = ['DB_URL', 'OPENAI_API_KEY', 'KAFKA_SASL_PASSWORD'] as const;

/**
 * Reads the environment once. Throws settings.invalid that lists every problem; no message repeats a
 * secret's value.
 */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = ENVIRONMENT.safeParse(variables);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map((issue) => issue.message);
  if (problems.length > 0 || !parsed.success)
    throw new AppError({
      code: 'settings.invalid',
      message: `The settings in the environment cannot be used:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
      hint: 'Correct these variables, or unset them to use the defaults.',
    });
  return parsed.data;
}

function contradictions(environment: Environment): string[] {
  const problems: string[] = [];
  const sasl = environment.KAFKA_SECURITY?.startsWith('sasl') === true;
  if (
    sasl &&
    (environment.KAFKA_SASL_USERNAME === undefined || environment.KAFKA_SASL_PASSWORD === undefined)
  )
    problems.push('KAFKA_SECURITY asks for SASL, so KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD are needed.');
  if (!sasl && environment.KAFKA_SASL_USERNAME !== undefined)
    problems.push('KAFKA_SASL_USERNAME is set, but KAFKA_SECURITY is not sasl_ssl or sasl_plaintext.');
  if (
    environment.KAFKA_SECURITY === 'sasl_plaintext' &&
    (environment.KAFKA_SASL_MECHANISM ?? 'plain') === 'plain' &&
    !areOnThisComputer(brokersOf(environment.KAFKA_BROKERS))
  )
    problems.push(
      'KAFKA_SECURITY=sasl_plaintext would send KAFKA_SASL_PASSWORD unencrypted over the network (SASL PLAIN without TLS). Set KAFKA_SECURITY=sasl_ssl, or KAFKA_SASL_MECHANISM=scram-sha-512, which never sends the password itself.',
    );
  return problems;
}

/** `host:port,host:port`, as the old service writes it. */
function brokersOf(list: string | undefined): string[] {
  return (list ?? '')
    .split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');
}
