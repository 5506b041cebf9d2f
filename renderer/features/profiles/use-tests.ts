import { useCallback, useMemo, useRef, useState } from 'react';
import { PROBE_PARTS, type ProbePart, type ProbeResult } from '../../../shared/contract/profile-test.ts';
import { type Failure, failureOf } from '../../lib/failure.ts';
import type { ProfilesApi } from './profiles-api.ts';

export type PartState =
  | { kind: 'running' }
  | { kind: 'done'; result: ProbeResult }
  /** The question itself failed, which says nothing of the part. */
  | { kind: 'broken'; failure: Failure }
  | { kind: 'stopped' };

export type TestRun = Readonly<Record<ProbePart, PartState>>;

export interface Tests {
  /** The latest run of each profile on this page. */
  runs: Readonly<Record<string, TestRun>>;
  start: (profileId: string) => void;
  /** One part of a run once more, beside what the others found. */
  startPart: (profileId: string, part: ProbePart) => void;
  stop: (profileId: string) => void;
  /** What was tested is no longer what is saved. */
  forget: (profileId: string) => void;
}

/** Runs connection tests, every part at the same time, and keeps their results while the page is open. */
export function useTests(api: ProfilesApi): Tests {
  const [runs, setRuns] = useState<Record<string, TestRun>>({});
  const running = useRef(new Map<string, AbortController>());

  const testPart = useCallback(
    (profileId: string, part: ProbePart, signal: AbortSignal) => {
      const settle = (state: PartState): void => {
        if (signal.aborted) return;
        setRuns((before) => {
          const run = before[profileId] ?? everyPart({ kind: 'running' });
          return { ...before, [profileId]: { ...run, [part]: state } };
        });
      };
      settle({ kind: 'running' });
      api.test(profileId, part, signal).then(
        (result) => settle({ kind: 'done', result }),
        (thrown) => settle({ kind: 'broken', failure: failureOf(thrown) }),
      );
    },
    [api],
  );

  const start = useCallback(
    (profileId: string) => {
      running.current.get(profileId)?.abort();
      const controller = new AbortController();
      running.current.set(profileId, controller);
      setRuns((before) => ({ ...before, [profileId]: everyPart({ kind: 'running' }) }));
      for (const part of PROBE_PARTS) testPart(profileId, part, controller.signal);
    },
    [testPart],
  );

  const startPart = useCallback(
    (profileId: string, part: ProbePart) => {
      const before = running.current.get(profileId);
      const controller = before === undefined || before.signal.aborted ? new AbortController() : before;
      running.current.set(profileId, controller);
      testPart(profileId, part, controller.signal);
    },
    [testPart],
  );

  const stop = useCallback((profileId: string) => {
    running.current.get(profileId)?.abort();
    setRuns((before) => {
      const run = before[profileId];
      if (run === undefined) return before;
      const stopped = (state: PartState): PartState =>
        state.kind === 'running' ? { kind: 'stopped' } : state;
      return { ...before, [profileId]: mapParts(run, stopped) };
    });
  }, []);

  const forget = useCallback((profileId: string) => {
    running.current.get(profileId)?.abort();
    setRuns(({ [profileId]: _, ...others }) => others);
  }, []);

  return useMemo(() => ({ runs, start, startPart, stop, forget }), [runs, start, startPart, stop, forget]);
}

export function isRunning(run: TestRun | undefined): boolean {
  return run !== undefined && Object.values(run).some(({ kind }) => kind === 'running');
}

/** The worst of a run that has ended; null while it runs, or where it says nothing. */
export function verdictOf(run: TestRun | undefined): 'ok' | 'attention' | 'failed' | null {
  if (run === undefined || isRunning(run)) return null;
  const states = Object.values(run).map((part) => (part.kind === 'done' ? part.result.state : part.kind));
  if (states.includes('failed')) return 'failed';
  if (states.includes('broken') || states.includes('stopped')) return null;
  return states.includes('attention') ? 'attention' : 'ok';
}

function everyPart(state: PartState): TestRun {
  return { postgres: state, kafka: state, openai: state, 'vector-store': state };
}

function mapParts(run: TestRun, change: (state: PartState) => PartState): TestRun {
  return {
    postgres: change(run.postgres),
    kafka: change(run.kafka),
    openai: change(run.openai),
    'vector-store': change(run['vector-store']),
  };
}
