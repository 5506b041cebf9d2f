import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Partitioners } from 'kafkajs';
import pg from 'pg';
import { expect, test, vi } from 'vitest';
import { describeWithKafka, describeWithPostgres, describeWithPython } from './available.ts';
import { cloneDatabase, dropDatabase, productionDatabase } from './databases.ts';
import { kafkaClient } from './kafka-admin.ts';
import { createTopics, readTopic } from './kafka-topics.ts';
import { SERVICES_SOURCE } from './locations.mjs';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describeWithPostgres('Postgres', (postgresUrl) => {
  test('answers, and can be given the vector extension', async () => {
    const url = await cloneDatabase(postgresUrl);
    await query(url, 'CREATE EXTENSION vector');
    const [found] = await query(
      url,
      `SELECT current_setting('server_version_num')::int AS version, '[1,2]'::vector <-> '[1,0]' AS distance`,
    );
    expect(found?.version).toBeGreaterThanOrEqual(160_000);
    expect(found?.distance).toBe(2);
    await dropDatabase(url);
    await expect(query(url, 'SELECT 1')).rejects.toMatchObject({ code: '3D000' });
  });

  test('each clone is a database of its own with what its original held', async () => {
    const original = await cloneDatabase(postgresUrl);
    await query(original, 'CREATE TABLE shelf AS SELECT 1 AS n');
    const [first, second] = await Promise.all([cloneDatabase(original), cloneDatabase(original)]);
    await query(first, 'INSERT INTO shelf VALUES (2)');
    expect(await query(first, 'SELECT n FROM shelf ORDER BY n')).toEqual([{ n: 1 }, { n: 2 }]);
    expect(await query(second, 'SELECT n FROM shelf')).toEqual([{ n: 1 }]);
  });

  test('the production schema is that of the recommendation engine', async () => {
    const [url, other] = await Promise.all([
      productionDatabase(postgresUrl),
      productionDatabase(postgresUrl),
    ]);
    expect(other).not.toBe(url);
    const columns = await query(
      url,
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'students'::regclass AND attnum > 0 ORDER BY attnum`,
    );
    expect(columns[6]).toEqual({ name: 'content_hash' });
    const indexes = await query(
      url,
      `SELECT indexdef FROM pg_indexes WHERE tablename = 'book_embeddings' AND indexdef LIKE '%vector_cosine_ops%'`,
    );
    expect(indexes).toHaveLength(1);
    const references = await query(
      url,
      `SELECT conrelid::regclass::text AS table FROM pg_constraint
        WHERE contype = 'f' AND confrelid = 'catalog'::regclass ORDER BY 1`,
    );
    expect(references.map(({ table }) => table)).toEqual([
      'book_embeddings',
      'book_metadata_enrichment',
      'checkout',
      'enrichment_requests',
      'feedback',
      'recommendation_history',
    ]);
  });
});

describeWithKafka('Kafka', (kafkaBrokers) => {
  const producerOf = () =>
    kafkaClient(kafkaBrokers).producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      transactionalId: `smoke-${process.pid}`,
      maxInFlightRequests: 1,
      idempotent: true,
      retry: { initialRetryTime: 20 },
    });

  test('keeps keyed messages in three partitions, and all of them can be read back', async () => {
    const topic = `smoke-${process.pid}`;
    await createTopics(kafkaBrokers, [topic]);
    expect(await readTopic(kafkaBrokers, topic)).toEqual([]);
    const producer = producerOf();
    await producer.connect();
    // Five keys that reach all three partitions, one of them twice.
    const keys = ['B1', 'B2', 'B3', 'B4', 'B5', 'B1'];
    await producer.send({
      topic,
      messages: keys.map((key, n) => ({ key, value: `{"n":${n}}`, headers: { id: `id-${n}` } })),
    });
    const messages = await readTopic(kafkaBrokers, topic);
    expect(messages).toHaveLength(6);
    expect(messages).toContainEqual({
      partition: messages.find(({ key }) => key === 'B1')?.partition,
      offset: expect.any(String),
      key: 'B1',
      headers: { id: 'id-5' },
      value: '{"n":5}',
    });
    expect(new Set(messages.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
    const ofB1 = messages.filter(({ key }) => key === 'B1');
    expect(ofB1.map(({ value }) => value)).toEqual(['{"n":0}', '{"n":5}']);
    expect(new Set(ofB1.map(({ partition }) => partition)).size).toBe(1);

    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ key: 'B9', value: 'taken back' }] });
    await transaction.abort();
    await producer.disconnect();
    expect(await readTopic(kafkaBrokers, topic)).toEqual(messages);
  });

  test('makes no topic by itself', async () => {
    await expect(readTopic(kafkaBrokers, `missing-${process.pid}`)).rejects.toThrow();
  });
});

describeWithPython('Python', (pythonBin) => {
  test('has the libraries with which the workers read our index', async () => {
    const program = `import faiss, filelock
from langchain_community.vectorstores import FAISS
print(callable(FAISS.load_local), faiss.IndexFlatL2(4).d)`;
    const { stdout } = await promisify(execFile)(pythonBin, ['-W', 'ignore', '-c', program]);
    expect(stdout.trim()).toBe('True 4');
  }, 30_000);
});

/** Starts a Postgres or Kafka in another process, which is then killed without a chance to clean up. */
async function startedElsewhere(program: string): Promise<{ address: string; kill: () => void }> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (bytes: Buffer) => resolve(bytes.toString().trim()));
    child.on('close', () => reject(new Error('It ended before it said where its server is.')));
  });
  return { address, kill: () => child.kill('SIGKILL') };
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.on('error', () => resolve(false));
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

describeWithPostgres('A started server', () => {
  test('ends, and its folder goes, when the test run is killed', async () => {
    const module = JSON.stringify(join(SERVICES_SOURCE, 'postgres.ts'));
    const { address, kill } = await startedElsewhere(`
      import pg from 'pg';
      const { startPostgres } = await import(${module});
      const { url } = await startPostgres();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query('SHOW data_directory');
      console.log(url + ' ' + rows[0].data_directory);`);
    const [url = '', dataDir = ''] = address.split(' ');
    const port = Number(new URL(url).port);
    expect(await accepts(port)).toBe(true);
    expect(existsSync(dataDir)).toBe(true);
    kill();
    await vi.waitFor(
      async () => {
        expect(await accepts(port)).toBe(false);
        expect(existsSync(dataDir)).toBe(false);
      },
      { timeout: 20_000, interval: 50 },
    );
  }, 60_000);
});
