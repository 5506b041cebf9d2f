import { randomUUID } from 'node:crypto';
import { createKafkaPublisher } from '../../electron/adapters/kafka/kafka-publisher.ts';
import { describeWithKafka } from '../services/available.ts';
import { createTopics, readTopic } from '../services/kafka-topics.ts';
import { eventOf, eventPublisherContract } from './event-publisher.ts';

/** Of the topics of this suite: small, so that a refusal costs little. */
const MAX_MESSAGE_BYTES = 20_000;
const SMALL = [{ name: 'max.message.bytes', value: String(MAX_MESSAGE_BYTES) }];

describeWithKafka('Kafka', (brokers) => {
  eventPublisherContract('Kafka', async () => {
    const topic = `contract-${randomUUID()}`;
    await createTopics(brokers, [topic], 3, SMALL);
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
