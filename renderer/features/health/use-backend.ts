import { useCallback, useEffect, useState } from 'react';
import type { Bridge } from '../../lib/bridge.ts';
import { askBackend, type BackendState, backendStoppedEvent, stoppedBecause } from './backend-state.ts';

/** Follows the backend: asks once, hears of its end, and asks again (which starts it anew) on `retry`. */
export function useBackend(bridge: Bridge | null): { state: BackendState; retry: () => void } {
  const [state, setState] = useState<BackendState>({ kind: bridge === null ? 'no-shell' : 'starting' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    if (bridge === null) return;
    return bridge.on(backendStoppedEvent, (report) => setState(stoppedBecause(report)));
  }, [bridge]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is the reason to ask again
  useEffect(() => {
    if (bridge === null) return;
    let current = true;
    setState({ kind: 'starting' });
    askBackend(bridge).then((answer) => {
      if (current) setState(answer);
    });
    return () => {
      current = false;
    };
  }, [bridge, attempt]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  return { state, retry };
}
