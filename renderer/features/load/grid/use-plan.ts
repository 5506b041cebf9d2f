import { useEffect, useState } from 'react';
import type { BulkEditView } from '../../../../shared/contract/drafts.ts';
import type { OutputOf } from '../../../../shared/contract/routes.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../../lib/failure.ts';

/** How long somebody who types has to rest before it is counted, in milliseconds. */
const REST_MS = 250;

export type Plan = OutputOf<'drafts.plan'>;

export type PlanState =
  | { kind: 'idle' }
  | { kind: 'busy' }
  | { kind: 'known'; plan: Plan }
  | { kind: 'failed'; failure: Failure };

/** What a bulk edit would do now; null: nothing is asked yet. */
export function usePlan(draftId: string, fileNo: number, bulk: BulkEditView | null): PlanState {
  const contract = useContract();
  const [state, setState] = useState<{ of: string; is: PlanState }>({ of: '', is: { kind: 'idle' } });
  const key = bulk === null ? '' : JSON.stringify(bulk);

  useEffect(() => {
    if (key === '') return;
    const wanted = JSON.parse(key) as BulkEditView;
    const stop = new AbortController();
    const timer = setTimeout(
      async () => {
        try {
          const input = { draftId, fileNo, bulk: wanted };
          const plan = await contract.request('drafts.plan', input, { signal: stop.signal });
          if (!stop.signal.aborted) setState({ of: key, is: { kind: 'known', plan } });
        } catch (thrown) {
          if (!stop.signal.aborted) setState({ of: key, is: { kind: 'failed', failure: failureOf(thrown) } });
        }
      },
      wanted.kind === 'replace' ? REST_MS : 0,
    );
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [contract, draftId, fileNo, key]);

  if (bulk === null) return { kind: 'idle' };
  return state.of === key ? state.is : { kind: 'busy' };
}
