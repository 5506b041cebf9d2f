import type { Timing } from '../../../renderer/lib/timing.ts';

export interface FakeTiming extends Timing {
  /** Moves time on; what falls due runs in the order of its time, also what is asked for meanwhile. */
  advance(ms: number): void;
  /** The timers that are set, as milliseconds from now. */
  readonly set: () => number[];
}

/** Time that stands still, and chance that is always `random`. */
export function createFakeTiming(random = 0): FakeTiming {
  let nowMs = 0;
  let timers: { atMs: number; action: () => void }[] = [];
  return {
    random: () => random,
    after(ms, action) {
      const timer = { atMs: nowMs + ms, action };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        nowMs = next.atMs;
        timers = timers.filter((other) => other !== next);
        next.action();
      }
      nowMs = untilMs;
    },
    set: () => timers.map(({ atMs }) => atMs - nowMs).sort((a, b) => a - b),
  };
}
