import { type ProfileInput, profileSchema, type SavedProfile } from '../../../shared/settings/profile.ts';

export const LINCOLN_ID = '11111111-1111-4111-8111-111111111111';
export const ADAMS_ID = '22222222-2222-4222-8222-222222222222';

/** A test profile of a school, with whatever a test wants otherwise. */
export function lincoln(otherwise: Partial<ProfileInput> = {}): SavedProfile {
  return profileSchema.parse({
    id: LINCOLN_ID,
    name: 'Lincoln',
    kind: 'test',
    postgres: { host: 'db.school.example', database: 'library', user: 'librarian' },
    ...otherwise,
  });
}

export function adams(otherwise: Partial<ProfileInput> = {}): SavedProfile {
  return lincoln({ id: ADAMS_ID, name: 'Adams', ...otherwise });
}

/** Everything that a profile can have. */
export function complete(otherwise: Partial<ProfileInput> = {}): SavedProfile {
  return lincoln({
    kind: 'production',
    colour: 'red',
    kafka: {
      brokers: ['kafka-1.school.example:9093', 'kafka-2.school.example:9093'],
      tls: 'verify',
      ca: CERTIFICATE,
      clientCertificate: CERTIFICATE,
      sasl: { mechanism: 'scram-sha-512', username: 'accession' },
      topics: { books: 'prod.book_events' },
    },
    openai: { baseUrl: 'https://models.school.example/v1', embeddingModel: 'bge-m3', spendLimitUsd: 2.5 },
    vectorStore: { type: 'faiss', dataDir: '/srv/engine/data', parameters: { nprobe: 8 } },
    batchRows: 1_000,
    embedConcurrency: 4,
    rehearseFirst: true,
    confirmAboveRows: 0,
    ...otherwise,
  });
}

export const CERTIFICATE =
  '-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUYdUe\n-----END CERTIFICATE-----\n';
export const PRIVATE_KEY = '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----\n';
