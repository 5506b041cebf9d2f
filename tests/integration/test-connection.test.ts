import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProbeResult } from '../../shared/contract/profile-test.ts';
import { describeWith } from '../services/available.ts';
import { makeAuthority } from '../services/certificates.ts';
import { productionDatabase } from '../services/databases.ts';
import { createTopics, readTopic } from '../services/kafka-topics.ts';
import { type OpenAiStandIn, startOpenAiStandIn } from '../services/openai-stand-in.ts';
import { startPostgres } from '../services/postgres.ts';
import { describeWithOwnServer } from '../services/secure-services.ts';
import { startTlsFront } from '../services/tls-front.ts';
import { accession, type CommandResult } from './command.ts';
import { ownTopics } from './own-topics.ts';

const KEY = 'sk-c4nary-key';
const statesOf = ({ json }: CommandResult): Record<string, string> =>
  Object.fromEntries((json.results as ProbeResult[]).map(({ part, state }) => [part, state]));
const codesOf = ({ json }: CommandResult): string[] =>
  (json.results as ProbeResult[]).flatMap(({ problems }) => problems.map(({ code }) => code));

describeWith(['postgresUrl', 'kafkaBrokers'], 'accession profiles test', ({ postgresUrl, kafkaBrokers }) => {
  let home: string;
  let dataDir: string;
  let environment: Record<string, string>;
  const topics = ownTopics('profiles-test');
  let openai: OpenAiStandIn;
  let url: string;
  let variables: Record<string, string>;
  const test = (...argv: string[]): Promise<CommandResult> =>
    accession(environment, 'profiles', 'test', ...argv);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'accession-profiles-test-'));
    dataDir = join(home, 'data');
    environment = { ACCESSION_HOME: home };
    openai = await startOpenAiStandIn({ apiKey: KEY });
    url = await productionDatabase(postgresUrl);
    await createTopics(kafkaBrokers, Object.values(topics), 3);
    mkdirSync(dataDir);
    variables = {
      ...topics,
      DB_URL: url,
      KAFKA_BROKERS: kafkaBrokers,
      OPENAI_API_KEY: KEY,
      OPENAI_BASE_URL: openai.baseUrl,
      DATA_DIR: dataDir,
      VECTOR_STORE_TYPE: 'faiss',
    };
    const file = join(home, 'old.env');
    writeFileSync(
      file,
      Object.entries(variables)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
    const imported = await accession(
      environment,
      ...['profiles', 'import', file, '--name', 'School', '--kind', 'production', '--json'],
    );
    if (imported.code !== 0) throw new Error(imported.stdout + imported.stderr);
  });
  afterAll(async () => {
    await openai?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it('shows what a profile from an old .env lacks, then every part green, and leaves nothing behind', async () => {
    const before = await test('School', '--json');
    expect(before.code).toBe(1);
    expect(statesOf(before)).toEqual({ postgres: 'failed', kafka: 'ok', openai: 'ok', 'vector-store': 'ok' });
    expect(codesOf(before)).toEqual(['not-prepared']);
    const prepared = await accession(environment, 'db', 'prepare', '--profile', 'School', '--json');
    expect(prepared.code).toBe(0);

    const after = await test('school', '--json');
    expect(after.code).toBe(0);
    expect(statesOf(after)).toEqual({ postgres: 'ok', kafka: 'ok', openai: 'ok', 'vector-store': 'ok' });
    for (const { ms, version } of after.json.results as ProbeResult[]) {
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(version).toMatch(/^(PostgreSQL|Kafka|text-embedding-3-small|faiss-node)/);
    }
    for (const topic of Object.values(topics)) expect(await readTopic(kafkaBrokers, topic)).toEqual([]);
    expect(readdirSync(dataDir)).toEqual([]);
    const password = decodeURIComponent(new URL(url).password);
    for (const { stdout, stderr } of [before, after])
      for (const secret of [password, KEY]) expect(stdout + stderr).not.toContain(secret);
  });

  it('says in words what is broken, and tests the named parts only', async () => {
    openai.fail({ kind: 'quota' });
    const result = await test('School', '--part', 'openai', 'vector-store');
    openai.recover();
    expect(result.code).toBe(1);
    expect(result.stdout).toContain('the account has no credit left');
    expect(result.stdout).toMatch(/✓ index/);
    expect(result.stdout).not.toContain('database');
  });

  it('tests what the environment names where no profile is', async () => {
    const result = await accession(
      { ...environment, ...variables, OPENAI_API_KEY: 'sk-other' },
      'profiles',
      'test',
      '--json',
    );
    expect(result.code).toBe(1);
    expect(statesOf(result)).toEqual({ postgres: 'ok', kafka: 'ok', openai: 'failed', 'vector-store': 'ok' });
    expect(codesOf(result)).toEqual(['login']);
  });

  it('searches the database where the index is in it', async () => {
    const result = await accession(
      { ...environment, ...variables, VECTOR_STORE_TYPE: 'pgvector' },
      ...['profiles', 'test', '--part', 'vector-store', '--json'],
    );
    expect(result.json.results[0].facts).toEqual([
      'A search in the database found nothing, as nothing is loaded yet.',
    ]);
    expect(result.code).toBe(0);
  });

  it('knows no profile of another name', async () => {
    const result = await test('Scool', '--json');
    expect(result.code).toBe(2);
    expect(result.json.error).toMatchObject({
      code: 'profile.unknown',
      message: 'There is no profile "Scool". Did you mean "School"?',
    });
  });
});

interface TlsServer {
  url: string;
  certificate: string;
  stop: () => Promise<void>;
}

async function startTls(): Promise<TlsServer> {
  const authority = makeAuthority('School filter');
  const postgres = await startPostgres();
  const front = await startTlsFront(
    Number(new URL(postgres.url).port),
    authority.issue('localhost', 'DNS:localhost'),
  );
  const url = new URL(postgres.url);
  url.hostname = 'localhost';
  url.port = String(front.port);
  return {
    url: url.toString(),
    certificate: authority.certificate,
    stop: async () => {
      await front.stop();
      await postgres.stop();
    },
  };
}

describeWithOwnServer('postgres', 'the authorities that the system trusts', startTls, (server) => {
  it.skipIf(process.platform !== 'linux')('count for a database, as those of a filter do', async () => {
    const home = mkdtempSync(join(tmpdir(), 'accession-trust-'));
    try {
      // Where OpenSSL, and with it Node on Linux, finds the system's authorities.
      const store = join(home, 'system.pem');
      writeFileSync(store, server().certificate);
      const url = `${server().url}?sslmode=verify-full`;
      const test = (more: Record<string, string>) =>
        accession(
          { ACCESSION_HOME: home, DB_URL: url, ...more },
          ...['profiles', 'test', '--part', 'postgres', '--json'],
        );
      expect(codesOf(await test({}))).toEqual(['unknown-authority']);
      const named = await accession(
        { ACCESSION_HOME: home, DB_URL: `${url}&sslrootcert=${encodeURIComponent(store)}` },
        ...['profiles', 'test', '--part', 'postgres', '--json'],
      );
      expect(named.json.results[0].facts[0]).toBe(
        'Encrypted (TLS), certificate verified by the authority in the profile.',
      );
      const trusted = await test({ SSL_CERT_FILE: store });
      expect(trusted.json.results[0].facts[0]).toBe(
        'Encrypted (TLS), certificate verified by the authorities this computer trusts.',
      );
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
