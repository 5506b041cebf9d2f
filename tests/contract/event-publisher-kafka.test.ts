import { randomUUID } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { createKafkaPublisher } from '../../electron/adapters/kafka/kafka-publisher.ts';
import { describeWithKafka } from '../services/available.ts';
import { readTopic } from '../services/kafka-topics.ts';
import { eventOf, eventPublisherContract } from './event-publisher.ts';

/** Of the topics of this suite: small, so that a refusal costs little. */
const MAX_MESSAGE_BYTES = 20_000;

describeWithKafka('Kafka', (brokers) => {
  eventPublisherContract('Kafka', async () => {
    const topic = `contract-${randomUUID()}`;
    await createSmallTopic(brokers, topic);
    return {
      publisher: createKafkaPublisher({ brokers: brokers.split(','), clientId: 'accession-contract' }),
      topic,
      partitions: 3,
      read: async () =>
        (await readTopic(brokers, topic)).map(({ partition, key, headers, value }) => ({
          partition,
          key,
          headers,
          value,
        })),
      refusable: (key) => ({
        ...eventOf(topic, key, 0),
        value: JSON.stringify({ filler: 'x'.repeat(MAX_MESSAGE_BYTES) }),
      }),
      missingTopic: `absent-${randomUUID()}`,
      release: async () => {},
    };
  });
});

async function createSmallTopic(brokers: string, topic: string): Promise<void> {
  const admin = new Kafka({
    clientId: 'tests',
    brokers: brokers.split(','),
    logLevel: logLevel.NOTHING,
  }).admin();
  await admin.connect();
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: [
        {
          topic,
          numPartitions: 3,
          replicationFactor: 1,
          configEntries: [{ name: 'max.message.bytes', value: String(MAX_MESSAGE_BYTES) }],
        },
      ],
    });
  } finally {
    await admin.disconnect();
  }
}
