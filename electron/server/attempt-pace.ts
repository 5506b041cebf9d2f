import { isIPv4, isIPv6 } from 'node:net';

/** How fast passwords may be tried. */
export interface AttemptPace {
  /**
   * Counts an attempt from this address at once, so that many at the same time are many. Returns 0 where it may
   * be made, else the milliseconds to wait; what was not allowed does not count.
   */
  begin(address: string): number;
  /** The password was right: the address starts afresh. */
  succeeded(address: string): void;
}

export interface AttemptLimits {
  /** As many as a person with caps lock on may need. */
  freeAttempts: number;
  /** After them the wait doubles from this one on. */
  firstWaitMs: number;
  longestWaitMs: number;
  /** Of all addresses together: many computers guess no faster. Each attempt also costs us 128 MB for a moment. */
  allPerMinute: number;
  /** An address that was silent for so long is forgotten. */
  forgetAfterMs: number;
}

export const ATTEMPT_LIMITS: AttemptLimits = {
  freeAttempts: 5,
  firstWaitMs: 1_000,
  longestWaitMs: 15 * 60_000,
  allPerMinute: 30,
  forgetAfterMs: 60 * 60_000,
};

const MOST_ADDRESSES = 10_000;
const MINUTE_MS = 60_000;

export function createAttemptPace(options: { now: () => number; limits?: AttemptLimits }): AttemptPace {
  const { now, limits = ATTEMPT_LIMITS } = options;
  /** In the order of their last attempt. */
  const addresses = new Map<string, { attempts: number; lastAt: number }>();
  let recent: number[] = [];

  function waitOf(entry: { attempts: number; lastAt: number }): number {
    const beyond = entry.attempts - limits.freeAttempts;
    if (beyond < 0) return 0;
    const pauseMs = Math.min(limits.longestWaitMs, limits.firstWaitMs * 2 ** Math.min(beyond, 30));
    return Math.max(0, entry.lastAt + pauseMs - now());
  }

  function forgetOld(): void {
    for (const [key, { lastAt }] of addresses) {
      if (now() - lastAt < limits.forgetAfterMs && addresses.size <= MOST_ADDRESSES) return;
      addresses.delete(key);
    }
  }

  return {
    begin(address) {
      forgetOld();
      const key = networkOf(address);
      const entry = addresses.get(key) ?? { attempts: 0, lastAt: now() };
      const ownWaitMs = waitOf(entry);
      if (ownWaitMs > 0) return ownWaitMs;
      recent = recent.filter((at) => now() - at < MINUTE_MS);
      if (recent.length >= limits.allPerMinute) return MINUTE_MS - (now() - (recent[0] ?? now()));
      recent.push(now());
      addresses.delete(key);
      addresses.set(key, { attempts: entry.attempts + 1, lastAt: now() });
      return 0;
    },
    succeeded(address) {
      addresses.delete(networkOf(address));
    },
  };
}

/** One household or computer: an IPv4 address, or the /64 that an IPv6 host chooses its addresses from. */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain) || !isIPv6(plain)) return plain;
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups.slice(0, 4).join(':');
}
