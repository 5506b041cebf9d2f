import { AppError } from '../../shared/errors.ts';
import { readPostgresAddress } from '../../shared/settings/profile-address.ts';
import type { ProfileDraft } from '../../shared/settings/profile-problems.ts';

/** The settings that `profiles add` and `profiles edit` take; what they leave out stays as it is. */
export interface DraftOptions {
  kind?: ProfileDraft['kind'];
  colour?: NonNullable<ProfileDraft['colour']>;
  postgres?: string;
  tls?: 'off' | 'encrypt' | 'verify';
  ca?: string;
  kafka?: string;
  kafkaTls?: 'off' | 'encrypt' | 'verify';
  kafkaCa?: string;
  kafkaCertificate?: string;
  kafkaUser?: string;
  kafkaMechanism?: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  openai?: boolean;
  openaiUrl?: string;
  model?: string;
  vectorStore?: 'faiss' | 'pgvector';
  dataDir?: string;
  batchRows?: number;
  readOnly?: boolean;
  rehearseFirst?: boolean;
}

/**
 * The draft with the options over it, and the password that an address brought. `readText` reads certificates.
 * Throws usage.invalid where an address cannot be read or an option has nothing to stand on.
 */
export async function draftWith(
  before: ProfileDraft,
  options: DraftOptions,
  readText: (path: string) => Promise<string>,
): Promise<{ draft: ProfileDraft; password: string | null }> {
  const certificate = async (path: string | undefined): Promise<string | undefined> =>
    path === undefined ? undefined : readText(path);
  const { postgres, password } = databaseWith(before, options, await certificate(options.ca));
  const kafka = kafkaWith(
    before,
    options,
    await certificate(options.kafkaCa),
    await certificate(options.kafkaCertificate),
  );
  const kind = options.kind ?? before.kind;
  const colour = options.colour ?? before.colour ?? COLOURS[kind];
  return {
    draft: {
      ...before,
      kind,
      colour,
      postgres,
      kafka,
      openai: openAiWith(before, options),
      vectorStore: {
        ...before.vectorStore,
        ...given('type', options.vectorStore),
        ...given('dataDir', options.dataDir),
      },
      ...given('batchRows', options.batchRows),
      ...given('readOnly', options.readOnly),
      ...given('rehearseFirst', options.rehearseFirst),
    },
    password,
  };
}

const COLOURS = { sandbox: 'grey', test: 'blue', production: 'red' } as const;

function databaseWith(
  before: ProfileDraft,
  { postgres: address, tls }: DraftOptions,
  ca: string | undefined,
): { postgres: NonNullable<ProfileDraft['postgres']> | null; password: string | null } {
  let postgres = before.postgres ?? null;
  let password: string | null = null;
  if (address !== undefined) {
    const read = readPostgresAddress(address);
    if (!read.ok) throw usage(`--postgres: ${read.problem}`, 'Leave the password out: it is asked for.');
    postgres = { ...postgres, ...read.address.settings };
    password = read.address.password;
  }
  if (tls === undefined && ca === undefined) return { postgres, password };
  if (postgres === null) throw usage('--tls and --ca are about a database.', 'Name it with --postgres URL.');
  return { postgres: { ...postgres, ...given('tls', tls), ...given('ca', ca) }, password };
}

function kafkaWith(
  before: ProfileDraft,
  options: DraftOptions,
  ca: string | undefined,
  clientCertificate: string | undefined,
): NonNullable<ProfileDraft['kafka']> | null {
  const { kafka: list, kafkaTls, kafkaUser, kafkaMechanism } = options;
  const brokers = list
    ?.split(',')
    .map((broker) => broker.trim())
    .filter((broker) => broker !== '');
  const asked = [kafkaTls, kafkaUser, kafkaMechanism, ca, clientCertificate].some(
    (each) => each !== undefined,
  );
  const known = before.kafka ?? null;
  if (brokers === undefined && known === null) {
    if (!asked) return null;
    throw usage(
      '--kafka-tls, --kafka-user and their kin are about Kafka.',
      'Name it with --kafka HOST:PORT,HOST:PORT.',
    );
  }
  const username = kafkaUser ?? known?.sasl?.username;
  if (username === undefined && kafkaMechanism !== undefined)
    throw usage('--kafka-mechanism is about a login.', 'Name the user with --kafka-user.');
  return {
    ...known,
    brokers: brokers ?? known?.brokers ?? [],
    ...given('tls', kafkaTls),
    ...given('ca', ca),
    ...given('clientCertificate', clientCertificate),
    sasl:
      username === undefined
        ? null
        : { username, mechanism: kafkaMechanism ?? known?.sasl?.mechanism ?? 'scram-sha-512' },
  };
}

function openAiWith(
  before: ProfileDraft,
  { openai, openaiUrl, model }: DraftOptions,
): NonNullable<ProfileDraft['openai']> | null {
  if (openai === false) return null;
  const known = before.openai ?? null;
  const asked = openai === true || openaiUrl !== undefined || model !== undefined;
  if (known === null && !asked) return null;
  return { ...known, ...given('baseUrl', openaiUrl), ...given('embeddingModel', model) };
}

/** The setting, or nothing where the option was left out. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}

function usage(message: string, hint: string): AppError {
  return new AppError({ code: 'usage.invalid', message, hint });
}
