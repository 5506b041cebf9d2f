/** Time and chance as the client needs them, so that tests can own both. */
export interface Timing {
  /** Runs `action` once after `ms`, unless the returned function is called before. */
  after(ms: number, action: () => void): () => void;
  /** Uniform in [0, 1). */
  random(): number;
}

export const browserTiming: Timing = {
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 15_000;

/**
 * How long to wait before connecting again after `failures` in a row (1 or more): doubling, up to 15 s, and
 * somewhere in the upper half of that, so that a school's browsers don't all come back in the same instant.
 */
export function reconnectDelayMs(failures: number, random: number): number {
  const longest = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures - 1, 16));
  return Math.round(longest * (0.5 + random / 2));
}
