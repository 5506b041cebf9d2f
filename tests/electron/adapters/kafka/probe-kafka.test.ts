import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { describeWithKafka } from '../../../services/available.ts';
import { createTopics } from '../../../services/kafka-topics.ts';
import { freePort } from '../../../services/supervised-process.ts';
import { CANARY, fixOf, onlyProblem } from '../probe-target.ts';
import { kafkaTarget, probeKafka, storedIn, topicsOf } from './probing.ts';

describe('a test of a Kafka that cannot be reached', () => {
  it('says that there is no such host', async () => {
    const findings = await probeKafka(kafkaTarget({ brokers: ['no-such-broker.invalid:9092'] }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'no-such-host',
      message: 'This computer finds no server of the name "no-such-broker.invalid".',
      hint: 'Check the spelling of the host name, and that this computer is in the right network (some schools need a VPN).',
    });
  });

  it('says that the port is closed', async () => {
    const port = await freePort();
    const findings = await probeKafka(kafkaTarget({ brokers: [`127.0.0.1:${port}`] }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'port-closed',
      message: `Nothing answers on port ${port} of "127.0.0.1".`,
      hint: 'Check the port (Kafka usually has 9092, with TLS often 9093 or 9094), that the service is running, and that no firewall closes it.',
    });
  });

  it('says that something else answers there', async () => {
    const server = createServer((socket) =>
      socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      for (const tls of ['off', 'verify'] as const) {
        const findings = await probeKafka(kafkaTarget({ brokers: [`127.0.0.1:${port}`], tls }));
        expect(onlyProblem(findings)).toEqual({
          state: 'failed',
          code: 'wrong-service',
          message: `Something answers at 127.0.0.1:${port}, but not as a Kafka broker does.`,
          hint: 'Check host and port: another program may listen there, or a proxy stands between.',
        });
      }
    } finally {
      server.close();
    }
  });

  it('sends no password in the clear beyond this computer', async () => {
    const findings = await probeKafka(
      kafkaTarget(
        { brokers: ['kafka.school.invalid:9092'], sasl: { mechanism: 'plain', username: 'loader' } },
        { 'kafka-password': CANARY },
      ),
    );
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'login-in-the-clear',
      message:
        'The login for Kafka would send its password unencrypted over the network (SASL PLAIN without TLS).',
      hint: 'Set the encryption of Kafka to "verify", or choose the login SCRAM-SHA-512, which never sends the password itself.',
    });
  });

  it('insists that the brokers of production prove who they are', async () => {
    const findings = await probeKafka(
      kafkaTarget(
        { brokers: ['kafka.school.invalid:9093'], tls: 'encrypt' },
        {},
        { kind: 'production', postgres: { host: 'localhost', database: 'd', user: 'u' } },
      ),
    );
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'tls-forbidden',
      message:
        'The brokers of a production profile must prove who they are, and the profile switches that off for Kafka.',
      hint: 'Set the encryption of Kafka to "verify". Where its certificates come from an authority of your own, put that into the profile.',
    });
  });

  it('says which secret was never entered', async () => {
    const login = await probeKafka(
      kafkaTarget({ brokers: ['127.0.0.1:9092'], sasl: { mechanism: 'plain', username: 'loader' } }),
    );
    expect(onlyProblem(login)).toMatchObject({
      code: 'secret-missing',
      message: 'The profile has a login for Kafka ("loader"), but no password for it.',
    });
    const certificate = await probeKafka(
      kafkaTarget({ brokers: ['127.0.0.1:9092'], tls: 'verify', clientCertificate: 'PEM' }),
    );
    expect(onlyProblem(certificate)).toMatchObject({
      code: 'secret-missing',
      message: 'The profile has a client certificate for Kafka, but not the private key that belongs to it.',
    });
  });
});

describeWithKafka('a test of Kafka', (shared) => {
  const brokers = shared.split(',');

  it('is green where all topics are there, and stores no event', async () => {
    const topics = topicsOf(`probe-${randomUUID()}`);
    await createTopics(shared, Object.values(topics));
    const findings = await probeKafka(kafkaTarget({ brokers, topics }));
    expect(findings).toEqual({
      state: 'ok',
      version: expect.stringMatching(/^Kafka \d+\.\d+$/),
      facts: [
        'Not encrypted: Kafka is on this computer.',
        '1 broker in the cluster',
        `Events may be written to ${Object.values(topics)
          .map((topic) => `${topic} (3 partitions)`)
          .join(', ')}.`,
      ],
      problems: [],
    });
    expect(await storedIn(shared, Object.values(topics))).toBe(0);
  });

  it('names the topics that are missing, and how to make them; makes none itself', async () => {
    const topics = topicsOf(`probe-${randomUUID()}`);
    const { students, checkouts, enrichment, metrics, books } = topics;
    await createTopics(shared, [books, checkouts, enrichment, metrics]);
    const target = kafkaTarget({ brokers, topics });
    const findings = await probeKafka(target);
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'topic-missing',
      message: `Kafka has no topic "${students}".`,
      hint: 'Check the name in the profile; if it is right, give the commands that go with this to whoever runs Kafka. Events wait until the topic is there.',
    });
    expect(fixOf(findings)).toEqual({
      kind: 'commands',
      commands: [
        `kafka-topics.sh --bootstrap-server ${shared} --create --topic ${students} --partitions 3 --replication-factor 1`,
      ],
    });
    expect(onlyProblem(await probeKafka(target)).code).toBe('topic-missing');
  });

  it('tells in yellow of a broker that is away while another one answers', async () => {
    const topics = topicsOf(`probe-${randomUUID()}`);
    await createTopics(shared, Object.values(topics));
    const port = await freePort();
    const findings = await probeKafka(kafkaTarget({ brokers: [`127.0.0.1:${port}`, ...brokers], topics }));
    expect(onlyProblem(findings)).toMatchObject({
      state: 'attention',
      code: 'port-closed',
      message: `Nothing answers on port ${port} of "127.0.0.1".`,
    });
  });

  it('says that the brokers offer no encryption', async () => {
    const findings = await probeKafka(kafkaTarget({ brokers, tls: 'verify' }));
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'tls-not-offered',
      message: `The Kafka broker ${shared} offers no encryption on this port, but the profile asks for it.`,
      hint: 'Use the port on which the broker speaks TLS (often 9093 or 9094), or have whoever runs Kafka switch TLS on.',
    });
  });

  it('says that the brokers take no login on this port', async () => {
    const findings = await probeKafka(
      kafkaTarget(
        { brokers, sasl: { mechanism: 'plain', username: 'loader' } },
        { 'kafka-password': CANARY },
      ),
    );
    expect(onlyProblem(findings)).toEqual({
      state: 'failed',
      code: 'login-mechanism',
      message: `The Kafka brokers ${shared} take no login on this port, but the profile has one.`,
      hint: 'Take the login out of the profile, or use the port that is for logins.',
    });
  });
});
