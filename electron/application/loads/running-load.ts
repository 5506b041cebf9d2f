import type { ErrorReport } from '../../../shared/errors.ts';
import type { LoadEvent, Step } from '../../engine/load-events.ts';

/** A load that runs here, as whoever asks is told of it: also a page that opens in its middle. */
export interface RunningLoad extends Standing {
  loadId: string;
  profileId: string | null;
  profile: string;
  startedAt: string;
  takenUp: boolean;
}

export interface Standing {
  /** What it waits for; null while it moves. */
  waiting: { step: Step; reason: string; untilMs: number | null } | null;
  /** What went wrong so far, the first ones. */
  problems: { step: Step; error: ErrorReport }[];
}

const KEPT_PROBLEMS = 50;

/** How a load stands after `event`. What moves has stopped waiting. */
export function afterEvent({ waiting, problems }: Standing, event: LoadEvent): Standing {
  switch (event.kind) {
    case 'waiting': {
      const { step, reason, untilMs } = event;
      return { waiting: { step, reason, untilMs }, problems };
    }
    case 'problem': {
      const problem = { step: event.step, error: event.error };
      return { waiting, problems: [...problems, problem].slice(0, KEPT_PROBLEMS) };
    }
    case 'step-started':
    case 'step-progress':
    case 'step-finished':
      return { waiting: event.step === waiting?.step ? null : waiting, problems };
    case 'load-started':
    case 'load-failed':
    case 'load-finished':
      return { waiting: null, problems };
  }
}
