import { type ReactNode, useState } from 'react';
import type { DraftView } from '../../../shared/contract/drafts.ts';
import { Button } from '../../components/button.tsx';
import { usePageFiles } from '../../lib/contract-context.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { addressOf } from '../../lib/place.ts';
import { useShortcuts } from '../../lib/shortcuts.tsx';
import { loadTexts } from '../../texts/load.ts';
import { DraftBar } from './draft-bar.tsx';
import { DraftNotices } from './draft-notices.tsx';
import { DraftSheets } from './draft-sheets.tsx';
import { canReview } from './draft-sums.ts';
import { FileList } from './file-list.tsx';
import { offers } from './file-offers.ts';
import type { OpenSheet } from './file-props.ts';
import { FileWork } from './file-work.tsx';
import type { Intake } from './use-intake.ts';

/** The files of a draft at the left, work on the chosen one at the right, what they come to together above. */
export function DraftWork({
  draft,
  chosenNo,
  onDraft,
  intake,
  notices,
}: {
  draft: DraftView;
  /** Of the chosen file; null, or one that is not there: the first. */
  chosenNo: number | null;
  onDraft: (draft: DraftView) => void;
  intake: Intake;
  notices: ReactNode;
}) {
  const { go } = useNavigation();
  const files = usePageFiles();
  const [sheet, setSheet] = useState<OpenSheet | null>(null);
  const chosen = draft.files.find(({ fileNo }) => fileNo === chosenNo) ?? draft.files[0] ?? null;
  const review = (): void => go(addressOf('load', draft.draftId, 'review'));
  const choose = (fileNo: number): void =>
    go(addressOf('load', draft.draftId, 'files', String(fileNo)), { replace: true });
  const toLoad = (loadId: string): void => go(addressOf('load', draft.draftId, 'loads', loadId));
  const add = (): void => void intake.take(files.choose);

  const onFile = (kind: 'columns' | 'reading' | 'doctor') => (): void => {
    if (chosen !== null && offers(chosen, kind)) setSheet({ kind, fileNo: chosen.fileNo });
  };
  const step = (by: 1 | -1) => (): void => {
    const at = draft.files.findIndex(({ fileNo }) => fileNo === chosen?.fileNo);
    const next = draft.files[at + by];
    if (next !== undefined) choose(next.fileNo);
  };
  useShortcuts({
    o: add,
    '[': step(-1),
    ']': step(1),
    m: onFile('columns'),
    i: onFile('reading'),
    d: onFile('doctor'),
    r: () => setSheet({ kind: 'rules' }),
    'Mod+Enter': () => {
      if (canReview(draft)) review();
    },
  });

  return (
    <div className="draft">
      <DraftBar
        draft={draft}
        onDraft={onDraft}
        onAdd={add}
        onReview={review}
        onLoad={toLoad}
        onSheet={setSheet}
      />
      <div className="draft-notices">
        {notices}
        <DraftNotices draft={draft} onWatch={toLoad} />
      </div>
      {chosen === null ? (
        <div className="draft-empty">
          <p className="soft">{loadTexts.draft.noFiles}</p>
          <Button look="primary" icon="plus" onPress={add}>
            {loadTexts.draft.add}
          </Button>
        </div>
      ) : (
        <div className="draft-panes">
          <FileList
            draft={draft}
            chosenNo={chosen.fileNo}
            onChoose={choose}
            onSheet={setSheet}
            onDraft={onDraft}
          />
          <FileWork draft={draft} file={chosen} onDraft={onDraft} onSheet={setSheet} />
        </div>
      )}
      <DraftSheets draft={draft} sheet={sheet} onSheet={setSheet} onDraft={onDraft} />
    </div>
  );
}
