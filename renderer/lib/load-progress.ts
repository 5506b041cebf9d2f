import type { PayloadOf } from '../../shared/contract/events.ts';
import type { RunningLoadView } from '../../shared/contract/load-routes.ts';
import { observed, type SmoothedRate, startRate, timeLeftMs } from './smoothed-rate.ts';

export type LoadEventOfPage = PayloadOf<'loads.happened'> | PayloadOf<'loads.progress'>;
export type Step = PayloadOf<'loads.progress'>['step'];
export type Unit = Extract<PayloadOf<'loads.happened'>, { kind: 'step-started' }>['unit'];

/** In their order. `review` belongs to rehearsals: it is shown only where it is heard of. */
const LOAD_STEPS: readonly Step[] = ['check', 'stage', 'review', 'commit', 'embed', 'index', 'publish'];

/** Of steps that a page comes to know in their middle, when it opens while a load runs. */
const UNITS: Readonly<Record<Step, Unit>> = {
  check: 'bytes',
  stage: 'rows',
  review: 'rows',
  commit: 'rows',
  embed: 'texts',
  index: 'vectors',
  publish: 'events',
};

interface Part {
  done: number;
  total: number | null;
  hasEnded: boolean;
}

interface StepState {
  /** By file; `''` where the step is not about one. */
  parts: ReadonlyMap<string, Part>;
  /** The last file that was heard of. */
  file: string | null;
  unit: Unit;
  rate: SmoothedRate;
  ms: number;
}

export type Waiting = NonNullable<RunningLoadView['waiting']>;

/** Everything that was heard of a load that runs. */
export interface LoadProgressState {
  steps: ReadonlyMap<Step, StepState>;
  /** Whether it was heard from its beginning; else what came before is not known. */
  isWhole: boolean;
  waiting: Waiting | null;
  problems: RunningLoadView['problems'];
}

/** One step as it is shown. */
export interface StepView {
  step: Step;
  /** `waiting`: it is in hand, and something else has to come first. */
  state: 'ahead' | 'running' | 'waiting' | 'done';
  file: string | null;
  unit: Unit;
  done: number;
  /** Null where it is not known beforehand. */
  total: number | null;
  perSecond: number | null;
  leftMs: number | null;
  /** What it took; null where that was not heard. */
  ms: number | null;
}

export const NOTHING_HEARD: LoadProgressState = {
  steps: new Map(),
  isWhole: false,
  waiting: null,
  problems: [],
};

/** What is known after `event`, which was heard at `nowMs` (any clock that only goes forward). */
export function afterEvent(
  state: LoadProgressState,
  event: LoadEventOfPage,
  nowMs: number,
): LoadProgressState {
  switch (event.kind) {
    case 'load-started':
      return { ...NOTHING_HEARD, isWhole: true };
    case 'step-started':
      return moved(state, event, nowMs, event.unit, (part) => ({
        done: 0,
        total: event.total ?? part?.total ?? null,
        hasEnded: false,
      }));
    case 'step-progress':
      return moved(state, event, nowMs, null, (part) => ({
        done: event.done,
        total: event.total ?? part?.total ?? null,
        hasEnded: false,
      }));
    case 'step-finished': {
      const after = moved(state, event, nowMs, null, (part) => {
        const done = part?.total ?? part?.done ?? 0;
        return { done, total: part?.total ?? null, hasEnded: true };
      });
      const step = after.steps.get(event.step);
      if (step === undefined) return after;
      return { ...after, steps: new Map(after.steps).set(event.step, { ...step, ms: step.ms + event.ms }) };
    }
    case 'waiting':
      return { ...state, waiting: { step: event.step, reason: event.reason, untilMs: event.untilMs } };
    case 'problem':
      return { ...state, problems: [...state.problems, { step: event.step, error: event.error }] };
    case 'load-failed':
    case 'load-finished':
      return { ...state, waiting: null };
  }
}

/** Whether nothing tells how far the load is. */
export function isUnheard({ steps, isWhole, waiting }: LoadProgressState): boolean {
  return !isWhole && steps.size === 0 && waiting === null;
}

/** The steps to be shown, in their order. */
export function stepsOf({ steps, isWhole, waiting }: LoadProgressState): StepView[] {
  const lastHeard = LOAD_STEPS.findLastIndex((step) => steps.has(step) || step === waiting?.step);
  return LOAD_STEPS.flatMap((step, at): StepView[] => {
    const known = steps.get(step);
    if (known === undefined) {
      const waits = step === waiting?.step;
      if (!waits && (step === 'review' || (isWhole && at < lastHeard))) return [];
      const state = waits ? 'waiting' : at < lastHeard ? 'done' : 'ahead';
      return [{ ...UNHEARD, step, unit: UNITS[step], state }];
    }
    const parts = [...known.parts.values()];
    const hasEnded = parts.every((part) => part.hasEnded) || (!isWhole && at < lastHeard);
    const done = parts.reduce((sum, part) => sum + part.done, 0);
    const total = parts.reduce<number | null>(
      (sum, part) => (sum === null || part.total === null ? null : sum + part.total),
      0,
    );
    // Of a load that waits, no speed of before says when it will be done.
    const moves = !hasEnded && waiting?.step !== step;
    return [
      {
        step,
        state: hasEnded ? 'done' : moves ? 'running' : 'waiting',
        file: hasEnded ? null : known.file,
        unit: known.unit,
        done,
        total,
        perSecond: moves ? known.rate.perSecond : null,
        leftMs: moves ? timeLeftMs(known.rate, done, total) : null,
        ms: hasEnded && known.ms > 0 ? known.ms : null,
      },
    ];
  });
}

const UNHEARD = { file: null, done: 0, total: null, perSecond: null, leftMs: null, ms: null } as const;

function moved(
  state: LoadProgressState,
  { step, file }: { step: Step; file: string | null },
  nowMs: number,
  unit: Unit | null,
  change: (part: Part | undefined) => Part,
): LoadProgressState {
  const before = state.steps.get(step);
  const key = file ?? '';
  const parts = new Map(before?.parts).set(key, change(before?.parts.get(key)));
  const done = [...parts.values()].reduce((sum, part) => sum + part.done, 0);
  const after: StepState = {
    parts,
    file,
    unit: unit ?? before?.unit ?? UNITS[step],
    rate: before === undefined ? startRate(nowMs, done) : observed(before.rate, done, nowMs),
    ms: before?.ms ?? 0,
  };
  // What moves has stopped waiting.
  const waiting = state.waiting?.step === step ? null : state.waiting;
  return { ...state, steps: new Map(state.steps).set(step, after), waiting };
}
