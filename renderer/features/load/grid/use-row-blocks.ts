import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { DraftFileView, DraftView, RowFilter } from '../../../../shared/contract/drafts.ts';
import { AppError } from '../../../../shared/errors.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../../lib/failure.ts';
import type { ShownRows } from './file-memory.ts';
import { createRowBlocks, type RowBlocks } from './row-blocks.ts';

/** How often rows in sight are read again at most while their file is checked, in milliseconds: it has more to do. */
const CHECKING_MS = 1_000;

export interface RowBlocksState {
  blocks: RowBlocks;
  /** Why the rows in sight could not be read. */
  unread: Failure | null;
  /** Says that the rows of this revision, after an edit of our own, are read anyway. */
  onRead: (revision: number) => void;
}

/** The rows of what is shown, read again whenever the draft is another than before. */
export function useRowBlocks(
  { draftId, revision }: DraftView,
  { fileNo, state, rows, errors, warnings }: DraftFileView,
  shown: ShownRows,
  onFilterAgain: (filter: RowFilter) => void,
): RowBlocksState {
  const contract = useContract();
  const [unread, setUnread] = useState<Failure | null>(null);
  const latest = useRef({ shown, onFilterAgain });
  latest.current = { shown, onFilterAgain };
  const view = shown.kind === 'view' ? shown.view : null;

  const blocks = useMemo(
    () =>
      createRowBlocks({
        async read(place, count, signal) {
          const from = view === null ? place + 1 : place;
          const input = { draftId, fileNo, view, from, count };
          const answer = await contract.request('drafts.rows', input, { signal });
          setUnread(null);
          return answer.rows;
        },
        onFailure(thrown) {
          const { shown: now, onFilterAgain: again } = latest.current;
          const isGone = thrown instanceof AppError && thrown.code === 'draft.view-gone';
          if (isGone && now.kind === 'view') again(now.filter);
          else setUnread(failureOf(thrown));
        },
      }),
    [contract, draftId, fileNo, view],
  );
  useEffect(() => () => blocks.rest(), [blocks]);

  const read = useRef(revision);
  const progress = `${state} ${rows} ${errors} ${warnings}`;
  const seenProgress = useRef(progress);
  const refreshedMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    // While a file is checked its rows get their issues without a change to the draft.
    const isDue = performance.now() - refreshedMs.current >= CHECKING_MS;
    const hasCome = state === 'checking' && progress !== seenProgress.current && isDue;
    const isChecked = state === 'checked' && seenProgress.current.startsWith('checking');
    const isNew = revision > read.current;
    read.current = Math.max(read.current, revision);
    seenProgress.current = progress;
    if (!isNew && !hasCome && !isChecked) return;
    refreshedMs.current = performance.now();
    void blocks.refresh();
  }, [blocks, revision, state, progress]);

  const onRead = useCallback((done: number) => {
    read.current = done;
  }, []);
  return { blocks, unread, onRead };
}
