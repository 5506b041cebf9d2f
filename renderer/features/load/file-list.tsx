import type { DraftFileView, DraftView } from '../../../shared/contract/drafts.ts';
import { fileTexts } from '../../texts/load-file.ts';
import { FileCard } from './file-card.tsx';
import type { OpenSheet } from './file-props.ts';

const texts = fileTexts;

/** The files as cards, in the order in which they are loaded, and why in that one. */
export function FileList({
  draft,
  chosenNo,
  onChoose,
  onSheet,
  onDraft,
}: {
  draft: DraftView;
  chosenNo: number;
  onChoose: (fileNo: number) => void;
  onSheet: (sheet: OpenSheet) => void;
  onDraft: (draft: DraftView) => void;
}) {
  const why = orderWords(draft.files);
  let place = 0;
  return (
    <section className="file-list" aria-label={texts.list}>
      {why !== null && <p className="file-order soft small">{why}</p>}
      <ol>
        {draft.files.map((file) => (
          <FileCard
            key={file.fileNo}
            draft={draft}
            file={file}
            place={file.state === 'failed' ? null : ++place}
            isChosen={file.fileNo === chosenNo}
            onChoose={() => onChoose(file.fileNo)}
            onSheet={onSheet}
            onDraft={onDraft}
          />
        ))}
      </ol>
    </section>
  );
}

function orderWords(files: readonly DraftFileView[]): string | null {
  const has = (type: DraftFileView['type']): boolean =>
    files.some((file) => file.type === type && file.state !== 'failed');
  if (has('checkouts')) {
    if (has('books') && has('students')) return texts.order.all;
    return texts.order.checkouts;
  }
  return files.length > 1 ? texts.order.plain : null;
}
