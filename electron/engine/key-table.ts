import { KEY_WORDS } from '../../shared/records/key-hash.ts';

const NONE = -1;
/** Up to so many, comparing is faster than looking up. */
const FEW_KEYS = 4;

/** Hashed keys to numbers, in typed arrays: a million keys take 34 MB where a Map of strings takes 120. */
export class KeyTable {
  #mask: number;
  #keys: Uint32Array;
  #values: Int32Array;
  #size = 0;

  /** `expected` keys fit without growing. */
  constructor(expected: number) {
    const slots = 2 ** Math.max(4, Math.ceil(Math.log2(Math.max(1, expected) * 1.5)));
    this.#mask = slots - 1;
    this.#keys = new Uint32Array(slots * KEY_WORDS);
    this.#values = new Int32Array(slots).fill(NONE);
  }

  get size(): number {
    return this.#size;
  }

  /** The number under this key, or -1. */
  get(a: number, b: number, c: number): number {
    return this.#values[this.#slot(a, b, c)] ?? NONE;
  }

  has(a: number, b: number, c: number): boolean {
    return this.get(a, b, c) !== NONE;
  }

  /** `value` is 0 or more. Returns the number that stood there before, or -1. */
  set(a: number, b: number, c: number, value: number): number {
    const slot = this.#slot(a, b, c);
    const before = this.#values[slot] ?? NONE;
    this.#values[slot] = value;
    if (before !== NONE) return before;
    this.#keys[slot * KEY_WORDS] = a;
    this.#keys[slot * KEY_WORDS + 1] = b;
    this.#keys[slot * KEY_WORDS + 2] = c;
    this.#size += 1;
    if (this.#size * 1.4 > this.#mask) this.#grow();
    return NONE;
  }

  /** The first words of all keys where they are few enough to be compared one by one; else null. */
  firstWords(): readonly number[] | null {
    if (this.#size > FEW_KEYS) return null;
    return [...this.entries()].map(([a]) => a);
  }

  *entries(): Generator<[a: number, b: number, c: number, value: number]> {
    for (let slot = 0; slot <= this.#mask; slot += 1) {
      const value = this.#values[slot] ?? NONE;
      if (value !== NONE) yield [this.#word(slot, 0), this.#word(slot, 1), this.#word(slot, 2), value];
    }
  }

  #word(slot: number, word: number): number {
    return this.#keys[slot * KEY_WORDS + word] ?? 0;
  }

  /** Linear probing: the slot that holds the key, or the free one where it belongs. */
  #slot(a: number, b: number, c: number): number {
    let slot = a & this.#mask;
    while (this.#values[slot] !== NONE) {
      const at = slot * KEY_WORDS;
      if (this.#keys[at] === a >>> 0 && this.#keys[at + 1] === b >>> 0 && this.#keys[at + 2] === c >>> 0)
        return slot;
      slot = (slot + 1) & this.#mask;
    }
    return slot;
  }

  #grow(): void {
    const bigger = new KeyTable(this.#size * 2);
    for (const [a, b, c, value] of this.entries()) bigger.set(a, b, c, value);
    this.#mask = bigger.#mask;
    this.#keys = bigger.#keys;
    this.#values = bigger.#values;
  }
}
