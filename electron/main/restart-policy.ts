/** How often a process that keeps dying is started again without anybody asking. */
export interface RestartPolicy {
  /** At most so many restarts within `withinMs`; the next one waits until the first of them is that long ago. */
  atMost: number;
  withinMs: number;
  /** Wait before the first, second … restart of a series; the last one holds for all that follow. */
  delaysMs: readonly number[];
}

/** Three tries show whether a crash was an accident; one that happens at every start must not keep a computer busy. */
export const defaultRestartPolicy: RestartPolicy = {
  atMost: 3,
  withinMs: 60_000,
  delaysMs: [200, 1_000, 5_000],
};

/**
 * The wait in milliseconds before the next restart. `restartsAtMs`: when it was restarted so far, in order, on the
 * clock of `nowMs`.
 */
export function restartDelayMs(
  policy: RestartPolicy,
  restartsAtMs: readonly number[],
  nowMs: number,
): number {
  const recent = restartsAtMs.filter((atMs) => nowMs - atMs < policy.withinMs);
  const delayMs = policy.delaysMs[Math.min(recent.length, policy.delaysMs.length - 1)] ?? 0;
  const counted = recent.at(-policy.atMost);
  return counted === undefined ? delayMs : Math.max(delayMs, counted + policy.withinMs - nowMs);
}
