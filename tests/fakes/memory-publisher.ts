import type { EventMessage, EventPublisher, SendResult } from '../../electron/engine/ports.ts';
import { AppError } from '../../shared/errors.ts';
import { partitionOf } from '../../shared/events/murmur2.ts';

export interface SentMessage extends EventMessage {
  partition: number;
}

export interface MemoryPublisher extends EventPublisher {
  /** Everything acknowledged, in order. */
  readonly sent: readonly SentMessage[];
  /** Calls of `send` so far. */
  sends(): number;
}

export interface MemoryPublisherOptions {
  partitions?: number;
  /** Longer values are refused. */
  maxValueBytes?: number;
  missingTopics?: readonly string[];
  /** Asked before each send; throwing makes it fail. `call` counts from 1. */
  onSend?: (topic: string, messages: readonly EventMessage[], call: number) => void | Promise<void>;
  onPartitions?: (topic: string) => void | Promise<void>;
}

/** A broker in memory that keeps the port's promises. */
export function createMemoryPublisher(options: MemoryPublisherOptions = {}): MemoryPublisher {
  const partitions = options.partitions ?? 3;
  const sent: SentMessage[] = [];
  let calls = 0;
  const find = (topic: string): void => {
    if (options.missingTopics?.includes(topic)) throw missingTopic(topic);
  };
  return {
    sent,
    sends: () => calls,
    partitions: async (topic, signal) => {
      signal.throwIfAborted();
      await options.onPartitions?.(topic);
      find(topic);
      return partitions;
    },
    send: async (topic, messages, signal): Promise<SendResult> => {
      signal.throwIfAborted();
      calls += 1;
      await options.onSend?.(topic, messages, calls);
      signal.throwIfAborted();
      find(topic);
      const refused: { index: number; code: string; message: string }[] = [];
      const held = new Set<string>();
      for (const [index, message] of messages.entries()) {
        if (held.has(message.key)) {
          refused.push({ index, code: 'events.held-back', message: 'Waits behind a refused event.' });
        } else if (message.value.length > (options.maxValueBytes ?? Number.POSITIVE_INFINITY)) {
          held.add(message.key);
          refused.push({ index, code: 'events.refused', message: 'Too large.' });
        } else {
          sent.push({ ...message, topic, partition: partitionOf(message.key, partitions) });
        }
      }
      return { refused };
    },
    close: async () => {},
  };
}

export function missingTopic(topic: string): AppError {
  return new AppError({
    code: 'events.missing-topic',
    message: `The broker has no topic ${topic}.`,
    hint: 'Create the topic.',
  });
}
