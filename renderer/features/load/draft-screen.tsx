import type { ReactNode } from 'react';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { addressOf } from '../../lib/place.ts';
import { failureTexts } from '../../texts/failure.ts';
import { loadTexts } from '../../texts/load.ts';
import { DraftWork } from './draft-work.tsx';
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
      <Plain>
        {notices}
        <Skeleton words={texts.loading} />
      </Plain>
    );
  if (state.kind === 'failed')
    return (
      <Plain>
        {notices}
        <Banner
          tone={state.gone ? 'warn' : 'bad'}
          title={state.gone ? texts.goneTitle : texts.failedTitle}
          urgent
          actions={
            state.gone ? (
              <Button look="primary" onPress={() => go(addressOf('load'))}>
                {texts.start}
              </Button>
            ) : (
              <Button onPress={reload}>{failureTexts.tryAgain}</Button>
            )
          }
        >
          {state.gone ? texts.goneText : `${state.failure.message} ${state.failure.hint}`}
        </Banner>
      </Plain>
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
      <Plain>
        {notices}
        <ReviewPanel draft={draft} onDraft={take} onLoading={toLoad} onBack={toFiles} />
      </Plain>
    );
  if (part === 'loads')
    return (
      <Plain>
        {notices}
        <a className="way-back" href={addressOf('load', draftId)}>
          <Icon name="left" /> {texts.back}
        </a>
        {/* Keyed: another load is another view. */}
        <DraftLoad key={id} draft={draft} loadId={id} onFix={toFiles} onEnded={reload} />
      </Plain>
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

function Plain({ children }: { children: ReactNode }) {
  return (
    <div className="screen">
      <ScreenHeading title={loadTexts.title} lead={loadTexts.lead} />
      {children}
    </div>
  );
}
