import { useCallback, useEffect, useRef, useState } from 'react';
import type { Review } from '../../../../shared/contract/draft-review.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../../lib/failure.ts';

export type ReviewState =
  | { kind: 'comparing'; sinceMs: number }
  | { kind: 'stopped' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'ready'; review: Review };

/** Compares a draft with its database: at once, and again by `compare`. `stop` ends it at the backend, too. */
export function useReview(draftId: string): { state: ReviewState; compare: () => void; stop: () => void } {
  const contract = useContract();
  const [state, setState] = useState<ReviewState>({ kind: 'comparing', sinceMs: Date.now() });
  const running = useRef<AbortController | null>(null);

  const compare = useCallback(() => {
    running.current?.abort();
    const own = new AbortController();
    running.current = own;
    setState({ kind: 'comparing', sinceMs: Date.now() });
    contract.request('drafts.review', { draftId }, { signal: own.signal }).then(
      ({ review }) => {
        if (running.current === own) setState({ kind: 'ready', review });
      },
      (thrown: unknown) => {
        if (running.current === own) setState({ kind: 'failed', failure: failureOf(thrown) });
      },
    );
  }, [contract, draftId]);

  const leave = useCallback(() => {
    running.current?.abort();
    running.current = null;
  }, []);
  const stop = useCallback(() => {
    leave();
    setState({ kind: 'stopped' });
  }, [leave]);

  useEffect(() => {
    compare();
    return leave;
  }, [compare, leave]);

  return { state, compare, stop };
}
