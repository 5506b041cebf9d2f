import { useEffect, useState } from 'react';
import type { RunningLoadView } from '../../shared/contract/load-routes.ts';
import { useContract } from './contract-context.tsx';
import { type Failure, failureOf } from './failure.ts';

export type RunningLoads =
  | { kind: 'asking' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'known'; loads: readonly RunningLoadView[] };

/** The loads that run now, whoever began them; follows what begins and ends, over lost connections, too. */
export function useRunningLoads(): RunningLoads {
  const contract = useContract();
  const [running, setRunning] = useState<RunningLoads>({ kind: 'asking' });

  useEffect(() => {
    let isOver = false;
    /** The backend lists a load until all is put away, a moment after it has said that it ended. */
    const ended = new Set<string>();

    async function ask(): Promise<void> {
      try {
        const { loads } = await contract.request('loads.running', {});
        if (!isOver) setRunning({ kind: 'known', loads: loads.filter(({ loadId }) => !ended.has(loadId)) });
      } catch (thrown) {
        // What was known is worth more than an error over it: the header says that the connection is lost.
        if (!isOver)
          setRunning((before) =>
            before.kind === 'known' ? before : { kind: 'failed', failure: failureOf(thrown) },
          );
      }
    }

    const stop = contract.subscribe('loads.happened', null, {
      onEvent(event) {
        if (event.kind === 'load-started') {
          ended.delete(event.loadId);
          void ask();
        } else if (event.kind === 'load-finished' || event.kind === 'load-failed') {
          ended.add(event.loadId);
          setRunning((before) =>
            before.kind === 'known'
              ? { kind: 'known', loads: before.loads.filter(({ loadId }) => loadId !== event.loadId) }
              : before,
          );
        }
      },
      onGap() {
        ended.clear();
        void ask();
      },
    });
    void ask();
    return () => {
      isOver = true;
      stop();
    };
  }, [contract]);

  return running;
}
