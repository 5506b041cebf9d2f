import { type BinaryLike, randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** Of OWASP's Password Storage Cheat Sheet: N=2^17, r=8, p=1, which takes 128 MB and about half a second. */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
/** Node refuses what takes more than its own limit of 32 MB; scrypt takes 128 * N * r. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

export const LEAST_PASSWORD_LENGTH = 12;
/** Far above any password; a longer one only makes us work. */
export const LONGEST_PASSWORD_LENGTH = 1024;

/** What is kept of the password. */
export const passwordHash = z.strictObject({
  kind: z.literal('scrypt'),
  N: z.int().min(2).max(COST.N),
  r: z.int().min(1).max(COST.r),
  p: z.int().min(1).max(16),
  salt: z.base64(),
  key: z.base64(),
});

export type PasswordHash = z.output<typeof passwordHash>;

/** `cost` is there for tests, which have other things to do. */
export async function hashPassword(password: string, cost: typeof COST = COST): Promise<PasswordHash> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(password, salt, KEY_BYTES, cost);
  return { kind: 'scrypt', ...cost, salt: salt.toString('base64'), key: key.toString('base64') };
}

/** Takes as long for a wrong password as for the right one. */
export async function isPassword(password: string, hash: PasswordHash): Promise<boolean> {
  const { N, r, p } = hash;
  const key = Buffer.from(hash.key, 'base64');
  const tried = await derive(password, Buffer.from(hash.salt, 'base64'), key.length, { N, r, p });
  return timingSafeEqual(tried, key);
}

/** The same password typed on another keyboard may come in other code points (RFC 8265, 4.2.2: NFC). */
function derive(password: string, salt: BinaryLike, length: number, cost: typeof COST): Promise<Buffer> {
  const options: ScryptOptions = { ...cost, maxmem: MAX_MEMORY_BYTES };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, length, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
