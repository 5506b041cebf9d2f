/**
 * The partition in which Kafka's default partitioner puts a keyed message: MurmurHash2 (32 bit, Austin
 * Appleby's constants, Kafka's seed 0x9747b28c) of the key's UTF-8 bytes, its sign bit dropped, modulo the
 * number of partitions. Every Kafka client agrees on it, so a book stays in one partition whoever writes.
 */
export function partitionOf(key: string, partitions: number): number {
  return (murmur2(encoder.encode(key)) & 0x7fffffff) % partitions;
}

const encoder = new TextEncoder();
const SEED = 0x9747b28c;
const MULTIPLIER = 0x5bd1e995;

/** Signed 32-bit hash, as Java's int arithmetic gives it. */
export function murmur2(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length & ~3;
  let hash = SEED ^ bytes.length;
  for (let at = 0; at < whole; at += 4) {
    let word = Math.imul(view.getInt32(at, true), MULTIPLIER);
    word = Math.imul(word ^ (word >>> 24), MULTIPLIER);
    hash = Math.imul(hash, MULTIPLIER) ^ word;
  }
  if (whole < bytes.length) {
    for (let at = bytes.length - 1; at >= whole; at -= 1) {
      hash ^= view.getUint8(at) << (8 * (at - whole));
    }
    hash = Math.imul(hash, MULTIPLIER);
  }
  hash = Math.imul(hash ^ (hash >>> 13), MULTIPLIER);
  return hash ^ (hash >>> 15);
}
