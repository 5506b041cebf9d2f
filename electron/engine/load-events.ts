import type { ErrorReport } from '../../shared/errors.ts';

export const STEPS = ['check', 'stage', 'review', 'commit', 'embed', 'index', 'publish'] as const;
export type Step = (typeof STEPS)[number];

/** What a load says while it runs: counts and codes, never values. Window, command line, log and metrics all listen to the same stream. */
export type LoadEvent =
  | { kind: 'load-started'; loadId: string; correlationId: string; files: number }
  | {
      kind: 'step-started';
      loadId: string;
      step: Step;
      file: string | null;
      total: number | null;
      unit: 'bytes' | 'rows' | 'texts' | 'vectors' | 'events';
    }
  | {
      kind: 'step-progress';
      loadId: string;
      step: Step;
      file: string | null;
      done: number;
      total: number | null;
    }
  | { kind: 'step-finished'; loadId: string; step: Step; file: string | null; ms: number }
  | { kind: 'waiting'; loadId: string; step: Step; reason: string; untilMs: number | null }
  | { kind: 'problem'; loadId: string; step: Step; error: ErrorReport }
  /** The load ended early; `trace` is for the log, without anybody's message in it. */
  | { kind: 'load-failed'; loadId: string; error: ErrorReport; trace: string }
  | { kind: 'load-finished'; loadId: string; status: string; ms: number };

export type EmitLoadEvent = (event: LoadEvent) => void;
