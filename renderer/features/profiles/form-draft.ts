import { SECRET_PARTS, type SecretPart } from '../../../shared/settings/profile.ts';
import { type AddressReading, readPostgresAddress } from '../../../shared/settings/profile-address.ts';
import { INDEX_PARAMETERS, type ProfileForm } from './form-values.ts';
import type { SecretChange } from './profiles-api.ts';

/** What the address field comes to; null while the fields are used instead. */
export function addressOfForm({ postgres }: ProfileForm): AddressReading | null {
  return postgres.mode === 'address' ? readPostgresAddress(postgres.address) : null;
}

/**
 * The profile that the fields describe, to be checked: a number that is none is passed on as it was typed, so
 * that the check names it. Parts that are off, or that a sandbox does not have, are null.
 */
export function draftOf(form: ProfileForm): Record<string, unknown> {
  const outside = form.kind !== 'sandbox';
  return {
    name: form.name,
    kind: form.kind,
    colour: form.kind === 'production' ? 'red' : form.colour,
    postgres: outside ? postgresOf(form) : null,
    kafka: outside && form.kafka.use ? kafkaOf(form.kafka) : null,
    openai: outside && form.openai.use ? openAiOf(form.openai) : null,
    vectorStore: {
      ...form.vectorStore,
      dataDir: textOrNull(form.vectorStore.dataDir),
      parameters: Object.fromEntries(
        INDEX_PARAMETERS[form.vectorStore.index]
          .map((name) => [name, numberOrNull(form.vectorStore.parameters[name])] as const)
          .filter(([, value]) => value !== null),
      ),
    },
    batchRows: numberOrNull(form.batchRows),
    embedConcurrency: numberOrNull(form.embedConcurrency),
    readOnly: form.readOnly,
    rehearseFirst: form.rehearseFirst,
    confirmAboveRows: numberOrNull(form.confirmAboveRows) ?? '',
  };
}

/** Only what is to change. A secret of a part that is off is left as it is. */
export function secretChangesOf(form: ProfileForm): SecretChange[] {
  return SECRET_PARTS.flatMap((part): SecretChange[] => {
    const { action, value } = form.secrets[part];
    if (action === 'clear') return [{ part, action: 'clear' }];
    if (action === 'set' && isUsed(form, part)) return [{ part, action: 'set', value }];
    const typed = part === 'postgres-password' ? addressOfForm(form) : null;
    return typed?.ok && typed.address.password !== null
      ? [{ part, action: 'set', value: typed.address.password }]
      : [];
  });
}

/** Whether a profile with these fields has a place for the secret. */
export function isUsed({ kind, kafka, openai }: ProfileForm, part: SecretPart): boolean {
  if (kind === 'sandbox') return false;
  switch (part) {
    case 'postgres-password':
      return true;
    case 'kafka-password':
      return kafka.use && kafka.sasl.mechanism !== 'none';
    case 'kafka-client-key':
      return kafka.use && kafka.clientCertificate.trim() !== '';
    case 'openai-api-key':
      return openai.use;
  }
}

function postgresOf(form: ProfileForm): unknown {
  const { mode, address, host, port, database, user, tls, ca, poolSize } = form.postgres;
  const rest = { ca: textOrNull(ca), poolSize: numberOrNull(poolSize) };
  const chosen = tls === 'auto' ? null : tls;
  if (mode === 'fields')
    return { host, port: numberOrNull(port) ?? '', database, user, tls: chosen, ...rest };
  const reading = readPostgresAddress(address);
  if (!reading.ok) return null;
  return { ...reading.address.settings, tls: reading.address.settings.tls ?? chosen, ...rest };
}

function kafkaOf({ brokers, tls, ca, clientCertificate, sasl, topics }: ProfileForm['kafka']): unknown {
  const { mechanism, username } = sasl;
  return {
    brokers: brokerLines(brokers),
    tls,
    ca: textOrNull(ca),
    clientCertificate: textOrNull(clientCertificate),
    sasl: mechanism === 'none' ? null : { mechanism, username },
    topics,
  };
}

/** People separate brokers by lines or, as the environment does, by commas. */
export function brokerLines(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function openAiOf(openai: ProfileForm['openai']): unknown {
  return {
    baseUrl: textOrNull(openai.baseUrl),
    embeddingModel: openai.embeddingModel,
    chatModel: openai.chatModel,
    dimensions: numberOrNull(openai.dimensions) ?? '',
    spendLimitUsd: numberOrNull(openai.spendLimitUsd),
  };
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** `1,000` and `1 000` are numbers to a person. What is none stays text. */
function numberOrNull(text: string): number | string | null {
  const plain = text.trim().replace(/(?<=\d)[,\s](?=\d{3}(\D|$))/g, '');
  if (plain === '') return null;
  return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
}
