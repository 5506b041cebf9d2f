import {
  kafkaSchema,
  openAiSchema,
  type ProfileKind,
  type SASL_MECHANISMS,
  type SavedProfile,
  SECRET_PARTS,
  type SecretPart,
  type TLS_MODES,
  vectorStoreSchema,
} from '../../../shared/settings/profile.ts';
import type { ProfileDraft } from '../../../shared/settings/profile-problems.ts';

export type TlsMode = (typeof TLS_MODES)[number];
export type Sasl = (typeof SASL_MECHANISMS)[number];
export const INDEX_PARAMETERS = { flat: [], ivf: ['nlist', 'nprobe'], hnsw: ['M', 'efSearch'] } as const;
export type IndexParameter = 'nlist' | 'nprobe' | 'M' | 'efSearch';

/** `keep`: as it stands, set or not. */
export interface SecretEntry {
  action: 'keep' | 'set' | 'clear';
  value: string;
}

/** A profile as text fields and switches hold it: numbers as typed, a part that is off with what it had. */
export interface ProfileForm {
  name: string;
  kind: ProfileKind;
  colour: SavedProfile['colour'];
  postgres: {
    mode: 'fields' | 'address';
    address: string;
    host: string;
    port: string;
    database: string;
    user: string;
    tls: TlsMode | 'auto';
    ca: string;
    poolSize: string;
  };
  kafka: {
    use: boolean;
    /** One in each line. */
    brokers: string;
    tls: TlsMode;
    ca: string;
    clientCertificate: string;
    sasl: { mechanism: Sasl | 'none'; username: string };
    topics: Record<keyof Topics, string>;
  };
  openai: {
    use: boolean;
    baseUrl: string;
    embeddingModel: string;
    chatModel: string;
    dimensions: string;
    spendLimitUsd: string;
  };
  vectorStore: {
    type: 'faiss' | 'pgvector';
    dataDir: string;
    index: 'flat' | 'ivf' | 'hnsw';
    metric: 'l2' | 'ip' | 'cosine';
    parameters: Record<IndexParameter, string>;
  };
  batchRows: string;
  embedConcurrency: string;
  readOnly: boolean;
  rehearseFirst: boolean;
  confirmAboveRows: string;
  secrets: Record<SecretPart, SecretEntry>;
}

type Topics = NonNullable<SavedProfile['kafka']>['topics'];
type SavedOrDraft = SavedProfile | ProfileDraft;

const KAFKA_START = kafkaSchema.parse({ brokers: ['localhost:9092'] });
const OPENAI_START = openAiSchema.parse({});

/** The fields for a profile. Parts that it does without are filled with the usual, for when they are switched on. */
export function formOf(profile: SavedOrDraft): ProfileForm {
  const { postgres = null } = profile;
  const kafka = profile.kafka ?? null;
  const openai = openAiSchema.parse(profile.openai ?? {});
  const store = vectorStoreSchema.parse(profile.vectorStore ?? {});
  const kafkaFields = kafka === null ? KAFKA_START : kafkaSchema.parse(kafka);
  return {
    name: profile.name,
    kind: profile.kind,
    colour: profile.colour ?? 'grey',
    postgres: {
      mode: 'fields',
      address: '',
      host: postgres?.host ?? '',
      port: text(postgres?.port ?? 5432),
      database: postgres?.database ?? '',
      user: postgres?.user ?? '',
      tls: postgres?.tls ?? 'auto',
      ca: postgres?.ca ?? '',
      poolSize: text(postgres?.poolSize),
    },
    kafka: {
      use: kafka !== null,
      brokers: kafka === null ? '' : kafka.brokers.join('\n'),
      tls: kafka === null ? 'verify' : kafkaFields.tls,
      ca: kafkaFields.ca ?? '',
      clientCertificate: kafkaFields.clientCertificate ?? '',
      sasl: {
        mechanism: kafkaFields.sasl?.mechanism ?? 'none',
        username: kafkaFields.sasl?.username ?? '',
      },
      topics: kafkaFields.topics,
    },
    openai: {
      use: (profile.openai ?? null) !== null,
      baseUrl: openai.baseUrl ?? '',
      embeddingModel: openai.embeddingModel,
      chatModel: openai.chatModel,
      dimensions: text(openai.dimensions),
      spendLimitUsd: text(openai.spendLimitUsd),
    },
    vectorStore: {
      type: store.type,
      dataDir: store.dataDir ?? '',
      index: store.index,
      metric: store.metric,
      parameters: {
        nlist: text(store.parameters.nlist),
        nprobe: text(store.parameters.nprobe),
        M: text(store.parameters.M),
        efSearch: text(store.parameters.efSearch),
      },
    },
    batchRows: text(profile.batchRows),
    embedConcurrency: text(profile.embedConcurrency),
    readOnly: profile.readOnly ?? false,
    rehearseFirst: profile.rehearseFirst ?? false,
    confirmAboveRows: text(profile.confirmAboveRows ?? 1_000),
    secrets: unchangedSecrets(),
  };
}

/** The fields of a profile that is to be. A new server gets embeddings: their usual values are all filled in. */
export function newForm(kind: ProfileKind): ProfileForm {
  const openai = kind === 'sandbox' ? null : OPENAI_START;
  return formOf({ name: '', kind, colour: kind === 'sandbox' ? 'green' : 'blue', openai });
}

export function unchangedSecrets(): Record<SecretPart, SecretEntry> {
  const keep = (): SecretEntry => ({ action: 'keep', value: '' });
  const [postgres, kafka, clientKey, openai] = SECRET_PARTS;
  return { [postgres]: keep(), [kafka]: keep(), [clientKey]: keep(), [openai]: keep() };
}

function text(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}
