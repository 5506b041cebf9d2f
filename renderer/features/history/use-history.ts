import { useCallback, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { useContract } from '../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';

export type PastLoad = OutputOf<'loads.history'>['loads'][number];

export type History =
  | { kind: 'asking' }
  | { kind: 'failed'; failure: Failure }
  /** `mayBeMore`: the list is as long as was asked for. */
  | { kind: 'known'; loads: readonly PastLoad[]; mayBeMore: boolean };

const FIRST = 50;
/** The contract gives no more at once. */
const MOST = 500;

/** The newest loads of a profile; read anew whenever a load begins or ends anywhere, and by `again`. */
export function useHistory(profileId: string | null): {
  history: History;
  again: () => void;
  /** Null where no more can be shown. */
  more: (() => void) | null;
} {
  const contract = useContract();
  const [history, setHistory] = useState<History>({ kind: 'asking' });
  const [limit, setLimit] = useState(FIRST);
  const ask = useRef<() => void>(() => {});

  useEffect(() => {
    let question = 0;
    let isOver = false;
    async function read(): Promise<void> {
      question += 1;
      const own = question;
      try {
        const { loads } = await contract.request('loads.history', { profileId, limit });
        if (own === question && !isOver)
          setHistory({ kind: 'known', loads, mayBeMore: loads.length === limit && limit < MOST });
      } catch (thrown) {
        if (own === question && !isOver) setHistory({ kind: 'failed', failure: failureOf(thrown) });
      }
    }
    ask.current = () => void read();
    const stop = contract.subscribe('loads.happened', null, {
      onEvent({ kind }) {
        if (kind === 'load-started' || kind === 'load-finished' || kind === 'load-failed') void read();
      },
      onGap: () => void read(),
    });
    void read();
    return () => {
      isOver = true;
      stop();
    };
  }, [contract, profileId, limit]);

  const again = useCallback(() => {
    setHistory({ kind: 'asking' });
    ask.current();
  }, []);
  const canMore = history.kind === 'known' && history.mayBeMore;
  return { history, again, more: canMore ? () => setLimit(MOST) : null };
}
