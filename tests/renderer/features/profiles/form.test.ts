import { describe, expect, test } from 'vitest';
import { draftOf, secretChangesOf } from '../../../../renderer/features/profiles/form-draft.ts';
import { formSchema } from '../../../../renderer/features/profiles/form-schema.ts';
import { formOf, newForm, type ProfileForm } from '../../../../renderer/features/profiles/form-values.ts';
import type { ProfileEntry } from '../../../../renderer/features/profiles/profiles-api.ts';
import { profileSchema } from '../../../../shared/settings/profile.ts';

const PROFILE = profileSchema.parse({
  id: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a01',
  name: 'Lincoln',
  kind: 'production',
  colour: 'red',
  postgres: {
    host: 'db.example',
    port: 6432,
    database: 'library',
    user: 'loader',
    tls: 'verify',
    poolSize: 8,
  },
  kafka: {
    brokers: ['one.example:9093', 'two.example:9093'],
    tls: 'verify',
    sasl: { mechanism: 'scram-sha-512', username: 'accession' },
    topics: { books: 'school.books' },
  },
  openai: { baseUrl: 'https://ai.example/v1', spendLimitUsd: 2.5 },
  vectorStore: { index: 'ivf', metric: 'cosine', parameters: { nlist: 64, nprobe: 8 }, dataDir: '/srv/data' },
  batchRows: 2000,
  embedConcurrency: 4,
  readOnly: true,
  rehearseFirst: true,
  confirmAboveRows: 50,
});

const ENTRY: ProfileEntry = {
  profile: PROFILE,
  revision: 'r1',
  secrets: {
    'postgres-password': true,
    'kafka-password': true,
    'kafka-client-key': false,
    'openai-api-key': true,
  },
  missing: [],
};

function changed(change: (form: ProfileForm) => void): ProfileForm {
  const form = structuredClone(formOf(PROFILE));
  change(form);
  return form;
}

/** The problems by path, as the form shows them. */
function problemsOf(form: ProfileForm, entry: ProfileEntry | null = ENTRY): Record<string, string> {
  const outcome = formSchema(entry, []).safeParse(form);
  return Object.fromEntries(
    outcome.error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? [],
  );
}

describe('the fields of a profile', () => {
  test('come back as the same profile, in every part of it', () => {
    const { id: _, ...draft } = PROFILE;
    expect(formSchema(ENTRY, []).parse(formOf(PROFILE))).toEqual({ draft, secrets: [] });
  });

  test('of a sandbox have no servers, whatever is still in the hidden fields', () => {
    const form = changed((values) => {
      values.kind = 'sandbox';
    });
    expect(draftOf(form)).toMatchObject({ postgres: null, kafka: null, openai: null });
  });

  test('make production red', () => {
    expect(draftOf({ ...newForm('test'), kind: 'production', colour: 'green' })).toMatchObject({
      colour: 'red',
    });
  });

  test('take numbers as people write them, and leave what is none to the check', () => {
    const form = changed((values) => {
      values.confirmAboveRows = '1,000';
      values.postgres.port = 'standard';
    });
    expect(draftOf(form)).toMatchObject({ confirmAboveRows: 1000, postgres: { port: 'standard' } });
    expect(problemsOf(form)).toEqual({
      'postgres.port': 'Enter the port as a whole number from 1 to 65535; Postgres usually listens on 5432.',
    });
  });

  test('take brokers by lines or commas', () => {
    const form = changed((values) => {
      values.kafka.brokers = ' one.example:9093, two.example:9093\n\nthree.example:9093 ';
    });
    expect(draftOf(form)).toMatchObject({
      kafka: { brokers: ['one.example:9093', 'two.example:9093', 'three.example:9093'] },
    });
  });

  test('drop the parameters of an index that was not chosen', () => {
    const form = changed((values) => {
      values.vectorStore.index = 'hnsw';
      values.vectorStore.parameters.M = '32';
    });
    expect(draftOf(form)).toMatchObject({ vectorStore: { parameters: { M: 32 } } });
  });
});

describe('one address instead of fields', () => {
  const byAddress = (address: string) =>
    changed((values) => {
      values.postgres.mode = 'address';
      values.postgres.address = address;
    });

  test('gives server, port, database and user, and its password to the secrets', () => {
    const form = byAddress('postgresql://me:s3cret@db.example:6432/books?sslmode=verify-full');
    const outcome = formSchema(ENTRY, []).parse(form);
    expect(outcome.draft.postgres).toMatchObject({
      host: 'db.example',
      port: 6432,
      database: 'books',
      user: 'me',
    });
    expect(outcome.secrets).toEqual([{ part: 'postgres-password', action: 'set', value: 's3cret' }]);
    expect(JSON.stringify(outcome.draft)).not.toContain('s3cret');
  });

  test('that cannot be read is a problem of the address, once', () => {
    expect(Object.keys(problemsOf(byAddress('mysql://db.example/books')))).toEqual(['postgres.address']);
  });
});

describe('a secret', () => {
  test('that is stored is not handed to another server', () => {
    const elsewhere = changed((values) => {
      values.kafka.brokers = 'elsewhere.example:9093';
    });
    expect(Object.keys(problemsOf(elsewhere))).toEqual(['secrets.kafka-password']);
    elsewhere.secrets['kafka-password'] = { action: 'set', value: 'n3w' };
    expect(problemsOf(elsewhere)).toEqual({});
    elsewhere.secrets['kafka-password'] = { action: 'clear', value: '' };
    expect(problemsOf(elsewhere)).toEqual({});
  });

  test('that was to be replaced needs a new one', () => {
    const form = changed((values) => {
      values.secrets['openai-api-key'] = { action: 'set', value: '' };
    });
    expect(problemsOf(form)).toEqual({ 'secrets.openai-api-key': 'Enter it, or press Undo.' });
  });

  test('of a part that was switched off is not stored', () => {
    const form = changed((values) => {
      values.secrets['kafka-password'] = { action: 'set', value: 'n3w' };
      values.kafka.use = false;
    });
    expect(secretChangesOf(form)).toEqual([]);
  });
});
