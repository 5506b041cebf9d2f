import { createHash, hash } from 'node:crypto';
import type { Hasher } from '../../engine/ports.ts';

/**
 * Accession's own namespace for version 5 UUIDs, drawn at random once. Event ids derive from it, and consumers
 * drop repeats by them: it must never change.
 */
export const ACCESSION_NAMESPACE = '3df33de5-fc77-4f6e-b13f-0aaedd8c0769';

/** Hashes by the platform's crypto library. */
export function createSystemHasher(): Hasher {
  return {
    sha256Hex: (text) => hash('sha256', text, 'hex'),
    uuidV5: (name) => uuidV5(ACCESSION_NAMESPACE, name),
  };
}

/** RFC 9562, section 5.5: SHA-1 of namespace and name, cut to 16 bytes, version and variant set. */
export function uuidV5(namespace: string, name: string): string {
  const digest = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest()
    .subarray(0, 16);
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x50;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
