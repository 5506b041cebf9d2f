import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashKey, KEY_WORDS } from '../../../shared/records/key-hash.ts';

function wordsOf(text: string): number[] {
  const words = new Uint32Array(KEY_WORDS);
  hashKey(text, words, 0);
  return [...words];
}

/** Keys as schools have them: running numbers, with and without zeros in front, and checkouts made of them. */
const KEYS: Record<string, string[]> = {
  'running numbers': Array.from({ length: 200_000 }, (_, i) => String(i)),
  'numbers with zeros and a letter': Array.from(
    { length: 200_000 },
    (_, i) => `B${String(i).padStart(7, '0')}`,
  ),
  'checkouts of 500 students': Array.from(
    { length: 200_000 },
    (_, i) =>
      `S${i % 500}\u001fB${Math.floor(i / 500)}\u001f2026-09-${String(1 + (i % 28)).padStart(2, '0')}`,
  ),
  'texts of one character': Array.from({ length: 2_000 }, (_, i) => '0'.repeat(i)),
};

describe('the hash of a key', () => {
  it('is the same for the same text, wherever it is written, and touches nothing beside it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(5), (text, at) => {
        const words = new Uint32Array(at + KEY_WORDS + 2).fill(7);
        hashKey([...text].join(''), words, at);
        expect([...words]).toEqual([...new Array(at).fill(7), ...wordsOf(text), 7, 7]);
      }),
    );
  });

  it('tells texts apart', () => {
    const text = fc.string({
      unit: fc.constantFrom('0', '1', 'B', '\0', '\u001f', 'é', '\ud83d'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        fc.pre(a !== b);
        expect(wordsOf(a)).not.toEqual(wordsOf(b));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(Object.entries(KEYS))(
    'never meets among %s, and each word is as good as a random number',
    (_, keys) => {
      const hashed = keys.map(wordsOf);
      expect(new Set(hashed.map((words) => words.join(' '))).size).toBe(keys.length);
      for (let word = 0; word < KEY_WORDS; word += 1) {
        const distinct = new Set(hashed.map((words) => words[word])).size;
        // By chance about n² / 2^33 pairs meet in 32 bits: 5 of 200,000.
        expect(keys.length - distinct).toBeLessThan(25);
      }
    },
  );

  it.each(Object.entries(KEYS))('spreads %s evenly over the slots of a table', (_, keys) => {
    const slots = 256;
    const counts = new Array<number>(slots).fill(0);
    for (const key of keys) {
      const slot = (wordsOf(key)[0] ?? 0) % slots;
      counts[slot] = (counts[slot] ?? 0) + 1;
    }
    const expected = keys.length / slots;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 255 degrees of freedom: mean 255, standard deviation 22.6. Seven of those are no accident.
    expect(chiSquare).toBeLessThan(255 + 7 * 22.6);
  });

  it.each([
    ['first', 'B', 'C', ''],
    ['last', '', '', 'XY'],
  ])(
    'turns each of its bits over in about half of the cases where the %s character changes',
    (_, from, to, ends) => {
      const pairs = 4_000;
      const turned = new Array<number>(KEY_WORDS * 32).fill(0);
      for (let i = 0; i < pairs; i += 1) {
        const [a, b] = [
          wordsOf(`${from}${1_000_000 + i}${ends.slice(0, 1)}`),
          wordsOf(`${to}${1_000_000 + i}${ends.slice(1)}`),
        ];
        for (const [bit, count] of turned.entries()) {
          const word = bit >> 5;
          turned[bit] = count + ((((a[word] ?? 0) ^ (b[word] ?? 0)) >>> (bit & 31)) & 1);
        }
      }
      // A fair coin gives 2,000 of 4,000 with a standard deviation of 32.
      expect(turned.filter((count) => Math.abs(count - pairs / 2) > 6 * 32)).toEqual([]);
    },
  );
});
