import { kafkaRuleBroken, openAiKeyIsExposed, postgresIsUnproven } from './connection-rules.ts';
import type {
  KafkaSettings,
  OpenAiSettings,
  PostgresSettings,
  ProfileKind,
  SavedProfile,
} from './profile.ts';
import { hostAndPort } from './this-computer.ts';

/** What is wrong with the servers of a profile although each field has the right form. */
export function serverProblems({
  kind,
  postgres,
  kafka,
  openai,
  vectorStore,
}: SavedProfile): Record<string, string> {
  return {
    ...(postgres === null ? {} : postgresProblems(postgres, kind)),
    ...(kafka === null ? {} : kafkaProblems(kafka, kind)),
    ...(openai === null ? {} : openAiProblems(openai, kind)),
    ...(vectorStore.type === 'pgvector' && vectorStore.index === 'ivf'
      ? { 'vectorStore.index': 'In the database itself the index is flat or hnsw.' }
      : {}),
  };
}

const UNVERIFIED =
  'In production the server has to prove who it is: choose "verify", and add the certificate authority where it is your own.';

function postgresProblems(postgres: PostgresSettings, kind: ProfileKind): Record<string, string> {
  const { host, ca } = postgres;
  const problems: Record<string, string> = {};
  if (!host.startsWith('/') && /[@/\s]/.test(host))
    problems['postgres.host'] =
      'Enter the name of the server alone here. An address that begins with postgresql:// can be pasted as a whole instead.';
  if (postgresIsUnproven(postgres, kind)) problems['postgres.tls'] = UNVERIFIED;
  if (!isCertificate(ca)) problems['postgres.ca'] = NO_CERTIFICATE;
  return problems;
}

function kafkaProblems(kafka: KafkaSettings, kind: ProfileKind): Record<string, string> {
  const { brokers, ca, clientCertificate } = kafka;
  const problems: Record<string, string> = {};
  for (const [at, broker] of brokers.entries())
    if (hostAndPort(broker) === null)
      problems[`kafka.brokers.${at}`] =
        'Enter the broker as server:port, for example kafka.school.example:9092, without a user name or password.';
  const broken = kafkaRuleBroken(kafka, kind);
  if (broken === 'login-in-the-clear')
    problems['kafka.tls'] =
      'With the login "plain" the password would cross the network unencrypted. Choose "verify", or the login scram-sha-512.';
  else if (broken === 'unproven') problems['kafka.tls'] = UNVERIFIED;
  else if (broken === 'certificate-unused')
    problems['kafka.clientCertificate'] =
      'A client certificate needs an encrypted connection: choose "verify".';
  if (!isCertificate(ca)) problems['kafka.ca'] = NO_CERTIFICATE;
  if (!isCertificate(clientCertificate)) problems['kafka.clientCertificate'] = NO_CERTIFICATE;
  return problems;
}

function openAiProblems({ baseUrl }: OpenAiSettings, kind: ProfileKind): Record<string, string> {
  if (baseUrl === null) return {};
  const url = new URL(baseUrl);
  if (url.username !== '' || url.password !== '')
    return {
      'openai.baseUrl': 'Enter the address without a user name or password; the key has a field of its own.',
    };
  if (url.search !== '' || url.hash !== '')
    return {
      'openai.baseUrl': 'Enter the address without what follows ? or #; the key has a field of its own.',
    };
  if (openAiKeyIsExposed({ baseUrl }, kind))
    return {
      'openai.baseUrl':
        'The key would cross the network unencrypted. Use an address that begins with https://.',
    };
  return {};
}

const NO_CERTIFICATE =
  'Paste the certificate as text: it begins with -----BEGIN CERTIFICATE----- and holds nothing else, above all no private key.';

/** One certificate or several, as PEM (RFC 7468); text between them, as many authorities' files have it, is fine. */
function isCertificate(pem: string | null): boolean {
  if (pem === null) return true;
  const labels = [...pem.matchAll(/-----BEGIN ([^-]+)-----/g)].map(([, label]) => label);
  return labels.length > 0 && labels.every((label) => /^(X509 |TRUSTED )?CERTIFICATE$/.test(label ?? ''));
}
