import { useCallback, useRef, useState } from 'react';
import { type Failure, failureOf } from './failure.ts';

export interface Action {
  busy: boolean;
  failure: Failure | null;
  /** Resolves with what the work gave, or null where it failed; a second one waits for nobody and is refused. */
  run: <T>(work: () => Promise<T>) => Promise<T | null>;
  dismiss: () => void;
}

/** Something that is asked of the backend on a press: whether it is under way, and why it failed. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const running = useRef(false);

  const run = useCallback(async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (running.current) return null;
    running.current = true;
    setBusy(true);
    setFailure(null);
    try {
      return await work();
    } catch (thrown) {
      setFailure(failureOf(thrown));
      return null;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const dismiss = useCallback(() => setFailure(null), []);
  return { busy, failure, run, dismiss };
}
