import type { SavedProfile, SecretPart } from './profile.ts';

const SHOWN = '[secret]';

/**
 * A password or key on its way from where it is kept to the one place that uses it. Printed, logged, inspected,
 * put into JSON or cloned it says `[secret]` or nothing; only `reveal` gives the text.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return SHOWN;
  }

  toJSON(): string {
    return SHOWN;
  }

  /** What console.log and util.inspect of Node print (https://nodejs.org/api/util.html#utilinspectcustom). */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return SHOWN;
  }
}

/** What a part is called in sentences. */
export const SECRET_WORDS: Readonly<Record<SecretPart, string>> = {
  'postgres-password': 'password of the database',
  'kafka-password': 'password for Kafka',
  'kafka-client-key': 'private key of the Kafka client certificate',
  'openai-api-key': 'key for OpenAI',
};

/** The secrets that a profile cannot work without. A database on a socket may know its user without a password. */
export function secretsNeeded(profile: SavedProfile): SecretPart[] {
  const { postgres, kafka, openai } = profile;
  const needed: SecretPart[] = [];
  if (postgres !== null && !postgres.host.startsWith('/')) needed.push('postgres-password');
  if (kafka !== null && kafka.sasl !== null) needed.push('kafka-password');
  if (kafka !== null && kafka.clientCertificate !== null) needed.push('kafka-client-key');
  if (openai !== null) needed.push('openai-api-key');
  return needed;
}

/**
 * The secrets that an edit would hand to another server than the one they were entered for. They have to be
 * entered again: otherwise whoever may edit a profile could read its passwords at a server of their own.
 */
export function secretsGoingElsewhere(before: SavedProfile, after: SavedProfile): SecretPart[] {
  const parts: SecretPart[] = [];
  if (after.postgres !== null && !sameServer(before, after)) parts.push('postgres-password');
  const known = new Set(before.kafka?.brokers.map(lowered));
  if (after.kafka?.brokers.some((broker) => !known.has(lowered(broker))) === true)
    parts.push('kafka-password', 'kafka-client-key');
  if (after.openai !== null && originOf(before) !== originOf(after)) parts.push('openai-api-key');
  return parts;
}

function sameServer({ postgres: before }: SavedProfile, { postgres: after }: SavedProfile): boolean {
  return (
    before !== null &&
    after !== null &&
    lowered(before.host) === lowered(after.host) &&
    before.port === after.port
  );
}

/** Without an `openai` part there was no server that a key could have been entered for. */
function originOf({ openai }: SavedProfile): string | null {
  if (openai === null) return null;
  return openai.baseUrl === null ? 'openai' : new URL(openai.baseUrl).origin;
}

function lowered(text: string): string {
  return text.toLowerCase();
}
