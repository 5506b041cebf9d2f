import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { KafkaOptions } from '../../../../electron/adapters/kafka/kafka-client.ts';
import { createKafkaPublisher } from '../../../../electron/adapters/kafka/kafka-publisher.ts';
import { eventOf } from '../../../contract/event-publisher.ts';
import { describeWithKafka } from '../../../services/available.ts';
import { createTopics, readTopic } from '../../../services/kafka-topics.ts';

const live = new AbortController().signal;
const sasl = { mechanism: 'plain', username: 'accession', password: 'a-secret-word' } as const;
const options = (more: Partial<KafkaOptions>): KafkaOptions => ({
  brokers: ['127.0.0.1:9'],
  clientId: 'test',
  ...more,
});

describe('settings', () => {
  test.each([
    [
      'a password in the clear over the network',
      { brokers: ['kafka.school.example:9092'], security: 'sasl_plaintext', sasl },
    ],
    [
      'a password in the clear to one broker of several',
      { brokers: ['localhost:9092', '10.0.0.7:9092'], security: 'sasl_plaintext', sasl },
    ],
    ['a login that is missing', { security: 'sasl_ssl' }],
    ['a login that is not used', { security: 'ssl', sasl }],
  ] as const)('%s is refused before any connection', (_, more) => {
    expect(() => createKafkaPublisher(options(more))).toThrow(
      expect.objectContaining({
        code: 'settings.invalid',
        message: expect.not.stringContaining('a-secret-word'),
      }),
    );
  });

  test.each([
    ['PLAIN with TLS', { brokers: ['kafka.school.example:9092'], security: 'sasl_ssl', sasl }],
    [
      'PLAIN on this machine',
      { brokers: ['localhost:9092', '[::1]:9092', '127.0.0.1:9092'], security: 'sasl_plaintext', sasl },
    ],
    [
      'SCRAM without TLS',
      {
        brokers: ['kafka.school.example:9092'],
        security: 'sasl_plaintext',
        sasl: { ...sasl, mechanism: 'scram-sha-512' },
      },
    ],
  ] as const)('%s is accepted', (_, more) => {
    expect(() => createKafkaPublisher(options(more))).not.toThrow();
  });
});

test('brokers that do not answer are unreachable, and named', async () => {
  const publisher = createKafkaPublisher(options({}));
  const error = {
    code: 'events.unreachable',
    retryable: true,
    message: expect.stringContaining('127.0.0.1:9'),
  };
  await expect(publisher.partitions('t', live)).rejects.toMatchObject(error);
  await expect(publisher.send('t', [eventOf('t', 'k', 0)], live)).rejects.toMatchObject(error);
  await publisher.close();
});

test('an abort ends a call to a broker that accepts and says nothing', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const publisher = createKafkaPublisher(options({ brokers: [`127.0.0.1:${port}`] }));
  const stop = new AbortController();
  server.on('connection', (socket) => {
    socket.on('error', () => {});
    socket.once('data', () => stop.abort(new Error('asked to stop')));
  });
  await expect(publisher.send('t', [eventOf('t', 'k', 0)], stop.signal)).rejects.toThrow('asked to stop');
  server.close();
});

test('a closed publisher sends no more', async () => {
  const publisher = createKafkaPublisher(options({}));
  await publisher.close();
  await expect(publisher.send('t', [eventOf('t', 'k', 0)], live)).rejects.toMatchObject({
    code: 'events.failed',
  });
});

describeWithKafka('a real broker', (brokers) => {
  const connect = () => createKafkaPublisher({ brokers: brokers.split(','), clientId: 'test' });

  test('ten thousand messages arrive once, in the order of their keys', async () => {
    const topic = `many-${randomUUID()}`;
    await createTopics(brokers, [topic], 5);
    const publisher = connect();
    const messages = Array.from({ length: 10_000 }, (_, n) => eventOf(topic, `S${n % 97}`, n));
    expect(await publisher.send(topic, messages, live)).toEqual({ refused: [] });
    await publisher.close();
    const found = await readTopic(brokers, topic);
    expect(found).toHaveLength(10_000);
    const last = new Map<string | null, number>();
    for (const { key, value } of found) {
      const { n } = JSON.parse(value ?? '');
      expect(n).toBeGreaterThan(last.get(key) ?? -1);
      last.set(key, n);
    }
  });

  test('messages that are large together but small alone are not refused', async () => {
    const topic = `large-${randomUUID()}`;
    await createTopics(brokers, [topic], 1);
    const publisher = connect();
    const messages = Array.from({ length: 40 }, (_, n) => ({
      ...eventOf(topic, `k${n}`, n),
      value: JSON.stringify({ n, filler: 'x'.repeat(100_000) }),
    }));
    expect(await publisher.send(topic, messages, live)).toEqual({ refused: [] });
    await publisher.close();
    expect(await readTopic(brokers, topic)).toHaveLength(40);
  });

  test('a message beyond the limit of the broker itself is refused alone', async () => {
    const topic = `huge-${randomUUID()}`;
    await createTopics(brokers, [topic], 3);
    const publisher = connect();
    const huge = { ...eventOf(topic, 'huge', 0), value: JSON.stringify('x'.repeat(2_000_000)) };
    const messages = [eventOf(topic, 'a', 0), huge, eventOf(topic, 'b', 0)];
    const { refused } = await publisher.send(topic, messages, live);
    expect(refused).toMatchObject([{ index: 1, code: 'events.refused' }]);
    expect(refused[0]?.message).not.toContain('xxx');
    await publisher.close();
    expect((await readTopic(brokers, topic)).map(({ key }) => key).sort()).toEqual(['a', 'b']);
  });

  test('a login that the broker does not know of is an error, not a hang', async () => {
    const publisher = createKafkaPublisher({
      brokers: brokers.split(','),
      clientId: 'test',
      security: 'sasl_plaintext',
      sasl,
    });
    const error = await publisher.partitions('t', live).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: expect.stringMatching(/^events\.(login|unreachable)$/) });
    expect(String(error)).not.toContain('a-secret-word');
    await publisher.close();
  });

  test('a program that publishes prints nothing and ends by itself', async () => {
    const topic = `quiet-${randomUUID()}`;
    await createTopics(brokers, [topic], 3);
    const program = `
      const { createKafkaPublisher } = await import(process.argv[1]);
      const signal = new AbortController().signal;
      const publisher = createKafkaPublisher({ brokers: [process.argv[2]], clientId: 'quiet' });
      const message = { topic: process.argv[3], key: 'k', headers: {}, value: '{}' };
      await publisher.partitions(process.argv[3], signal);
      await publisher.send(process.argv[3], [message], signal);
      await publisher.send('absent', [message], signal).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
      await publisher.close();`;
    const module = fileURLToPath(
      new URL('../../../../electron/adapters/kafka/kafka-publisher.ts', import.meta.url),
    );
    const child = spawn(process.execPath, ['--input-type=module', '-e', program, module, brokers, topic]);
    const [stdout, stderr, code] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      new Promise((resolve) => child.on('exit', resolve)),
    ]);
    expect({ stdout, stderr, code }).toEqual({ stdout: '', stderr: '', code: 0 });
    expect(await readTopic(brokers, topic)).toHaveLength(1);
  });
});
