import { useEffect, useId, useRef, useState } from 'react';
import type { Change, Review } from '../../../../shared/contract/draft-review.ts';
import { Button } from '../../../components/button.tsx';
import { FailureBanner } from '../../../components/failure-banner.tsx';
import { reviewTexts } from '../../../texts/review.ts';
import { ChangedRow } from './changed-row.tsx';
import { RowList } from './row-list.tsx';
import { useReviewRows } from './use-review-rows.ts';

const texts = reviewTexts.rows;

export type ReviewFile = Review['files'][number];

/** The rows behind a number of the review; of changed ones, what the chosen row was and what it becomes. */
export function ReviewRows({
  draftId,
  file,
  change,
  count,
  onClose,
  onFix,
}: {
  draftId: string;
  file: ReviewFile;
  change: Change;
  count: number;
  onClose: () => void;
  onFix: () => void;
}) {
  const titleId = useId();
  const { rowAt, need, failure, again } = useReviewRows({ draftId, fileNo: file.fileNo, change });
  const [chosen, setChosen] = useState(0);
  const row = rowAt(chosen);
  useEffect(() => need(chosen, chosen), [need, chosen]);
  const section = useRef<HTMLElement>(null);
  const isThere = row !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once more when the first row has made it higher
  useEffect(() => {
    // What it returns, in newer browsers a promise, is no clean-up.
    section.current?.scrollIntoView({ block: 'nearest' });
  }, [isThere]);

  return (
    <section
      className="review-rows"
      aria-labelledby={titleId}
      ref={section}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div className="review-rows-heading">
        <h3 id={titleId}>
          {texts.title(count, change, file.type)} <span className="soft">{texts.in(file.name)}</span>
        </h3>
        {change === 'rejected' && <Button onPress={onFix}>{texts.fix}</Button>}
        <Button look="quiet" icon="cross" aria-label={texts.close} onPress={onClose} />
      </div>
      {change === 'rejected' && <p className="soft small">{texts.rejectedHint}</p>}
      {failure !== null ? (
        <FailureBanner title={texts.failed} failure={failure} onAgain={again} />
      ) : (
        <div className="review-rows-body" data-change={change}>
          <RowList
            count={count}
            change={change}
            type={file.type}
            labelledBy={titleId}
            rowAt={rowAt}
            need={need}
            chosen={chosen}
            onChoose={setChosen}
          />
          {change === 'update' && row !== undefined && <ChangedRow row={row} type={file.type} />}
        </div>
      )}
    </section>
  );
}
