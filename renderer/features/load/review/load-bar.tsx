import { useId, useState } from 'react';
import type { Review } from '../../../../shared/contract/draft-review.ts';
import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { Button } from '../../../components/button.tsx';
import { FailureBanner } from '../../../components/failure-banner.tsx';
import { SwitchRow } from '../../../components/switch-row.tsx';
import { reviewTexts } from '../../../texts/review.ts';
import { targetInWords, targetName } from '../../../texts/targets.ts';
import { ConfirmLoad } from './confirm-load.tsx';
import { type LoadOptions, useStartLoad } from './use-start-load.ts';

const texts = reviewTexts.load;

/** The button that loads, with how many rows and into what; why it cannot, where it cannot; and the rarer choices. */
export function LoadBar({
  draft,
  review,
  options,
  onOptions,
  onDraft,
  onLoading,
}: {
  draft: DraftView;
  review: Review;
  options: LoadOptions;
  onOptions: (options: LoadOptions) => void;
  onDraft: (draft: DraftView) => void;
  onLoading: (loadId: string) => void;
}) {
  const [asks, setAsks] = useState(false);
  const [hasMore, setMore] = useState(false);
  const whyId = useId();
  const moreId = useId();
  const { isStarting, failure, start } = useStartLoad(draft.draftId, onLoading, onDraft);
  const why = whyNot(draft, review, options);
  const isProduction = draft.profileKind === 'production';
  const words = texts.button(review.written, reviewTexts.target(draft));
  const { confirmation } = review;

  return (
    <section className="load-bar-area" aria-label={texts.label}>
      {failure !== null && <FailureBanner title={texts.failed} failure={failure} />}
      {hasMore && <Options id={moreId} review={review} options={options} onOptions={onOptions} />}
      <div className="load-bar-line">
        <Button
          look="quiet"
          icon={hasMore ? 'down' : 'more'}
          aria-expanded={hasMore}
          {...(hasMore ? { 'aria-controls': moreId } : {})}
          onPress={() => setMore(!hasMore)}
        >
          {reviewTexts.options.more}
        </Button>
        <p className="load-bar-why" id={whyId} data-why={why !== null || undefined}>
          {why ?? whatStays(review)}
        </p>
        <Button
          look={isProduction ? 'danger' : 'primary'}
          isDisabled={why !== null || isStarting}
          aria-describedby={whyId}
          onPress={() => {
            if (confirmation === null) void start(options, null);
            else setAsks(true);
          }}
        >
          {isStarting ? texts.starting : words}
        </Button>
      </div>
      {confirmation !== null && (
        <ConfirmLoad
          review={review}
          name={targetName({ profileId: draft.profileId, profile: confirmation })}
          target={targetInWords(draft)}
          button={words}
          isOpen={asks}
          isProduction={isProduction}
          onClose={() => setAsks(false)}
          onConfirm={() => {
            setAsks(false);
            void start(options, confirmation);
          }}
        />
      )}
    </section>
  );
}

/** Why these files cannot be loaded as they are; null where they can. */
function whyNot(draft: DraftView, review: Review, { allOrNothing }: LoadOptions): string | null {
  const why = texts.why;
  const rejected = sum(review, 'rejected');
  if (draft.loading !== null) return why.loading;
  if (draft.readOnly) return why.readOnly(draft.profile);
  if (review.revision !== draft.revision) return why.stale;
  if (review.written === 0) return sum(review, 'unchanged') > 0 ? why.nothing : why.nothingFit;
  if (allOrNothing && rejected > 0) return why.allOrNothing(rejected);
  return null;
}

function whatStays(review: Review): string {
  return texts.whatStays(sum(review, 'unchanged'), sum(review, 'rejected'), sum(review, 'skipped'));
}

function sum(review: Review, field: 'unchanged' | 'rejected' | 'skipped'): number {
  return review.files.reduce((all, file) => all + file[field], 0);
}

function Options({
  id,
  review,
  options,
  onOptions,
}: {
  id: string;
  review: Review;
  options: LoadOptions;
  onOptions: (options: LoadOptions) => void;
}) {
  const words = reviewTexts.options;
  return (
    <div className="load-options" id={id}>
      <SwitchRow
        label={words.allOrNothing}
        hint={words.allOrNothingHint}
        isOn={options.allOrNothing}
        onChange={(allOrNothing) => onOptions({ ...options, allOrNothing })}
      />
      <SwitchRow
        label={words.noEmbeddings}
        hint={words.noEmbeddingsHint}
        isOn={!options.embed}
        isDisabled={review.forecast === null}
        onChange={(without) => onOptions({ ...options, embed: !without })}
      />
      <SwitchRow
        label={words.noEvents}
        hint={words.noEventsHint}
        isOn={!options.publish}
        onChange={(without) => onOptions({ ...options, publish: !without })}
      />
    </div>
  );
}
