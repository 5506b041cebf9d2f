import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kafka } from 'kafkajs';
import { kafkaClient, withAdmin } from './kafka-admin.ts';

export interface TopicMessage {
  partition: number;
  /** Decimal, as Kafka counts within the partition. */
  offset: string;
  key: string | null;
  /** Of a header that was sent more than once, the values in their order. */
  headers: Record<string, string | string[]>;
  value: string | null;
}

const KNOWN_WITHIN_MS = 20_000;

/** Makes the topics that do not exist yet, and resolves when they can be written to. */
export async function createTopics(
  brokers: string,
  topics: readonly string[],
  partitions = 3,
  configEntries: { name: string; value: string }[] = [],
): Promise<void> {
  await withAdmin(brokers, async (admin) => {
    await admin.createTopics({
      // It would give up on a busy broker, which does not know yet what it has just been told to make.
      waitForLeaders: false,
      topics: topics.map((topic) => ({
        ...{ topic, numPartitions: partitions, replicationFactor: 1, configEntries },
      })),
    });
    const giveUpAt = Date.now() + KNOWN_WITHIN_MS;
    for (;;) {
      try {
        await admin.fetchTopicMetadata({ topics: [...topics] });
        // A partition has a leader a moment before that leader knows of it.
        for (const topic of topics) await admin.fetchTopicOffsets(topic);
        return;
      } catch (error) {
        if (Date.now() > giveUpAt) throw error;
        await sleep(50);
      }
    }
  });
}

/**
 * Every message that stands in the topic at the moment of the call, ordered by partition, then offset; control
 * records and aborted transactions left out. Rejects when the topic is missing or `timeoutMs` passes.
 */
export async function readTopic(brokers: string, topic: string, timeoutMs = 20_000): Promise<TopicMessage[]> {
  const groupId = `accession-tests-${randomUUID()}`;
  return withAdmin(brokers, async (admin) => {
    /** By partition, the offset up to which it must be read; partitions with nothing in them are left out. */
    const awaited = new Map<number, bigint>();
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
      if (BigInt(high) > BigInt(low)) awaited.set(partition, BigInt(high));
    }
    if (awaited.size === 0) return [];
    const messages = await consume(kafkaClient(brokers), { groupId, topic, awaited, timeoutMs });
    await admin.deleteGroups([groupId]).catch(() => {});
    return messages.sort((a, b) => a.partition - b.partition || Number(BigInt(a.offset) - BigInt(b.offset)));
  });
}

interface Reading {
  groupId: string;
  topic: string;
  awaited: Map<number, bigint>;
  timeoutMs: number;
}

async function consume(
  kafka: Kafka,
  { groupId, topic, awaited, timeoutMs }: Reading,
): Promise<TopicMessage[]> {
  // A fetch in flight delays the disconnect, hence the short wait.
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 50 });
  const messages: TopicMessage[] = [];
  const done = Promise.withResolvers<void>();
  const ends = new Map(awaited);
  // Unlike eachBatch, this event also comes for batches in which nothing but control records was left.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    const end = ends.get(payload.partition);
    if (end !== undefined && BigInt(payload.lastOffset) >= end - 1n) ends.delete(payload.partition);
    if (ends.size === 0) done.resolve();
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) done.reject(payload.error);
  });
  const timer = setTimeout(() => {
    done.reject(new Error(`Reading ${topic} to its end took longer than ${timeoutMs} ms.`));
  }, timeoutMs);
  try {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: async ({ batch }) => {
        for (const { offset, key, value, headers } of batch.messages) {
          // What arrived after the call does not belong to the answer.
          if (BigInt(offset) >= (awaited.get(batch.partition) ?? 0n)) continue;
          messages.push({
            partition: batch.partition,
            offset,
            key: key?.toString() ?? null,
            headers: Object.fromEntries(
              Object.entries(headers ?? {}).map(([name, held]) => [name, text(held)]),
            ),
            value: value?.toString() ?? null,
          });
        }
      },
    });
    await done.promise;
    return messages;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}

function text(held: Buffer | string | (Buffer | string)[] | undefined): string | string[] {
  return Array.isArray(held) ? held.map(String) : String(held ?? '');
}
