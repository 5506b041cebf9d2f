import { useCallback, useEffect, useRef, useState } from 'react';
import type { RunningLoadView } from '../../shared/contract/load-routes.ts';
import type { OutputOf } from '../../shared/contract/routes.ts';
import { AppError } from '../../shared/errors.ts';
import { useContract } from './contract-context.tsx';
import { type Failure, failureOf } from './failure.ts';
import { afterEvent, type LoadEventOfPage, type LoadProgressState, NOTHING_HEARD } from './load-progress.ts';
import { isEndStatus } from './load-status.ts';

export type ShownLoad = OutputOf<'loads.show'>;

export type LoadRun =
  | { kind: 'asking' }
  | { kind: 'running'; load: RunningLoadView | null; progress: LoadProgressState }
  /** It has neither ended nor does it run here: another machine may have it, or it is taken up in a moment. */
  | { kind: 'cut-off'; shown: ShownLoad }
  | { kind: 'ended'; shown: ShownLoad }
  | { kind: 'refused'; failure: Failure };

/** How often it is looked whether a load that was cut off runs again, and whether a lost connection is back. */
const LOOK_AGAIN_MS = 3_000;

/**
 * Follows one load from wherever it is to its end, over lost connections and a page that is opened while it runs.
 * A load that is gone on with is running again. `look`: asks anew.
 */
export function useLoadRun(loadId: string, profileId: string | null): { run: LoadRun; look: () => void } {
  const contract = useContract();
  const [run, setRun] = useState<LoadRun>({ kind: 'asking' });
  const lookNow = useRef<() => void>(() => {});

  useEffect(() => {
    let isOver = false;
    /** Answers to older questions count no more. */
    let question = 0;
    let again: ReturnType<typeof setTimeout> | undefined;
    let load: RunningLoadView | null = null;
    let progress = NOTHING_HEARD;
    let isRunning = false;

    function show(next: LoadRun): void {
      isRunning = next.kind === 'running';
      setRun(next);
    }

    async function look(hasEnded: boolean): Promise<void> {
      question += 1;
      const own = question;
      clearTimeout(again);
      try {
        const next = await find(hasEnded);
        if (own !== question || isOver) return;
        show(next);
        if (next.kind === 'cut-off') lookAgain();
      } catch (thrown) {
        if (own !== question || isOver) return;
        if (thrown instanceof AppError && thrown.code === 'connection.lost') lookAgain();
        else show({ kind: 'refused', failure: failureOf(thrown) });
      }
    }
    function lookAgain(): void {
      again = setTimeout(() => void look(false), LOOK_AGAIN_MS);
    }

    async function find(hasEnded: boolean): Promise<LoadRun> {
      if (!hasEnded) {
        const { loads } = await contract.request('loads.running', {});
        load = loads.find((one) => one.loadId === loadId) ?? null;
        if (load !== null) {
          // Answers come in their place between events: a page that opens in the middle has heard of neither.
          progress = { ...progress, waiting: load.waiting, problems: load.problems };
          return { kind: 'running', load, progress };
        }
      }
      const shown = await contract.request('loads.show', { profileId, loadId });
      const isAtEnd = hasEnded || shown.endedAt !== null || isEndStatus(shown.load.status);
      return { kind: isAtEnd ? 'ended' : 'cut-off', shown };
    }

    function hear(event: LoadEventOfPage): void {
      progress = afterEvent(progress, event, performance.now());
      if (isRunning) show({ kind: 'running', load, progress });
    }

    const stops = [
      contract.subscribe('loads.happened', loadId, {
        onEvent(event) {
          hear(event);
          if (event.kind === 'load-finished' || event.kind === 'load-failed') void look(true);
          // It moves, so it runs, whatever was thought of it.
          else if (!isRunning) void look(false);
        },
        onGap: () => void look(false),
      }),
      // The newest is told to whoever comes, even of a load that has ended: it says nothing of whether it runs.
      contract.subscribe('loads.progress', loadId, { onEvent: hear, onGap: () => {} }),
    ];
    setRun({ kind: 'asking' });
    lookNow.current = () => void look(false);
    void look(false);
    return () => {
      isOver = true;
      clearTimeout(again);
      for (const stop of stops) stop();
    };
  }, [contract, loadId, profileId]);

  return { run, look: useCallback(() => lookNow.current(), []) };
}
