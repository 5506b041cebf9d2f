/** Numbers that look random and are the same wherever and whenever they are drawn from the same place. */
export interface SeededRandom {
  /** A whole number from 0 to `limit` − 1; `limit` is at most 2³². */
  below(limit: number): number;
  /** True in `percent` of a hundred cases. */
  chance(percent: number): boolean;
  /** One member of a list that is not empty. */
  pick<T>(members: readonly [T, ...T[]]): T;
}

/** 2³² divided by the golden ratio, made odd: steps of this size visit every 32-bit number once (Knuth, TAOCP 6.4). */
const GOLDEN_STEP = 0x9e3779b9;

/**
 * The stream numbered `stream` of a seed. Streams do not depend on each other, so that any row of a file can be
 * made without the rows before it.
 */
export function seededRandom(seed: number, stream: number): SeededRandom {
  let state = scrambled(seed ^ scrambled(stream + GOLDEN_STEP));
  const next = (): number => {
    state = (state + GOLDEN_STEP) | 0;
    return scrambled(state);
  };
  const below = (limit: number): number => Math.floor((next() / 2 ** 32) * limit);
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (members) => members[below(members.length)] ?? members[0],
  };
}

/** The 32-bit finaliser of MurmurHash3 (Austin Appleby, public domain): each bit of the input sways each of the output. */
function scrambled(input: number): number {
  let bits = input | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
