import { useRef, useState } from 'react';
import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../../lib/failure.ts';

export interface LoadOptions {
  allOrNothing: boolean;
  embed: boolean;
  publish: boolean;
}

export const USUAL_OPTIONS: LoadOptions = { allOrNothing: false, embed: true, publish: true };

/**
 * Starts the load of a draft, once: until it is refused nothing starts a second one, however often it is pressed.
 * After a refusal the draft is asked for anew, as something about it is not what the page believes.
 */
export function useStartLoad(
  draftId: string,
  onLoading: (loadId: string) => void,
  onDraft: (draft: DraftView) => void,
): {
  isStarting: boolean;
  failure: Failure | null;
  start: (options: LoadOptions, confirmation: string | null) => Promise<void>;
} {
  const contract = useContract();
  const [isStarting, setStarting] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  // A second press may come before the first has been painted.
  const isOut = useRef(false);

  async function start(options: LoadOptions, confirmation: string | null): Promise<void> {
    if (isOut.current) return;
    isOut.current = true;
    setStarting(true);
    setFailure(null);
    try {
      const { loadId } = await contract.request('drafts.load', { draftId, confirmation, ...options });
      onLoading(loadId);
    } catch (thrown) {
      setFailure(failureOf(thrown));
      isOut.current = false;
      setStarting(false);
      contract.request('drafts.show', { draftId }).then(
        ({ draft }) => onDraft(draft),
        // The refusal is shown already; the draft is as unreachable as the load.
        () => {},
      );
    }
  }

  return { isStarting, failure, start };
}
