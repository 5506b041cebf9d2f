import { useRef, useState } from 'react';
import type { Review } from '../../../../shared/contract/draft-review.ts';
import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { Banner } from '../../../components/banner.tsx';
import { Button } from '../../../components/button.tsx';
import { FailureBanner } from '../../../components/failure-banner.tsx';
import { LandingHeading } from '../../../components/landing-heading.tsx';
import { useNow } from '../../../lib/use-now.ts';
import { timeRunning } from '../../../texts/amounts.ts';
import { reviewTexts } from '../../../texts/review.ts';
import { targetInWords } from '../../../texts/targets.ts';
import { alarmWords } from './alarm-words.ts';
import { ForecastCard } from './forecast-card.tsx';
import { LoadBar } from './load-bar.tsx';
import { ReviewRows } from './review-rows.tsx';
import { countOf, type Opened, ReviewTable } from './review-table.tsx';
import { useReview } from './use-review.ts';
import { USUAL_OPTIONS } from './use-start-load.ts';

const texts = reviewTexts;

/** What loading a draft would change, number by number and field by field, and the button that does it. */
export function ReviewPanel({
  draft,
  onDraft,
  onLoading,
  onBack,
}: {
  draft: DraftView;
  /** The draft has turned out to be another than this page believed. */
  onDraft: (draft: DraftView) => void;
  onLoading: (loadId: string) => void;
  /** To the files; with a number, to the rejected rows of that file. */
  onBack: (fileNo?: number) => void;
}) {
  const { state, compare, stop } = useReview(draft.draftId);
  return (
    <section className="review" aria-labelledby="review-title">
      <div className="review-heading">
        <div>
          <LandingHeading level={2} id="review-title">
            {texts.title}
          </LandingHeading>
          <p className="soft">{texts.lead(targetInWords(draft))}</p>
        </div>
        <div className="review-heading-actions">
          {state.kind === 'ready' && (
            <Button look="quiet" icon="again" onPress={compare}>
              {texts.again}
            </Button>
          )}
          <Button icon="left" onPress={() => onBack()}>
            {texts.back}
          </Button>
        </div>
      </div>
      {state.kind === 'comparing' && <Comparing draft={draft} sinceMs={state.sinceMs} onStop={stop} />}
      {state.kind === 'stopped' && (
        <Banner
          tone="info"
          title={texts.stopped.title}
          actions={
            <Button look="primary" onPress={compare}>
              {texts.again}
            </Button>
          }
        >
          {texts.stopped.text}
        </Banner>
      )}
      {state.kind === 'failed' && (
        <FailureBanner title={texts.failed.title} failure={state.failure} onAgain={compare} />
      )}
      {state.kind === 'ready' && (
        <Ready
          // A review that was made anew has other rows and may have other alarms.
          key={state.review.revision}
          draft={draft}
          review={state.review}
          onCompare={compare}
          onDraft={onDraft}
          onLoading={onLoading}
          onBack={onBack}
        />
      )}
    </section>
  );
}

function Comparing({ draft, sinceMs, onStop }: { draft: DraftView; sinceMs: number; onStop: () => void }) {
  const now = useNow();
  const rows = draft.files.reduce((sum, { accepted }) => sum + accepted, 0);
  return (
    <div className="comparing">
      <span className="comparing-mark" aria-hidden="true" />
      <div className="comparing-words">
        <p role="status">
          <strong>{texts.comparing.title}</strong>
        </p>
        <p className="soft">{texts.comparing.text(rows, targetInWords(draft))}</p>
        {now - sinceMs >= 2_000 && (
          <p className="soft small">{texts.comparing.running(timeRunning(now - sinceMs))}</p>
        )}
      </div>
      <Button onPress={onStop}>{texts.comparing.stop}</Button>
    </div>
  );
}

function Ready({
  draft,
  review,
  onCompare,
  onDraft,
  onLoading,
  onBack,
}: {
  draft: DraftView;
  review: Review;
  onCompare: () => void;
  onDraft: (draft: DraftView) => void;
  onLoading: (loadId: string) => void;
  onBack: (fileNo?: number) => void;
}) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const numbers = useRef<HTMLDivElement>(null);
  const [options, setOptions] = useState(USUAL_OPTIONS);
  const isStale = review.revision !== draft.revision;
  const file = review.files.find(({ fileNo }) => fileNo === opened?.fileNo);
  return (
    <>
      <div role="status">
        {isStale && (
          <Banner
            tone="warn"
            title={texts.stale.title}
            actions={
              <Button look="primary" onPress={onCompare}>
                {texts.again}
              </Button>
            }
          >
            {texts.stale.text}
          </Banner>
        )}
        {draft.loading !== null && (
          <Banner
            tone="info"
            title={texts.load.why.loading}
            actions={<Button onPress={() => onLoading(draft.loading ?? '')}>{texts.load.follow}</Button>}
          />
        )}
      </div>
      {review.alarms.length > 0 && (
        <section className="alarms" aria-label={texts.alarmsLabel}>
          {review.alarms.map((alarm) => (
            <Banner key={`${alarm.kind}-${alarm.fileNo}`} tone="bad" title={alarmWords(review, alarm)}>
              {alarm.hint}
            </Banner>
          ))}
        </section>
      )}
      <div className="review-numbers" ref={numbers}>
        <ReviewTable files={review.files} opened={opened} onOpen={setOpened} />
        {opened === null && <p className="soft small">{texts.table.hint}</p>}
      </div>
      {opened !== null && file !== undefined && (
        <ReviewRows
          key={`${opened.fileNo}-${opened.change}`}
          draftId={draft.draftId}
          file={file}
          change={opened.change}
          count={countOf(file, opened.change)}
          onClose={() => {
            setOpened(null);
            numbers.current?.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
          }}
          onFix={() => onBack(opened.fileNo)}
        />
      )}
      <ForecastCard forecast={review.forecast} isOff={!options.embed} />
      <LoadBar
        draft={draft}
        review={review}
        options={options}
        onOptions={setOptions}
        onDraft={onDraft}
        onLoading={onLoading}
      />
    </>
  );
}
