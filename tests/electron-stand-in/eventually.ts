import { vi } from 'vitest';

/** Tries again until `check` no longer throws: other processes take their time, more of it on a busy machine. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 15_000, interval: 50 });
}
