import { useCallback, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { useAnswer } from '../../lib/use-answer.ts';
import { dayAndTime } from '../../texts/amounts.ts';
import { failureTexts } from '../../texts/failure.ts';
import { loadTexts } from '../../texts/load.ts';
import { DiscardDialog } from './discard-dialog.tsx';

const texts = loadTexts.left;

type LeftDraft = OutputOf<'drafts.list'>['drafts'][number];

/** Drafts that were opened before, to be gone on with. Nothing where there are none. */
export function OpenDrafts() {
  const contract = useContract();
  const { answer, again } = useAnswer(
    useCallback(
      async (signal: AbortSignal) => (await contract.request('drafts.list', {}, { signal })).drafts,
      [contract],
    ),
  );
  const [discarding, setDiscarding] = useState<LeftDraft | null>(null);

  if (answer.kind === 'failed')
    return (
      <Banner
        tone="warn"
        title={texts.failedTitle}
        actions={<Button onPress={again}>{failureTexts.tryAgain}</Button>}
      >
        {answer.failure.message} {answer.failure.hint}
      </Banner>
    );
  if (answer.kind === 'loading' || answer.value.length === 0) return null;
  return (
    <section className="left-open" aria-labelledby="left-open">
      <div>
        <h2 id="left-open">{texts.title}</h2>
        <p className="soft small">{texts.lead}</p>
      </div>
      <ul className="left-drafts">
        {answer.value.map((draft) => (
          <LeftDraftRow key={draft.draftId} draft={draft} onDiscard={() => setDiscarding(draft)} />
        ))}
      </ul>
      <DiscardDialog draft={discarding} onClose={() => setDiscarding(null)} onDiscarded={again} />
    </section>
  );
}

function LeftDraftRow({ draft, onDiscard }: { draft: LeftDraft; onDiscard: () => void }) {
  const names = draft.files.length === 0 ? texts.noFiles : loadTexts.names(draft.files);
  return (
    <li className="left-draft">
      <Icon name="file" />
      <div className="left-draft-words">
        <span className="left-draft-files">{names}</span>
        <span className="soft small">
          {texts.opened(dayAndTime(new Date(draft.createdAt), new Date()))} ·{' '}
          {texts.loads(draft.loads.length)}
        </span>
      </div>
      <a className="button" href={addressOf('load', draft.draftId)} aria-label={texts.goOnNamed(names)}>
        {texts.goOn}
      </a>
      <Button look="quiet" aria-label={texts.discardNamed(names)} onPress={onDiscard}>
        {texts.discard}
      </Button>
    </li>
  );
}
