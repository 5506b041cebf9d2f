/** Words of a key's hash: 96 bits, so that among ten million keys two share one with a chance of 6 in 10^16. */
export const KEY_WORDS = 3;

/**
 * Writes three 32-bit words that stand for `text` to `out` at `at`. Equal texts give equal words, in every
 * thread and on every machine; nothing is stored beyond a workspace, so the mixing may change with a version.
 *
 * Three lanes of multiply-and-rotate over the text's UTF-16 units, each finished with the avalanche of
 * MurmurHash3's 32-bit variant (its two constants), the lanes stirred into each other.
 */
export function hashKey(text: string, out: Uint32Array, at: number): void {
  let a = 0x9e3779b9 ^ text.length;
  let b = 0x85ebca6b;
  let c = 0xc2b2ae35;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0xcc9e2d51);
    a = (a << 15) | (a >>> 17);
    b = Math.imul(b + unit, 0x1b873593) ^ a;
    b = (b << 13) | (b >>> 19);
    c = Math.imul(c ^ b, 0x2c1b3c6d) + unit;
    c = (c << 16) | (c >>> 16);
  }
  out[at] = avalanche(a ^ Math.imul(c, 5));
  out[at + 1] = avalanche(b ^ Math.imul(a, 3));
  out[at + 2] = avalanche(c ^ Math.imul(b, 7));
}

function avalanche(word: number): number {
  let h = word;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
