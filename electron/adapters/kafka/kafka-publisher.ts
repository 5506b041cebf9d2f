import { type Admin, type Kafka, Partitioners, type Producer } from 'kafkajs';
import { AppError } from '../../../shared/errors.ts';
import { partitionOf } from '../../../shared/events/murmur2.ts';
import type { EventMessage, EventPublisher, SendResult } from '../../engine/ports.ts';
import { createKafkaClient, type KafkaOptions } from './kafka-client.ts';
import { refusalOf, toEventsError } from './kafka-errors.ts';

/** All messages of a partition travel as one batch, which a topic refuses beyond 1 MiB by default: half of that leaves room for headers. */
const MAX_SEND_BYTES = 512 * 1024;
/** Measured: 10,000 keyed messages in sends of 500 take half a second, larger sends gain nothing. */
const MAX_SEND_MESSAGES = 500;
/** Key, offsets, lengths and header names around a value. */
const BYTES_AROUND_VALUE = 256;

/**
 * Publishes to Kafka through an idempotent producer, connected at the first call. Topics are never created.
 * Throws settings.invalid for contradictory settings; everything else throws at the first call.
 */
export function createKafkaPublisher(options: KafkaOptions): EventPublisher {
  return new KafkaPublisher(options);
}

/** A message with its place in the caller's list. */
interface Placed {
  index: number;
  message: EventMessage;
}
type Refusal = SendResult['refused'][number];

class KafkaPublisher implements EventPublisher {
  readonly #kafka: Kafka;
  readonly #brokers: string;
  #producer: Promise<Producer> | null = null;
  #admin: Promise<Admin> | null = null;
  /** The send in hand: they go one after another, see #produce. */
  #tail: Promise<unknown> = Promise.resolve();
  #closed = false;
  readonly #leaving = new Set<Promise<void>>();

  constructor(options: KafkaOptions) {
    this.#kafka = createKafkaClient(options);
    this.#brokers = options.brokers.join(', ');
  }

  async partitions(topic: string, signal: AbortSignal): Promise<number> {
    this.#mayStart(signal);
    try {
      const admin = await unlessAborted(this.#connectedAdmin(), signal);
      const metadata = await unlessAborted(admin.fetchTopicMetadata({ topics: [topic] }), signal);
      const found = metadata.topics.find(({ name }) => name === topic)?.partitions.length ?? 0;
      if (found === 0) throw Object.assign(new Error('No metadata'), { type: 'UNKNOWN_TOPIC_OR_PARTITION' });
      return found;
    } catch (thrown) {
      signal.throwIfAborted();
      this.#leave(this.#admin);
      this.#admin = null;
      throw toEventsError(thrown, { topic, brokers: this.#brokers });
    }
  }

  async send(topic: string, messages: readonly EventMessage[], signal: AbortSignal): Promise<SendResult> {
    this.#mayStart(signal);
    const turn = this.#tail.then(() => this.#sendAll(topic, messages, signal));
    this.#tail = turn.catch(() => {});
    return await unlessAborted(turn, signal);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#leave(this.#producer);
    this.#leave(this.#admin);
    this.#producer = null;
    this.#admin = null;
    await Promise.all(this.#leaving);
  }

  #mayStart(signal: AbortSignal): void {
    signal.throwIfAborted();
    if (!this.#closed) return;
    throw new AppError({
      code: 'events.failed',
      message: 'The connection to Kafka is closed already.',
      hint: 'Run the command again.',
    });
  }

  async #sendAll(topic: string, messages: readonly EventMessage[], signal: AbortSignal): Promise<SendResult> {
    const refused: Refusal[] = [];
    const heldKeys = new Set<string>();
    for (const slice of slices(messages.map((message, index) => ({ index, message })))) {
      // A key that never had a refusal travels in the large send; the others wait behind theirs.
      const free = holdBack(slice, heldKeys, refused);
      const refusal = await this.#produce(topic, free, signal);
      if (refusal === null) continue;
      const partitions = await this.partitions(topic, signal);
      const byPartition = Map.groupBy(free, ({ message }) => partitionOf(message.key, partitions));
      for (const own of byPartition.values()) await this.#isolate(topic, own, heldKeys, refused, signal);
    }
    return { refused: refused.sort((a, b) => a.index - b.index) };
  }

  /** Within one partition a send is all or nothing, so that halves may be sent again without repeating anything. */
  async #isolate(
    topic: string,
    batch: readonly Placed[],
    heldKeys: Set<string>,
    refused: Refusal[],
    signal: AbortSignal,
  ): Promise<void> {
    const free = holdBack(batch, heldKeys, refused);
    const refusal = await this.#produce(topic, free, signal);
    if (refusal === null) return;
    const [first] = free;
    if (free.length === 1 && first !== undefined) {
      heldKeys.add(first.message.key);
      refused.push({
        index: first.index,
        code: 'events.refused',
        message: `The event is ${refusal}.`,
      });
      return;
    }
    const middle = Math.ceil(free.length / 2);
    await this.#isolate(topic, free.slice(0, middle), heldKeys, refused, signal);
    await this.#isolate(topic, free.slice(middle), heldKeys, refused, signal);
  }

  /**
   * Null when everything is acknowledged, else why Kafka refuses something in it. A producer that has failed
   * or was abandoned is never used again: kafkajs takes its sequence numbers back, so that another batch of
   * the same size would pass for a repeat of the lost one and vanish without an error. For the same reason
   * sends go one after another.
   */
  async #produce(topic: string, batch: readonly Placed[], signal: AbortSignal): Promise<string | null> {
    signal.throwIfAborted();
    if (batch.length === 0) return null;
    try {
      const producer = await unlessAborted(this.#connectedProducer(), signal);
      const messages = batch.map(({ message }) => ({
        key: message.key,
        value: message.value,
        headers: { ...message.headers },
      }));
      await unlessAborted(producer.send({ topic, messages, acks: -1, timeout: 15_000 }), signal);
      return null;
    } catch (thrown) {
      this.#leave(this.#producer);
      this.#producer = null;
      signal.throwIfAborted();
      const refusal = refusalOf(thrown);
      if (refusal !== null) return refusal;
      throw toEventsError(thrown, { topic, brokers: this.#brokers });
    }
  }

  #connectedProducer(): Promise<Producer> {
    this.#producer ??= (async () => {
      const producer = this.#kafka.producer({
        idempotent: true,
        maxInFlightRequests: 1,
        allowAutoTopicCreation: false,
        createPartitioner: Partitioners.DefaultPartitioner,
      });
      await producer.connect();
      return producer;
    })();
    return this.#producer;
  }

  #connectedAdmin(): Promise<Admin> {
    this.#admin ??= (async () => {
      const admin = this.#kafka.admin();
      await admin.connect();
      return admin;
    })();
    return this.#admin;
  }

  /** Disconnects in the background; `close` waits for it. */
  #leave(client: Promise<Producer | Admin> | null): void {
    if (client === null) return;
    const leaving = client
      .then((connected) => connected.disconnect())
      .catch(() => {})
      .finally(() => this.#leaving.delete(leaving));
    this.#leaving.add(leaving);
  }
}

/** Takes the messages of held keys out and lists them as refused. */
function holdBack(batch: readonly Placed[], heldKeys: ReadonlySet<string>, refused: Refusal[]): Placed[] {
  const free: Placed[] = [];
  for (const placed of batch) {
    if (!heldKeys.has(placed.message.key)) {
      free.push(placed);
      continue;
    }
    refused.push({
      index: placed.index,
      code: 'events.held-back',
      message: 'Waits behind an earlier event of the same key that was refused.',
    });
  }
  return free;
}

function* slices(placed: readonly Placed[]): Generator<Placed[]> {
  let slice: Placed[] = [];
  let bytes = 0;
  for (const one of placed) {
    const own = Buffer.byteLength(one.message.value) + BYTES_AROUND_VALUE;
    if (slice.length > 0 && (slice.length >= MAX_SEND_MESSAGES || bytes + own > MAX_SEND_BYTES)) {
      yield slice;
      slice = [];
      bytes = 0;
    }
    slice.push(one);
    bytes += own;
  }
  if (slice.length > 0) yield slice;
}

/** kafkajs cannot be interrupted: what goes on after an abort ends by itself, unheard. */
function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
