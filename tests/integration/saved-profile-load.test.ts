import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { DEFAULT_TOPIC_NAMES } from '../../shared/events/topics.ts';
import { describeWith } from '../services/available.ts';
import { makeAuthority } from '../services/certificates.ts';
import { productionDatabase } from '../services/databases.ts';
import { createTopics, readTopic } from '../services/kafka-topics.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../services/openai-stand-in.ts';
import { startSecureKafka } from '../services/secure-kafka.ts';
import { describeWithOwnServer } from '../services/secure-services.ts';
import { startTlsFront, type TlsFront } from '../services/tls-front.ts';
import { accession, type CommandResult } from './command.ts';
import { ownTopics } from './own-topics.ts';
import {
  countsOf,
  enterSecrets,
  expectedCounts,
  expectWholeTerm,
  inDatabase,
  mustDo,
  SAMPLE_FILES,
  statesOf,
} from './saved-profile.ts';

const KEY = 'sk-of-the-school';
const GREEN = { postgres: 'ok', kafka: 'ok', openai: 'ok', 'vector-store': 'ok' };

async function delivered(brokers: string, topics: readonly string[], loadId: string): Promise<number> {
  let events = 0;
  for (const topic of topics)
    for (const { headers } of await readTopic(brokers, topic)) if (headers.load_id === loadId) events += 1;
  return events;
}

describeWith(
  ['postgresUrl', 'kafkaBrokers'],
  'a load with --profile of a school',
  ({ postgresUrl, kafkaBrokers }) => {
    const home = mkdtempSync(join(tmpdir(), 'accession-saved-load-'));
    const topics = ownTopics('saved');
    const environment = { ACCESSION_HOME: home };
    let openai: OpenAiStandIn;
    let url: string;
    let first: CommandResult;

    beforeAll(async () => {
      openai = await startOpenAiStandIn({ apiKey: KEY });
      url = await productionDatabase(postgresUrl);
      await createTopics(kafkaBrokers, Object.values(topics));
      const lines = Object.entries({
        ...topics,
        DB_URL: url,
        KAFKA_BROKERS: kafkaBrokers,
        OPENAI_API_KEY: KEY,
        OPENAI_BASE_URL: openai.baseUrl,
        DATA_DIR: join(home, 'data'),
        VECTOR_STORE_TYPE: 'faiss',
      }).map(([name, value]) => `${name}=${value}\n`);
      writeFileSync(join(home, 'old.env'), lines.join(''));
      await mustDo(environment, 'profiles', 'import', join(home, 'old.env'), '--name', 'School');
      await mustDo(environment, 'db', 'prepare', '--profile', 'School');
      first = await accession(environment, 'load', ...SAMPLE_FILES, '--profile', 'School', '--json');
    });
    afterAll(async () => {
      await openai?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it('follows a green test and loads what the files have', async () => {
      const test = await accession(environment, 'profiles', 'test', 'School', '--json');
      expect(statesOf(test)).toEqual(GREEN);
      expect(first.code, first.stderr).toBe(3);
      expect(first.json).toMatchObject({ status: 'partial', error: null, problems: [] });
      expect(countsOf(first)).toEqual(expectedCounts());
      expectWholeTerm(await inDatabase(url));
    });

    it('delivers every event to the topics of the profile', async () => {
      const { loadId, events } = first.json;
      expect(events).toMatchObject({ pending: 0, dead: 0 });
      expect(events.published).toBeGreaterThan(100);
      expect(await delivered(kafkaBrokers, Object.values(topics), loadId)).toBe(events.published);
    });

    it('embeds with the key and at the address of the profile, and its index agrees', async () => {
      expect(openai.requests.every(({ status }) => status === 200)).toBe(true);
      expect(first.json.embeddings).toMatchObject({
        model: 'text-embedding-3-small',
        generated: 117,
        failed: 0,
      });
      const index = await accession(environment, 'index', 'status', '--profile', 'school', '--json');
      expect(index.json).toMatchObject({ vectors: 117, published: 117, agrees: true });
      expect(index.json.dir).toBe(join(home, 'data', 'vector_store'));
    });

    it('is refused where the key is: its test says so, the rows are loaded and the vectors wait', async () => {
      await mustDo(environment, 'profiles', 'duplicate', 'School', '--name', 'Wrong key');
      await enterSecrets(environment, 'Wrong key', { 'openai-api-key': 'sk-of-somebody-else' });
      const test = await accession(environment, 'profiles', 'test', 'Wrong key', '--json');
      expect(statesOf(test)).toEqual({ ...GREEN, openai: 'failed' });
      const file = join(home, 'more.csv');
      writeFileSync(file, 'book_id,title\nBK-9001,One more\n');
      const load = await accession(environment, 'load', file, '--profile', 'Wrong key', '--json');
      expect(load.json.problems.map(({ code }: { code: string }) => code)).toEqual(['embedding.login']);
      expect(load.json.embeddings).toMatchObject({ generated: 0, failed: 1 });
    });
  },
);

interface SecureSchool {
  kafka: Awaited<ReturnType<typeof startSecureKafka>>;
  stop: () => Promise<void>;
}

async function startSchool(): Promise<SecureSchool> {
  const kafka = await startSecureKafka();
  await createTopics(kafka.open, Object.values(DEFAULT_TOPIC_NAMES));
  for (const topic of Object.values(DEFAULT_TOPIC_NAMES))
    for (const principal of ['User:loader', 'User:CN=accession-client']) await kafka.allow(principal, topic);
  return { kafka, stop: kafka.stop };
}

describeWithOwnServer(
  'kafka',
  'a load with --profile of a school that encrypts everything',
  startSchool,
  (server) => {
    const home = mkdtempSync(join(tmpdir(), 'accession-secure-load-'));
    const environment = { ACCESSION_HOME: home };
    const authority = makeAuthority('School authority');
    const write = (name: string, text: string): string => {
      writeFileSync(join(home, name), text);
      return join(home, name);
    };
    let openai: OpenAiStandIn;
    let front: TlsFront;

    /** A production profile over TLS to a database of its own; returns that one's address. */
    async function school(
      name: string,
      kafka: string[],
      secrets: Parameters<typeof enterSecrets>[2],
    ): Promise<string> {
      const url = await productionDatabase(inject('postgresUrl') ?? '');
      const { username, password, pathname } = new URL(url);
      await mustDo(
        environment,
        ...['profiles', 'add', name, '--kind', 'production'],
        ...['--postgres', `postgresql://${username}@localhost:${front.port}${pathname}`, '--tls', 'verify'],
        ...['--password-file', write('password.txt', decodeURIComponent(password) || 'none')],
        ...['--ca', write('ca.pem', authority.certificate)],
        ...[
          '--kafka-tls',
          'verify',
          '--kafka-ca',
          write('kafka-ca.pem', server().kafka.authority.certificate),
        ],
        ...kafka,
        ...['--openai-url', openai.baseUrl, '--data-dir', join(home, name)],
      );
      await enterSecrets(environment, name, { 'openai-api-key': KEY, ...secrets });
      await mustDo(environment, 'db', 'prepare', '--profile', name);
      return url;
    }

    beforeAll(async () => {
      openai = await startOpenAiStandIn({ apiKey: KEY });
      const { port } = new URL(inject('postgresUrl') ?? '');
      front = await startTlsFront(Number(port), authority.issue('localhost', 'DNS:localhost'));
    });
    afterAll(async () => {
      await front?.stop();
      await openai?.stop();
      rmSync(home, { recursive: true, force: true });
    });

    it.each<[string, () => string[], () => Parameters<typeof enterSecrets>[2]]>([
      [
        'Login',
        () => ['--kafka', server().kafka.saslTls, '--kafka-user', 'loader', '--kafka-mechanism', 'plain'],
        () => ({ 'kafka-password': server().kafka.passwordOf('loader') }),
      ],
      [
        'Certificate',
        () => [
          '--kafka',
          server().kafka.mutualTls,
          '--kafka-certificate',
          write('client.pem', server().kafka.client.certificate),
        ],
        () => ({ 'kafka-client-key': server().kafka.client.key }),
      ],
    ])('%s: follows a green test, and delivers all', async (name, kafka, secrets) => {
      const url = await school(name, kafka(), secrets());
      const test = await accession(environment, 'profiles', 'test', name, '--json');
      expect(statesOf(test), test.stdout).toEqual(GREEN);
      const load = await accession(environment, 'load', ...SAMPLE_FILES, '--profile', name, '--json');
      expect(load.code, load.stderr).toBe(3);
      expect(load.json).toMatchObject({ status: 'partial', error: null, problems: [] });
      expect(countsOf(load)).toEqual(expectedCounts());
      expectWholeTerm(await inDatabase(url));
      const { loadId, events } = load.json;
      expect(events).toMatchObject({ pending: 0, dead: 0 });
      expect(await delivered(server().kafka.open, Object.values(DEFAULT_TOPIC_NAMES), loadId)).toBe(
        events.published,
      );
    });

    it.each<[string, string[], Parameters<typeof enterSecrets>[2], string]>([
      [
        'wrong password',
        ['--kafka-user', 'loader', '--kafka-mechanism', 'plain'],
        { 'kafka-password': 'wrong' },
        'events.login',
      ],
    ])(
      'a %s: the test is red, and what the load could not deliver waits',
      async (name, kafka, secrets, code) => {
        await school(name, ['--kafka', server().kafka.saslTls, ...kafka], secrets);
        const test = await accession(environment, 'profiles', 'test', name, '--part', 'kafka', '--json');
        expect(statesOf(test)).toEqual({ kafka: 'failed' });
        const load = await accession(environment, 'load', ...SAMPLE_FILES, '--profile', name, '--json');
        expect(load.json.problems.map((problem: { code: string }) => problem.code)).toContain(code);
        expect(load.json.events).toMatchObject({ published: 0, dead: 0 });
        expect(load.json.events.pending).toBeGreaterThan(100);
      },
    );

    it('an authority that did not sign the certificates: the test is red, and nothing is loaded', async () => {
      const url = await school('Stranger', ['--kafka', server().kafka.tls], {});
      const before = await inDatabase(url);
      const ca = write('other.pem', makeAuthority('Somebody else').certificate);
      await mustDo(environment, 'profiles', 'edit', 'Stranger', '--ca', ca);
      const test = await accession(
        environment,
        'profiles',
        'test',
        'Stranger',
        '--part',
        'postgres',
        '--json',
      );
      expect(statesOf(test)).toEqual({ postgres: 'failed' });
      const load = await accession(environment, 'load', ...SAMPLE_FILES, '--profile', 'Stranger', '--json');
      expect(load.code).toBe(1);
      expect(load.json.error.code).toBe('db.unreachable');
      expect(await inDatabase(url)).toEqual(before);
    });
  },
);
