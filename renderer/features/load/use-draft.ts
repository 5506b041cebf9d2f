import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftView } from '../../../shared/contract/drafts.ts';
import { AppError } from '../../../shared/errors.ts';
import { useContract } from '../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';

export type DraftState =
  | { kind: 'loading' }
  /** `gone`: there is no such draft any more. */
  | { kind: 'failed'; failure: Failure; gone: boolean }
  | { kind: 'ready'; draft: DraftView };

/** How long after a lost connection the draft is asked for again, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * A draft as it is now: asked for at first, whenever `drafts.changed` is told, and after a gap. However fast it
 * changes, one question is open at a time. `take` shows what another answer brought, unless that is older; while
 * the connection is lost what was known stays.
 */
export function useDraft(draftId: string): {
  state: DraftState;
  take: (draft: DraftView) => void;
  reload: () => void;
} {
  const contract = useContract();
  const [state, setState] = useState<DraftState>({ kind: 'loading' });
  const ask = useRef<() => void>(() => {});

  const take = useCallback(
    (draft: DraftView) => {
      if (draft.draftId !== draftId) return;
      setState((before) =>
        before.kind === 'ready' && before.draft.revision > draft.revision ? before : { kind: 'ready', draft },
      );
    },
    [draftId],
  );

  useEffect(() => {
    const leaving = new AbortController();
    let open = false;
    let again = false;
    let retry: ReturnType<typeof setTimeout> | undefined;

    async function show(): Promise<void> {
      if (open) {
        again = true;
        return;
      }
      open = true;
      clearTimeout(retry);
      try {
        const { draft } = await contract.request('drafts.show', { draftId }, { signal: leaving.signal });
        if (!leaving.signal.aborted) take(draft);
      } catch (thrown) {
        if (!leaving.signal.aborted) fail(thrown);
      } finally {
        open = false;
        if (again && !leaving.signal.aborted) {
          again = false;
          void show();
        }
      }
    }

    function fail(thrown: unknown): void {
      const gone = thrown instanceof AppError && thrown.code === 'draft.unknown';
      const lost = thrown instanceof AppError && thrown.code === 'connection.lost';
      setState((before) =>
        before.kind === 'ready' && !gone ? before : { kind: 'failed', failure: failureOf(thrown), gone },
      );
      if (lost) retry = setTimeout(() => void show(), RETRY_MS);
    }

    ask.current = () => void show();
    // Listening comes first, so that no change between the answer and the first event is missed.
    const stop = contract.subscribe('drafts.changed', draftId, {
      onEvent: () => void show(),
      onGap: () => void show(),
    });
    void show();
    return () => {
      leaving.abort();
      clearTimeout(retry);
      stop();
    };
  }, [contract, draftId, take]);

  return { state, take, reload: useCallback(() => ask.current(), []) };
}
