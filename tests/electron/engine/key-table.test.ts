import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyTable } from '../../../electron/engine/key-table.ts';

/** Words that often meet: in one word, in two, and in their last bits, which choose the slot. */
const word = fc.oneof(fc.constantFrom(0, 1, 16, 17, 0x8000_0000, 0xffff_ffff), fc.nat(40));
const key = fc.tuple(word, word, word);
type Key = [a: number, b: number, c: number];

const name = (words: readonly number[]): string => words.join(' ');

describe('a table of keys', () => {
  it('is what a Map is, however much it grows', () => {
    const operations = fc.array(fc.record({ key, value: fc.nat(1_000), write: fc.boolean() }), {
      maxLength: 400,
      size: 'max',
    });
    fc.assert(
      fc.property(fc.nat(30), operations, (expected, all) => {
        const table = new KeyTable(expected);
        const model = new Map<string, { key: Key; value: number }>();
        for (const { key: words, value, write } of all) {
          const before = model.get(name(words))?.value ?? -1;
          if (write) {
            expect(table.set(...words, value)).toBe(before);
            model.set(name(words), { key: words, value });
          }
          const after = write ? value : before;
          expect([table.get(...words), table.has(...words)]).toEqual([after, after !== -1]);
        }
        expect(table.size).toBe(model.size);
        const entries = [...table.entries()].map((entry) => entry.join(' ')).toSorted();
        expect(entries).toEqual([...model.values()].map((one) => `${name(one.key)} ${one.value}`).toSorted());
      }),
      { numRuns: 300 },
    );
  });

  it('keeps every one of 100,000 keys that were not expected', () => {
    const table = new KeyTable(0);
    const mixed = (i: number): Key => [Math.imul(i, 0x9e37_79b1) >>> 0, i, i % 7];
    for (let i = 0; i < 100_000; i += 1) expect(table.set(...mixed(i), i)).toBe(-1);
    expect(table.size).toBe(100_000);
    for (let i = 0; i < 100_000; i += 1) if (table.get(...mixed(i)) !== i) expect.fail(`key ${i} is lost`);
    expect(table.get(...mixed(100_001))).toBe(-1);
  });

  it('takes words as they come from bit operations, negative, for the same keys', () => {
    const table = new KeyTable(4);
    table.set(-1, -2, -3, 5);
    expect(table.get(0xffff_ffff, 0xffff_fffe, 0xffff_fffd)).toBe(5);
    expect(table.set(0xffff_ffff, 0xffff_fffe, 0xffff_fffd, 6)).toBe(5);
    expect([...table.entries()]).toEqual([[0xffff_ffff, 0xffff_fffe, 0xffff_fffd, 6]]);
  });

  it('names the first words of its keys while they are few', () => {
    const table = new KeyTable(8);
    expect(table.firstWords()).toEqual([]);
    for (const a of [40, 10, 20, 30]) table.set(a, 1, 1, 0);
    expect(table.firstWords()?.toSorted()).toEqual([10, 20, 30, 40]);
    table.set(50, 1, 1, 0);
    expect(table.firstWords()).toBeNull();
  });
});
