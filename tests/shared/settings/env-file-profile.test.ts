import { describe, expect, it } from 'vitest';
import { readEnvProfile } from '../../../shared/settings/env-file-profile.ts';
import { checkProfile } from '../../../shared/settings/profile-problems.ts';
import { LINCOLN_ID } from './profile-fixtures.ts';

const ABOUT = { name: 'Lincoln', kind: 'test' } as const;

const OLD_SERVICE = `
# Ingestion service
export DB_URL='postgresql+asyncpg://lib:p%40ss@db.school.example:6432/library?sslmode=verify-full'
KAFKA_BROKERS=kafka-1:9092, kafka-2
KAFKA_SECURITY=SASL_SSL
KAFKA_SASL_MECHANISM=SCRAM-SHA-256
KAFKA_SASL_USERNAME=loader
KAFKA_SASL_PASSWORD=k-secret
BOOK_EVENTS_TOPIC=prod.books
OPENAI_API_KEY=sk-secret
OPENAI_MODEL=gpt-4o-mini
OPENAI_BASE_URL=https://models.school.example/v1
EMBEDDING_MODEL=text-embedding-3-small
VECTOR_STORE_TYPE=faiss
DATA_DIR=/srv/engine/data
BATCH_SIZE=500
LOG_LEVEL=info
SENTRY_DSN=https://value-of-an-unknown-name.example
`;

describe("the old service's .env", () => {
  it('becomes a profile with every setting in its place', () => {
    const { draft } = readEnvProfile(OLD_SERVICE, ABOUT);
    const checked = checkProfile(LINCOLN_ID, draft, []);
    expect(checked.ok).toBe(true);
    expect(draft).toMatchObject({
      name: 'Lincoln',
      kind: 'test',
      postgres: { host: 'db.school.example', port: 6432, database: 'library', user: 'lib', tls: 'verify' },
      kafka: {
        brokers: ['kafka-1:9092', 'kafka-2:9092'],
        tls: 'verify',
        sasl: { mechanism: 'scram-sha-256', username: 'loader' },
        topics: { books: 'prod.books' },
      },
      openai: {
        baseUrl: 'https://models.school.example/v1',
        embeddingModel: 'text-embedding-3-small',
        chatModel: 'gpt-4o-mini',
      },
      vectorStore: { type: 'faiss', dataDir: '/srv/engine/data' },
      batchRows: 500,
    });
  });

  it('gives its passwords apart, the one inside DB_URL too, and none in draft or report', () => {
    const { secrets, ...rest } = readEnvProfile(OLD_SERVICE, ABOUT);
    expect(secrets.map(({ part, secret }) => [part, secret.reveal()])).toEqual([
      ['postgres-password', 'p@ss'],
      ['kafka-password', 'k-secret'],
      ['openai-api-key', 'sk-secret'],
    ]);
    expect(JSON.stringify(rest)).not.toMatch(/p@ss|p%40ss|k-secret|sk-secret/);
  });

  it('says what was taken, ignored and missing, by name only', () => {
    const { report } = readEnvProfile(`${OLD_SERVICE}\nKAFKA_SASL_PASSWORD=`, ABOUT);
    expect(report.taken.map(({ name }) => name)).toContain('DB_URL');
    expect(report.ignored).toContainEqual({ name: 'SENTRY_DSN', why: 'Accession does not use it' });
    expect(report.ignored).toContainEqual({
      name: 'LOG_LEVEL',
      why: 'it belongs to a machine, not to a profile',
    });
    expect(report.missing).toEqual(['the password for Kafka']);
    expect(report.notes).toEqual(['KAFKA_SASL_PASSWORD is set more than once; the last one counts.']);
    expect(JSON.stringify(report)).not.toContain('value-of-an-unknown-name');
  });

  it('does without parts that it does not name, and says so', () => {
    const { draft, report } = readEnvProfile('DB_URL=postgresql://lib@localhost/library', ABOUT);
    expect(draft).toMatchObject({ kafka: null, openai: null });
    expect(report.missing.join('\n')).toMatch(
      /password of the database[\s\S]*KAFKA_BROKERS[\s\S]*OPENAI_API_KEY/,
    );
  });

  it('has the server of a production database verified although the address asks for less', () => {
    const text = 'DB_URL=postgresql://lib:x@db.school.example/library?sslmode=require';
    const { draft, report } = readEnvProfile(text, { ...ABOUT, kind: 'production' });
    expect(draft.postgres).toMatchObject({ tls: null });
    expect(report.notes.join()).toContain('no proof of who the server is');
    expect(readEnvProfile(text, ABOUT).draft.postgres).toMatchObject({ tls: 'encrypt' });
  });

  it('leaves out values that will not do, without repeating them', () => {
    const { draft, report } = readEnvProfile(
      'DB_URL=mysql://u:hidden@h/d\nBATCH_SIZE=many\nVECTOR_STORE_TYPE=chroma\nDB_URL_FILE=/run/x',
      ABOUT,
    );
    expect(draft).toMatchObject({ postgres: null, batchRows: null, vectorStore: { type: 'faiss' } });
    expect(report.ignored.map(({ name }) => name).sort()).toEqual([
      'BATCH_SIZE',
      'DB_URL',
      'DB_URL_FILE',
      'VECTOR_STORE_TYPE',
    ]);
    expect(JSON.stringify(report)).not.toMatch(/hidden|many|chroma/);
  });

  it('keeps a placeholder as it stands and says that it is one', () => {
    const { draft, report } = readEnvProfile(
      'DB_URL=postgresql://lib@h/d\nDATA_DIR=\u0024{HOME}/data',
      ABOUT,
    );
    expect(draft.vectorStore).toMatchObject({ dataDir: '\u0024{HOME}/data' });
    expect(report.notes.join()).toContain('DATA_DIR holds a placeholder');
  });
});
