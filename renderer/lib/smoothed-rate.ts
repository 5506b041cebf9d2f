/** How fast something comes along. What was done and how long it took, each fading with time. */
export interface SmoothedRate {
  /** Null before it can be said. */
  perSecond: number | null;
  fadingDone: number;
  fadingMs: number;
  /** The last observation that counted. */
  atMs: number;
  done: number;
  /** Since when it moves. */
  sinceMs: number;
}

/** Observations closer to each other say more about chance than about speed. */
const LEAST_STEP_MS = 250;
/** What lies so far back counts about a third of what is new. */
const MEMORY_MS = 10_000;
/** Nobody is told how long it will take before it was watched for so long. */
const LEAST_WATCH_MS = 2_000;

export function startRate(nowMs: number, done = 0): SmoothedRate {
  return { perSecond: null, fadingDone: 0, fadingMs: 0, atMs: nowMs, done, sinceMs: nowMs };
}

/**
 * Takes up that `done` is done by now. It is watched from the moment at which it moves: a slow start says nothing of
 * the pace. Steps back, such as those of a step that began anew, begin anew here, too.
 */
export function observed(rate: SmoothedRate, done: number, nowMs: number): SmoothedRate {
  if (done < rate.done || (done === rate.done && rate.fadingDone === 0)) return startRate(nowMs, done);
  const stepMs = nowMs - rate.atMs;
  if (stepMs < LEAST_STEP_MS) return rate;
  const kept = Math.exp(-stepMs / MEMORY_MS);
  const fadingDone = rate.fadingDone * kept + (done - rate.done);
  const fadingMs = rate.fadingMs * kept + stepMs;
  return {
    ...rate,
    perSecond: (fadingDone / fadingMs) * 1_000,
    fadingDone,
    fadingMs,
    atMs: nowMs,
    done,
  };
}

/** Milliseconds until `total` is done; null where nothing honest can be said. */
export function timeLeftMs(rate: SmoothedRate, done: number, total: number | null): number | null {
  if (total === null || rate.perSecond === null || rate.perSecond <= 0) return null;
  if (rate.atMs - rate.sinceMs < LEAST_WATCH_MS) return null;
  return (Math.max(0, total - done) / rate.perSecond) * 1_000;
}
