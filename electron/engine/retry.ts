import { type AppError, toAppError } from '../../shared/errors.ts';
import type { Clock, Random } from './ports.ts';

/** When to try again, as data. Only errors that say `retryable` are tried again at all. */
export interface RetryPolicy {
  /** Upper end of the first wait; it doubles with each attempt. */
  baseMs: number;
  /** No wait of our own choosing is longer; what the other side asks for is honoured beyond it. */
  maxMs: number;
  /** Tries in all, the first included. */
  maxAttempts: number;
  /** Gives up rather than begin a wait that would end later than this after the first try. */
  maxElapsedMs?: number;
}

export interface Attempt {
  error: AppError;
  /** Tries so far, from 1. */
  attempt: number;
  /** Since the first try began. */
  elapsedMs: number;
}

/**
 * Milliseconds to wait before the next try; null where there is to be none. Exponential with full jitter
 * (uniform between nothing and the doubled base), so that clients that failed together do not come back
 * together; the same spread is added to what the other side asked for, for the same reason.
 */
export function nextDelayMs(
  { error, attempt, elapsedMs }: Attempt,
  policy: RetryPolicy,
  random: Random,
): number | null {
  if (!error.retryable || attempt >= policy.maxAttempts) return null;
  const ceiling = Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1));
  const delayMs = error.retryAfterMs === null ? random.next() * ceiling : askedFor(error, policy, random);
  return elapsedMs + delayMs > (policy.maxElapsedMs ?? Number.POSITIVE_INFINITY) ? null : delayMs;
}

function askedFor(error: AppError, policy: RetryPolicy, random: Random): number {
  return (error.retryAfterMs ?? 0) + random.next() * policy.baseMs;
}

/**
 * Runs `work` until it succeeds, fails for good, or the policy is exhausted: then its last error is thrown,
 * as an AppError. An abort ends a wait at once and throws the signal's reason. `onWait` is told the error and
 * the wait in milliseconds before each wait.
 */
export async function withRetry<T>(
  work: () => Promise<T>,
  policy: RetryPolicy,
  ports: { clock: Clock; random: Random },
  signal: AbortSignal,
  onWait: (error: AppError, waitMs: number) => void,
): Promise<T> {
  const startedMs = ports.clock.monotonicMs();
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      const error = toAppError(thrown);
      const elapsedMs = ports.clock.monotonicMs() - startedMs;
      const delayMs = nextDelayMs({ error, attempt, elapsedMs }, policy, ports.random);
      if (delayMs === null) throw error;
      onWait(error, delayMs);
      await ports.clock.sleep(delayMs, signal);
    }
  }
}
