import type { ReactNode } from 'react';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { Icon } from '../../components/icon.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { addressOf } from '../../lib/place.ts';
import { loadTexts } from '../../texts/load.ts';
import { DraftWork } from './draft-work.tsx';
import { NoDraft } from './no-draft.tsx';
import { PlainScreen } from './plain-screen.tsx';
import { DraftLoad } from './progress/draft-load.tsx';
import { ReviewPanel } from './review/review-panel.tsx';
import { useDraft } from './use-draft.ts';
import type { Intake } from './use-intake.ts';

const texts = loadTexts.draft;

/**
 * A draft, by its id: its files (`…/files/NUMBER`: that one), `…/review` of what loading them would change, or
 * `…/loads/LOAD`, one of its loads.
 */
export function DraftScreen({
  draftId,
  intake,
  notices,
}: {
  draftId: string;
  intake: Intake;
  notices: ReactNode;
}) {
  const { place, go } = useNavigation();
  const { state, take, reload } = useDraft(draftId);

  if (state.kind === 'loading')
    return (
      <PlainScreen>
        {notices}
        <Skeleton words={texts.loading} />
      </PlainScreen>
    );
  if (state.kind === 'failed' && state.gone) return <NoDraft notices={notices} text={texts.goneText} />;
  if (state.kind === 'failed')
    return (
      <PlainScreen>
        {notices}
        <FailureBanner title={texts.failedTitle} failure={state.failure} onAgain={reload} />
      </PlainScreen>
    );
  const { draft } = state;
  const [, part, id = ''] = place.rest;
  const toFiles = (fileNo?: number): void =>
    go(
      fileNo === undefined ? addressOf('load', draftId) : addressOf('load', draftId, 'files', String(fileNo)),
    );
  const toLoad = (loadId: string): void => go(addressOf('load', draftId, 'loads', loadId));

  if (part === 'review')
    return (
      <PlainScreen>
        {notices}
        <ReviewPanel draft={draft} onDraft={take} onLoading={toLoad} onBack={toFiles} />
      </PlainScreen>
    );
  if (part === 'loads')
    return (
      <PlainScreen>
        {notices}
        <a className="way-back" href={addressOf('load', draftId)}>
          <Icon name="left" /> {texts.back}
        </a>
        {/* Keyed: another load is another view. */}
        <DraftLoad key={id} draft={draft} loadId={id} onFix={toFiles} onEnded={reload} />
      </PlainScreen>
    );
  return (
    <DraftWork
      draft={draft}
      chosenNo={part === 'files' ? Number(id) : null}
      onDraft={take}
      intake={intake}
      notices={notices}
    />
  );
}
