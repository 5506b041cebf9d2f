import { useCallback, useEffect, useRef, useState } from 'react';
import type { Change, ReviewRow } from '../../../../shared/contract/draft-review.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../../lib/failure.ts';

/** Rows asked for at a time. */
const PAGE_ROWS = 100;
/** Pages kept; those that were asked for longest ago go first. */
const KEPT_PAGES = 40;

/**
 * Rows of a review, read page by page as they come into sight. `need` says which rows are; a row that has not come
 * yet is undefined. For another list, the component is to be made anew (`key`).
 */
export function useReviewRows(list: { draftId: string; fileNo: number; change: Change }): {
  rowAt: (index: number) => ReviewRow | undefined;
  need: (first: number, last: number) => void;
  failure: Failure | null;
  again: () => void;
} {
  const { draftId, fileNo, change } = list;
  const contract = useContract();
  const pages = useRef(new Map<number, readonly ReviewRow[] | 'asked'>());
  const [, setRound] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const leaving = useRef<AbortController | null>(null);
  useEffect(() => {
    const own = new AbortController();
    leaving.current = own;
    return () => {
      own.abort();
      pages.current.clear();
    };
  }, []);

  const ask = useCallback(
    async (page: number) => {
      const signal = leaving.current?.signal;
      pages.current.set(page, 'asked');
      try {
        const { rows } = await contract.request(
          'drafts.reviewRows',
          { draftId, fileNo, change, offset: page * PAGE_ROWS, limit: PAGE_ROWS },
          signal === undefined ? {} : { signal },
        );
        if (signal?.aborted === true) return;
        pages.current.set(page, rows);
        const [oldest] = pages.current.keys();
        if (pages.current.size > KEPT_PAGES && oldest !== undefined) pages.current.delete(oldest);
        setRound((round) => round + 1);
      } catch (thrown) {
        if (signal?.aborted === true) return;
        pages.current.delete(page);
        setFailure(failureOf(thrown));
      }
    },
    [contract, draftId, fileNo, change],
  );

  const need = useCallback(
    (first: number, last: number) => {
      if (failure !== null) return;
      for (let page = Math.floor(first / PAGE_ROWS); page * PAGE_ROWS <= last; page += 1)
        if (!pages.current.has(page)) void ask(page);
    },
    [ask, failure],
  );
  const rowAt = (index: number): ReviewRow | undefined => {
    const page = pages.current.get(Math.floor(index / PAGE_ROWS));
    return page === undefined || page === 'asked' ? undefined : page[index % PAGE_ROWS];
  };
  return { rowAt, need, failure, again: useCallback(() => setFailure(null), []) };
}
