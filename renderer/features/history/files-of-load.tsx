import { useEffect, useState } from 'react';
import { useContract } from '../../lib/contract-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { historyTexts } from '../../texts/history.ts';

const texts = historyTexts.one;

/** The way back to the files that a load was made from, as long as they are open: rejected rows are mended there. */
export function FilesOfLoad({ loadId }: { loadId: string }) {
  const contract = useContract();
  const [draftId, setDraftId] = useState<string | null>(null);

  useEffect(() => {
    const leaving = new AbortController();
    contract
      .request('drafts.list', {}, { signal: leaving.signal })
      .then(({ drafts }) => {
        const own = drafts.find(({ loads }) => loads.includes(loadId));
        if (!leaving.signal.aborted) setDraftId(own?.draftId ?? null);
      })
      // Without an answer there is no way to show; the report itself is not the worse for it.
      .catch(() => {});
    return () => leaving.abort();
  }, [contract, loadId]);

  if (draftId === null) return null;
  return (
    <p className="no-print">
      {texts.filesOpen} <a href={addressOf('load', draftId)}>{texts.openFiles}</a>
    </p>
  );
}
