import type { DraftView } from '../../../shared/contract/drafts.ts';
import { Button } from '../../components/button.tsx';
import { LandingHeading } from '../../components/landing-heading.tsx';
import { ActionMenu } from '../../components/menu.tsx';
import { loadTexts } from '../../texts/load.ts';
import { canReview, type DraftSums, sumsOf } from './draft-sums.ts';
import type { OpenSheet } from './file-props.ts';
import { TargetMenu } from './target-menu.tsx';

const texts = loadTexts.draft;

/** What the files come to together, where they go, and the way on. */
export function DraftBar({
  draft,
  onDraft,
  onAdd,
  onReview,
  onLoad,
  onSheet,
}: {
  draft: DraftView;
  onDraft: (draft: DraftView) => void;
  onAdd: () => void;
  onReview: () => void;
  /** To one of its loads. */
  onLoad: (loadId: string) => void;
  onSheet: (sheet: OpenSheet) => void;
}) {
  const lastLoad = draft.loads.at(-1);
  const locked = draft.loading !== null;
  return (
    <div className="draft-bar">
      <div className="draft-bar-words">
        <div className="draft-bar-target">
          <LandingHeading level={1}>{loadTexts.title}</LandingHeading>
          <span className="soft" aria-hidden="true">
            {texts.into}
          </span>
          <TargetMenu draft={draft} onDraft={onDraft} isDisabled={locked} />
        </div>
        <Sums sums={sumsOf(draft)} />
      </div>
      <div className="draft-bar-actions">
        <Button icon="plus" onPress={onAdd} isDisabled={locked}>
          {texts.add}
        </Button>
        <ActionMenu
          label={texts.more}
          actions={[
            ...(lastLoad === undefined
              ? []
              : [{ id: 'report', words: texts.report, run: () => onLoad(lastLoad) }]),
            { id: 'learnt', words: texts.learnt, run: () => onSheet({ kind: 'rules' }) },
            ...(locked
              ? []
              : [
                  {
                    id: 'discard',
                    words: texts.discard,
                    danger: true,
                    run: () => onSheet({ kind: 'discard' }),
                  },
                ]),
          ]}
        />
        <Button look="primary" onPress={onReview} isDisabled={!canReview(draft)}>
          {texts.review}
        </Button>
      </div>
    </div>
  );
}

/** Read aloud when it changes, but not at every step of a check. */
function Sums({ sums }: { sums: DraftSums }) {
  const { rows, accepted, rejected, skipped, errors, warnings, unfinished, failed } = sums;
  if (unfinished > 0)
    return (
      <p className="draft-sums" role="status">
        <span className="soft">{texts.checkingFiles(unfinished)}</span>
      </p>
    );
  return (
    <p className="draft-sums" role="status" aria-label={texts.summary}>
      <span className="sum" data-tone={accepted > 0 ? 'good' : undefined}>
        {texts.ready(accepted)}
      </span>{' '}
      <span className="soft">{texts.ofRows(rows)}</span>
      {rejected > 0 && (
        <span className="sum" data-tone="bad">
          {texts.rejected(rejected)}
        </span>
      )}
      {skipped > 0 && <span className="sum">{texts.skipped(skipped)}</span>}
      {failed > 0 && (
        <span className="sum" data-tone="bad">
          {texts.failedFiles(failed)}
        </span>
      )}
      {rows > 0 && errors + warnings + skipped === 0 && (
        <span className="soft sum-in-order">{texts.allInOrder}</span>
      )}
    </p>
  );
}
