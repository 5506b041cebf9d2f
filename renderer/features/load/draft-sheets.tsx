import type { DraftView } from '../../../shared/contract/drafts.ts';
import { useNavigation } from '../../lib/navigation.tsx';
import { addressOf } from '../../lib/place.ts';
import { AppliedRules } from './applied-rules.tsx';
import { DamageDoctor } from './damage-doctor.tsx';
import { DiscardDialog } from './discard-dialog.tsx';
import type { OpenSheet } from './file-props.ts';
import { MappingPanel } from './mapping-panel.tsx';
import { ReadingSheet } from './reading-sheet.tsx';
import { RemoveFileDialog } from './remove-file-dialog.tsx';
import { RulesSheet } from './rules-sheet.tsx';

/** All that opens over a draft: one at a time. */
export function DraftSheets({
  draft,
  sheet,
  onSheet,
  onDraft,
}: {
  draft: DraftView;
  sheet: OpenSheet | null;
  onSheet: (sheet: OpenSheet | null) => void;
  onDraft: (draft: DraftView) => void;
}) {
  const { go } = useNavigation();
  const close = (): void => onSheet(null);
  const file =
    sheet !== null && 'fileNo' in sheet
      ? (draft.files.find(({ fileNo }) => fileNo === sheet.fileNo) ?? null)
      : null;
  const shared = { draft, onDraft, onClose: close };
  return (
    <>
      {file !== null && sheet?.kind === 'columns' && <MappingPanel {...shared} file={file} />}
      {file !== null && sheet?.kind === 'reading' && <ReadingSheet {...shared} file={file} />}
      {file !== null && sheet?.kind === 'doctor' && <DamageDoctor {...shared} file={file} />}
      {file !== null && sheet?.kind === 'remove' && <RemoveFileDialog {...shared} file={file} />}
      {file !== null && sheet?.kind === 'applied' && (
        <AppliedRules file={file} onClose={close} onAll={() => onSheet({ kind: 'rules' })} />
      )}
      <RulesSheet isOpen={sheet?.kind === 'rules'} onClose={close} />
      <DiscardDialog
        draft={
          sheet?.kind === 'discard'
            ? {
                draftId: draft.draftId,
                files: draft.files.map(({ name }) => name),
                loads: draft.loads,
              }
            : null
        }
        onClose={close}
        onDiscarded={() => go(addressOf('load'), { replace: true })}
      />
    </>
  );
}
