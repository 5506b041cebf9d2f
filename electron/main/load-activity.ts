import type { LoadNotice } from '../../shared/desktop/notices.ts';

/** What of the running loads matters outside the window: how far they are, and since when. */
export interface RunningLoad {
  startedAtMs: number;
  /** 0 to 1, never falling; null until the load has said how much there is to do. */
  fraction: number | null;
}

/** By load id. Replaced, never changed. */
export type LoadActivity = ReadonlyMap<string, RunningLoad>;

export const noLoads: LoadActivity = new Map();

export interface EndedLoad {
  outcome: 'loaded' | 'partial' | 'failed' | 'rehearsed' | 'stopped';
  tookMs: number;
}

/** Where each step begins and ends on a bar from 0 to 1: about what it takes of a load with embeddings. */
const steps: Readonly<Record<string, readonly [from: number, to: number]>> = {
  check: [0, 0.2],
  stage: [0.2, 0.3],
  review: [0.3, 0.35],
  commit: [0.35, 0.5],
  embed: [0.5, 0.85],
  index: [0.85, 0.92],
  publish: [0.92, 1],
};

/**
 * The activity after an event, and how the load ended if it did. Events of a load whose beginning was not heard
 * (the backend took it up again before the window was there) count as its beginning.
 */
export function followLoad(
  activity: LoadActivity,
  event: LoadNotice,
  nowMs: number,
): { activity: LoadActivity; ended: EndedLoad | null } {
  const before = activity.get(event.loadId) ?? { startedAtMs: nowMs, fraction: null };
  const after = new Map(activity);
  if (event.kind === 'load-finished' || event.kind === 'load-failed') {
    after.delete(event.loadId);
    const outcome = event.kind === 'load-failed' ? 'failed' : outcomeOf(event.status);
    return { activity: after, ended: { outcome, tookMs: nowMs - before.startedAtMs } };
  }
  const fraction = fractionOf(event);
  after.set(event.loadId, {
    startedAtMs: before.startedAtMs,
    fraction: fraction === null ? before.fraction : Math.max(before.fraction ?? 0, fraction),
  });
  return { activity: after, ended: null };
}

function outcomeOf(status: string): EndedLoad['outcome'] {
  switch (status) {
    case 'loaded':
    case 'partial':
    case 'rehearsed':
    case 'stopped':
      return status;
    default:
      return 'failed';
  }
}

function fractionOf(event: LoadNotice): number | null {
  if (event.kind !== 'step-started' && event.kind !== 'step-progress') return null;
  const range = steps[event.step];
  if (range === undefined) return null;
  const [from, to] = range;
  // With several files a step is gone through once for each, so the end of one file is not the end of the step.
  if (event.kind === 'step-started' || event.total === null || event.total <= 0) return from;
  return from + (to - from) * Math.min(1, Math.max(0, event.done / event.total));
}

/** What the taskbar shows: nothing, that something is going on, or how far it is (0 to 1). */
export type TaskbarProgress = null | 'busy' | number;

/** The mean of the loads whose progress is known; `busy` while it is known of none. */
export function taskbarProgress(activity: LoadActivity): TaskbarProgress {
  if (activity.size === 0) return null;
  const known = [...activity.values()].flatMap(({ fraction }) => (fraction === null ? [] : [fraction]));
  if (known.length === 0) return 'busy';
  return known.reduce((sum, fraction) => sum + fraction, 0) / known.length;
}

/** Shorter than this and the librarian is still looking. */
export const longLoadMs = 15_000;

export interface NotificationText {
  title: string;
  body: string;
}

/** What to say of a load that has ended, or null where nobody needs to be told: it was short, or the window is in front. */
export function endNotification(ended: EndedLoad, windowInFront: boolean): NotificationText | null {
  if (windowInFront || ended.tookMs < longLoadMs) return null;
  return endTexts[ended.outcome];
}

const endTexts: Readonly<Record<EndedLoad['outcome'], NotificationText | null>> = {
  loaded: { title: 'Your files are loaded', body: 'Every row is in the database.' },
  partial: {
    title: 'Your files are loaded, with rows left out',
    body: 'Open Accession to see which rows were left out, and why.',
  },
  failed: {
    title: 'The load did not finish',
    body: 'Open Accession to see what happened and to go on with it.',
  },
  rehearsed: {
    title: 'The rehearsal is done',
    body: 'Nothing was written. Open Accession to see what would change.',
  },
  // Whoever stopped it knows.
  stopped: null,
};
