import { useCallback } from 'react';
import { useContract } from '../../lib/contract-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { useAnswer } from '../../lib/use-answer.ts';
import { historyTexts } from '../../texts/history.ts';

const texts = historyTexts.one;

/** The way back to the files that a load was made from, as long as they are open: rejected rows are mended there. */
export function FilesOfLoad({ loadId }: { loadId: string }) {
  const contract = useContract();
  const { answer } = useAnswer(
    useCallback(
      async (signal: AbortSignal) => (await contract.request('drafts.list', {}, { signal })).drafts,
      [contract],
    ),
  );
  // Without an answer there is no way to show; the report itself is not the worse for it.
  const drafts = answer.kind === 'ready' ? answer.value : [];
  const own = drafts.find(({ loads }) => loads.includes(loadId));

  if (own === undefined) return null;
  return (
    <p className="no-print">
      {texts.filesOpen} <a href={addressOf('load', own.draftId)}>{texts.openFiles}</a>
    </p>
  );
}
