import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 256 random bits: nobody guesses one. */
const TOKEN_BYTES = 32;

export interface OneTimeLinks {
  /** A new token; the one before it is worth nothing any more, so that at most one is about. */
  create(): string;
  /** True once for the newest token, until it expires. */
  redeem(token: string): boolean;
  /** Whether there is a token that could still be used. */
  isOpen(): boolean;
}

/** Tokens for signing in by a link. Only a hash is kept, and compared in constant time. */
export function createOneTimeLinks(options: { lifetimeMs: number; now: () => number }): OneTimeLinks {
  const { lifetimeMs, now } = options;
  let open: { hash: Buffer; expiresAt: number } | null = null;

  const isOpen = (): boolean => open !== null && now() < open.expiresAt;
  return {
    create() {
      const token = randomBytes(TOKEN_BYTES).toString('base64url');
      open = { hash: hashOf(token), expiresAt: now() + lifetimeMs };
      return token;
    },
    redeem(token) {
      if (open === null || !isOpen() || !timingSafeEqual(open.hash, hashOf(token))) return false;
      open = null;
      return true;
    },
    isOpen,
  };
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
