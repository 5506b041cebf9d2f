import type { Clock } from '../../electron/engine/ports.ts';

export interface FakeClock extends Clock {
  /** Moves time on and wakes the sleepers whose time has come, in that order; lets their work run before it returns. */
  advance(ms: number): Promise<void>;
  /** The waits asked for so far, in milliseconds. */
  readonly sleeps: readonly number[];
  /** How many are asleep now. */
  readonly asleep: () => number;
}

interface Sleeper {
  untilMs: number;
  wake: () => void;
}

/**
 * A clock that stands still. With `auto`, a sleep moves time on by itself as soon as nothing else is to be
 * done, earliest sleeper first, so that code with waits runs to its end at once.
 */
export function createFakeClock(options: { start?: string; auto?: boolean } = {}): FakeClock {
  const startMs = Date.parse(options.start ?? '2026-09-01T08:00:00.000Z');
  let elapsedMs = 0;
  let sleepers: Sleeper[] = [];
  const sleeps: number[] = [];

  function wakeUntil(ms: number): void {
    elapsedMs = Math.max(elapsedMs, ms);
    const due = sleepers.filter((sleeper) => sleeper.untilMs <= elapsedMs);
    sleepers = sleepers.filter((sleeper) => sleeper.untilMs > elapsedMs);
    for (const sleeper of due.sort((a, b) => a.untilMs - b.untilMs)) sleeper.wake();
  }

  /** After every promise that can go on has gone on. */
  function autoAdvance(): void {
    setImmediate(() => {
      const [first] = sleepers.toSorted((a, b) => a.untilMs - b.untilMs);
      if (first !== undefined) wakeUntil(first.untilMs);
    });
  }

  return {
    now: () => new Date(startMs + elapsedMs),
    monotonicMs: () => elapsedMs,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        sleeps.push(ms);
        const onAbort = (): void => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        };
        const sleeper: Sleeper = {
          untilMs: elapsedMs + ms,
          wake: () => {
            signal.removeEventListener('abort', onAbort);
            resolve();
          },
        };
        signal.addEventListener('abort', onAbort, { once: true });
        sleepers.push(sleeper);
        if (options.auto === true) autoAdvance();
      }),
    advance: async (ms) => {
      wakeUntil(elapsedMs + ms);
      await new Promise((resolve) => setImmediate(resolve));
    },
    sleeps,
    asleep: () => sleepers.length,
  };
}
