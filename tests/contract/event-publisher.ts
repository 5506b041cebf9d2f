import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventMessage, EventPublisher } from '../../electron/engine/ports.ts';
import { partitionOf } from '../../shared/events/murmur2.ts';

export interface PublishedMessage {
  partition: number;
  key: string | null;
  headers: Record<string, unknown>;
  /** JSON text. */
  value: string | null;
}

export interface PublisherUnderTest {
  publisher: EventPublisher;
  /** An existing topic of this test's own. */
  topic: string;
  partitions: number;
  /** Everything in the topic, in order within each partition. */
  read: () => Promise<PublishedMessage[]>;
  /** A message of this key that is refused. */
  refusable: (key: string) => EventMessage;
  /** A topic that does not exist; null where every topic does. */
  missingTopic: string | null;
  release: () => Promise<void>;
}

export function eventOf(topic: string, key: string, n: number): EventMessage {
  return {
    topic,
    key,
    headers: { id: `id-${key}-${n}`, correlation_id: 'c-1', load_id: 'l-1' },
    value: JSON.stringify({ event_type: 'student_updated', student_id: key, n }),
  };
}

const live = new AbortController().signal;

/** The promises of the EventPublisher port, for every implementation of it. */
export function eventPublisherContract(name: string, start: () => Promise<PublisherUnderTest>): void {
  describe(`EventPublisher: ${name}`, () => {
    let under: PublisherUnderTest;
    beforeEach(async () => {
      under = await start();
    });
    afterEach(async () => {
      await under.publisher.close();
      await under.release();
    });

    test('knows the number of partitions of a topic', async () => {
      expect(await under.publisher.partitions(under.topic, live)).toBe(under.partitions);
    });

    test('what is sent arrives with its key, headers and value, in the partition of its key', async () => {
      const { publisher, topic } = under;
      const sent = ['S1', 'S2', 'Zoë 🦊', 'S4'].map((key, n) => eventOf(topic, key, n));
      expect(await publisher.send(topic, sent, live)).toEqual({ refused: [] });
      const found = await under.read();
      const expected = sent.map(({ key, headers, value }) => ({
        partition: partitionOf(key, under.partitions),
        key,
        headers,
        value,
      }));
      expect(byKey(found)).toEqual(byKey(expected));
    });

    test('messages of one key keep their order over several sends', async () => {
      const { publisher, topic } = under;
      for (const from of [0, 3, 6]) {
        const three = [0, 1, 2].map((n) => eventOf(topic, 'S1', from + n));
        await publisher.send(topic, [...three, eventOf(topic, `other-${from}`, 0)], live);
      }
      const own = (await under.read()).filter(({ key }) => key === 'S1');
      expect(own.map(({ value }) => JSON.parse(value ?? '').n)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    });

    test('sends that overlap lose nothing', async () => {
      const { publisher, topic } = under;
      const sends = Array.from({ length: 8 }, (_, n) =>
        publisher.send(
          topic,
          [0, 1, 2].map((m) => eventOf(topic, `k${n}`, m)),
          live,
        ),
      );
      await Promise.all(sends);
      expect(await under.read()).toHaveLength(24);
    });

    test('a refused message is named, and holds back those of its key but no others', async () => {
      const { publisher, topic } = under;
      const messages = [
        eventOf(topic, 'before', 0),
        under.refusable('bad'),
        eventOf(topic, 'after', 0),
        eventOf(topic, 'bad', 1),
      ];
      const { refused } = await publisher.send(topic, messages, live);
      expect(refused.map(({ index, code }) => [index, code])).toEqual([
        [1, 'events.refused'],
        [3, 'events.held-back'],
      ]);
      const keys = new Set((await under.read()).map(({ key }) => key));
      expect(keys).toEqual(new Set(['before', 'after']));
    });

    test('after a refusal further sends arrive', async () => {
      const { publisher, topic } = under;
      await publisher.send(topic, [under.refusable('bad'), eventOf(topic, 'a', 0)], live);
      await publisher.send(topic, [eventOf(topic, 'b', 0), eventOf(topic, 'b', 1)], live);
      const own = (await under.read()).filter(({ key }) => key === 'b');
      expect(own.map(({ value }) => JSON.parse(value ?? '').n)).toEqual([0, 1]);
    });

    test('a missing topic is an error of the topic, not of a message', async () => {
      const { publisher, missingTopic } = under;
      if (missingTopic === null) {
        expect(await publisher.partitions('any-name', live)).toBe(1);
        return;
      }
      const error = { code: 'events.missing-topic', message: expect.stringContaining(missingTopic) };
      await expect(publisher.partitions(missingTopic, live)).rejects.toMatchObject(error);
      await expect(publisher.send(missingTopic, [eventOf(missingTopic, 'k', 0)], live)).rejects.toMatchObject(
        error,
      );
      expect(await publisher.send(under.topic, [eventOf(under.topic, 'k', 0)], live)).toEqual({
        refused: [],
      });
    });

    test('an aborted call rejects with the reason and sends nothing', async () => {
      const { publisher, topic } = under;
      const aborted = AbortSignal.abort(new Error('asked to stop'));
      await expect(publisher.partitions(topic, aborted)).rejects.toThrow('asked to stop');
      await expect(publisher.send(topic, [eventOf(topic, 'k', 0)], aborted)).rejects.toThrow('asked to stop');
      expect(await under.read()).toEqual([]);
    });

    test('an abort in the middle of a send ends the call, and the next send arrives', async () => {
      const { publisher, topic } = under;
      const stop = new AbortController();
      const many = Array.from({ length: 3_000 }, (_, n) => eventOf(topic, `k${n % 50}`, n));
      const send = publisher.send(topic, many, stop.signal).catch((thrown: unknown) => thrown);
      stop.abort(new Error('asked to stop'));
      expect(await send).toMatchObject({ message: 'asked to stop' });
      await publisher.send(topic, [eventOf(topic, 'last', 1)], live);
      expect((await under.read()).filter(({ key }) => key === 'last')).toHaveLength(1);
    });
  });
}

function byKey<T extends { key: string | null }>(messages: readonly T[]): T[] {
  return messages.toSorted((a, b) => String(a.key).localeCompare(String(b.key)));
}
