import { useCallback, useEffect, useState } from 'react';
import { type Failure, failureOf } from './failure.ts';

export type Answer<T> =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'ready'; value: T };

/**
 * What a question to the backend was answered with. Asked again when `ask` is another function and by `again`;
 * until then the answer before stays in sight.
 */
export function useAnswer<T>(ask: (signal: AbortSignal) => Promise<T>): {
  answer: Answer<T>;
  again: () => void;
} {
  const [answer, setAnswer] = useState<Answer<T>>({ kind: 'loading' });
  const [round, setRound] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each round asks once more
  useEffect(() => {
    const leaving = new AbortController();
    ask(leaving.signal).then(
      (value) => {
        if (!leaving.signal.aborted) setAnswer({ kind: 'ready', value });
      },
      (thrown: unknown) => {
        if (!leaving.signal.aborted) setAnswer({ kind: 'failed', failure: failureOf(thrown) });
      },
    );
    return () => leaving.abort();
  }, [ask, round]);

  return { answer, again: useCallback(() => setRound((before) => before + 1), []) };
}
