import { Partitioners } from 'kafkajs';
import { expect, test } from 'vitest';
import { murmur2, partitionOf } from '../../../shared/events/murmur2.ts';

const kafkajsPartition = (key: string, partitions: number): number =>
  Partitioners.DefaultPartitioner()({
    topic: 't',
    message: { key, value: '' },
    partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({
      partitionErrorCode: 0,
      partitionId,
      leader: 1,
      replicas: [1],
      isr: [1],
      offlineReplicas: [],
    })),
  });

/** From the tests of Kafka's own Utils.murmur2 (UtilsTest). */
test.each([
  ['21', -973932308],
  ['foobar', -790332482],
  ['a-little-bit-long-string', -985981536],
  ['a-little-bit-longer-string', -1486304829],
  ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
])('%s hashes as in Kafka', (text, hash) => {
  expect(murmur2(new TextEncoder().encode(text))).toBe(hash);
});

test('ids of every length and script fall into the partition kafkajs chooses', () => {
  const alphabets = ['B0123456789', 'áñüßøœ', '日本語図書館', '😀🦊📚', 'ab-é語🦊'];
  let seed = 42;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let n = 0; n < 2_000; n += 1) {
    const letters = [...(alphabets[n % alphabets.length] ?? '')];
    const key = Array.from({ length: n % 24 }, () => letters[next(letters.length)]).join('');
    const partitions = 1 + next(32);
    expect([key, partitionOf(key, partitions)]).toEqual([key, kafkajsPartition(key, partitions)]);
  }
});
