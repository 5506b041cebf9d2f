import { describe, expect, it } from 'vitest';
import { createKafkaProbe } from '../../../electron/adapters/kafka/probe-kafka.ts';
import { kafkaAccess } from '../../../electron/adapters/kafka/profile-access.ts';
import { createOpenAiProbe } from '../../../electron/adapters/openai/probe-openai.ts';
import { openAiAccess } from '../../../electron/adapters/openai/profile-access.ts';
import { profileAddress } from '../../../electron/adapters/postgres/profile-address.ts';
import { connectionProbes } from '../../../electron/compose/connection-probes.ts';
import { embedderOptions, kafkaOptions } from '../../../electron/compose/outside-access.ts';
import { chooseProfile, type Profile } from '../../../electron/compose/profile.ts';
import { throwIfUnsound } from '../../../electron/compose/sound-profile.ts';
import type { ProfileInput, SavedProfile, SecretPart } from '../../../shared/settings/profile.ts';
import { checkProfile } from '../../../shared/settings/profile-problems.ts';
import { Secret } from '../../../shared/settings/profile-secret.ts';
import { lincoln } from '../../shared/settings/profile-fixtures.ts';

const live = new AbortController().signal;
const HERE = '127.0.0.1:9';
const AWAY = 'kafka.school.example:9092';
const production = (parts: Partial<ProfileInput>): SavedProfile => lincoln({ kind: 'production', ...parts });
const text = async (part: SecretPart): Promise<string> => `a ${part}`;

function loading(saved: SavedProfile): Profile {
  return {
    ...chooseProfile({ ACCESSION_HOME: '/nowhere' }, 'sandbox'),
    name: saved.name,
    kind: 'saved',
    saved,
    secret: async (part) => new Secret(await text(part)),
  };
}

describe('Kafka: what its test refuses, a load and the form refuse, and the other way round', () => {
  const plain = { mechanism: 'plain', username: 'u' } as const;
  const scram = { mechanism: 'scram-sha-512', username: 'u' } as const;
  it.each<[string, SavedProfile, string | null]>([
    [
      'encrypted without proof, in production',
      production({ kafka: { brokers: [AWAY], tls: 'encrypt' } }),
      'tls-forbidden',
    ],
    [
      'the same, one broker of two being here',
      production({ kafka: { brokers: [HERE, AWAY], tls: 'encrypt' } }),
      'tls-forbidden',
    ],
    ['the same on this computer', production({ kafka: { brokers: [HERE], tls: 'encrypt' } }), null],
    ['the same for a test', lincoln({ kafka: { brokers: [AWAY], tls: 'encrypt' } }), null],
    ['a password in the clear', lincoln({ kafka: { brokers: [AWAY], sasl: plain } }), 'login-in-the-clear'],
    [
      'a password in the clear to a name that only looks like here',
      lincoln({ kafka: { brokers: ['127.evil.example:9092'], sasl: plain } }),
      'login-in-the-clear',
    ],
    [
      'a password in the clear on this computer',
      lincoln({ kafka: { brokers: [HERE, 'localhost:1', '[::1]:1'], sasl: plain } }),
      null,
    ],
    ['a login that does not send it', lincoln({ kafka: { brokers: [AWAY], sasl: scram } }), null],
    ['a password over TLS', production({ kafka: { brokers: [AWAY], sasl: plain, tls: 'verify' } }), null],
    ['no encryption and no login', production({ kafka: { brokers: [AWAY] } }), null],
  ])('%s', async (_, saved, code) => {
    if (saved.kafka === null) throw new Error('no Kafka');
    const access = await kafkaAccess(saved.kafka, saved.kind, text);
    expect('problem' in access ? access.problem.code : null).toBe(code);
    const load = kafkaOptions(loading(saved));
    if (code === null) {
      expect(await load).toMatchObject('options' in access ? access.options : {});
      expect(checkProfile(saved.id, saved, []).ok).toBe(true);
    } else {
      await expect(load).rejects.toMatchObject({ code: 'settings.invalid' });
      expect(await createKafkaProbe().run({ profile: saved, secret: text }, live)).toMatchObject({
        state: 'failed',
        problems: [{ code }],
      });
      expect(() => throwIfUnsound(saved)).toThrow('kafka.tls');
    }
  });
});

describe('OpenAI: the same', () => {
  it.each<[string, SavedProfile, boolean]>([
    ['a production key in the clear', production({ openai: { baseUrl: 'http://ai.example/v1' } }), false],
    ['a production key on this computer', production({ openai: { baseUrl: 'http://localhost:9/v1' } }), true],
    ['a key for a test in the clear', lincoln({ openai: { baseUrl: 'http://ai.example/v1' } }), true],
    ['a production key over TLS', production({ openai: { baseUrl: 'https://ai.example/v1' } }), true],
  ])('%s', async (_, saved, fine) => {
    if (saved.openai === null) throw new Error('no OpenAI');
    const access = await openAiAccess(saved.openai, saved.kind, text);
    expect('options' in access).toBe(fine);
    expect(checkProfile(saved.id, saved, []).ok).toBe(fine);
    if (fine) expect(await embedderOptions(loading(saved))).toEqual('options' in access && access.options);
    else {
      await expect(embedderOptions(loading(saved))).rejects.toMatchObject({ code: 'settings.invalid' });
      expect(await createOpenAiProbe().run({ profile: saved, secret: text }, live)).toMatchObject({
        state: 'failed',
        problems: [{ code: 'tls-forbidden' }],
      });
    }
  });

  it('a key that was never entered is missed by both', async () => {
    const saved = lincoln({ openai: {} });
    const profile = { ...loading(saved), secret: async () => new Secret('') };
    await expect(embedderOptions(profile)).rejects.toMatchObject({
      hint: expect.stringContaining('accession profiles secret "Lincoln" openai-api-key'),
    });
    const found = await createOpenAiProbe().run({ profile: saved, secret: async () => '' }, live);
    expect(found.problems.map(({ code }) => code)).toEqual(['secret-missing']);
  });
});

describe('Postgres: the same', () => {
  it.each(['off', 'encrypt'] as const)('production beyond this computer with encryption "%s"', (tls) => {
    const saved = production({ postgres: { host: '127.evil.example', database: 'd', user: 'u', tls } });
    if (saved.postgres === null) throw new Error('no Postgres');
    const { postgres } = saved;
    expect(() => profileAddress(postgres, saved.kind, 'p')).toThrow('must prove who it is');
    expect(() => throwIfUnsound(saved)).toThrow('postgres.tls');
    expect(profileAddress({ ...postgres, host: '127.0.0.1' }, saved.kind, 'p').host).toBe('127.0.0.1');
  });
});

describe('a profile that no load would begin with', () => {
  const probes = connectionProbes({
    homeDir: '/nowhere',
    clock: { now: () => new Date(0), monotonicMs: () => 0, sleep: async () => undefined },
    random: { uuid: () => 'u' },
  });
  it.each<[string, SavedProfile, string]>([
    ['an index that cannot be built', lincoln({ vectorStore: { index: 'hnsw' } }), 'vector-store'],
    [
      'an index in the database that cannot be built',
      lincoln({ vectorStore: { type: 'pgvector', metric: 'cosine' } }),
      'vector-store',
    ],
    [
      'a password in the address of the service',
      lincoln({ openai: { baseUrl: 'https://u:p@ai.example/v1' } }),
      'openai',
    ],
    ['a broker that is no address', lincoln({ kafka: { brokers: ['u:p@kafka:9092'] } }), 'kafka'],
    [
      'an authority that is no certificate',
      lincoln({ postgres: { host: 'localhost', database: 'd', user: 'u', tls: 'encrypt', ca: 'none' } }),
      'postgres',
    ],
  ])('%s fails its test too, before anything is reached', async (_, saved, part) => {
    expect(() => throwIfUnsound(saved)).toThrow('cannot be used as it is');
    const probe = probes.find((one) => one.part === part);
    const found = await probe?.run({ profile: saved, secret: text }, live);
    expect(found).toMatchObject({ state: 'failed', version: null, facts: [] });
    expect(JSON.stringify(found)).not.toContain('u:p@');
  });
});

describe('the environment', () => {
  const variables = (more: Record<string, string>) => ({
    ACCESSION_HOME: '/nowhere',
    DB_URL: 'postgresql://u:p@localhost/d',
    KAFKA_SASL_USERNAME: 'u',
    KAFKA_SASL_PASSWORD: 'hidden',
    KAFKA_SECURITY: 'sasl_plaintext',
    ...more,
  });

  it('is told by its variables that it would send a password in the clear', () => {
    const choose = () => chooseProfile(variables({ KAFKA_BROKERS: `${HERE}, ${AWAY}` }), null);
    expect(choose).toThrow(/KAFKA_SECURITY=sasl_plaintext .*unencrypted.*KAFKA_SECURITY=sasl_ssl/);
    expect(choose).not.toThrow(/hidden/);
  });

  it('may do so on this computer, or by a login that does not send it', async () => {
    expect(await kafkaOptions(chooseProfile(variables({ KAFKA_BROKERS: HERE }), null))).toMatchObject({
      brokers: [HERE],
      security: 'sasl_plaintext',
      sasl: { mechanism: 'plain', username: 'u', password: 'hidden' },
    });
    const scram = variables({ KAFKA_BROKERS: AWAY, KAFKA_SASL_MECHANISM: 'scram-sha-512' });
    expect((await kafkaOptions(chooseProfile(scram, null))).security).toBe('sasl_plaintext');
  });
});
