import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { LoadView } from '../../../components/load-view.tsx';
import { targetInWords } from '../../../texts/targets.ts';
import { RejectedRows } from './rejected-rows.tsx';

/** A load that was made from a draft: its progress, then its report, with what can be done about rejected rows. */
export function DraftLoad({
  draft,
  loadId,
  onFix,
  onEnded,
}: {
  draft: DraftView;
  loadId: string;
  /** Back to a file of the draft, whose rejected rows are to be mended. */
  onFix: (fileNo: number) => void;
  /** The load has ended: the draft can be changed again. */
  onEnded: () => void;
}) {
  return (
    <LoadView loadId={loadId} profileId={draft.profileId} target={targetInWords(draft)} onEnded={onEnded}>
      <RejectedRows draft={draft} onFix={onFix} />
    </LoadView>
  );
}
