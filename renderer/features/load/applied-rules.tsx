import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { fileTexts } from '../../texts/load-file.ts';

const texts = fileTexts.rules;

/** What earlier lessons changed when this file was opened. */
export function AppliedRules({
  file,
  onClose,
  onAll,
}: {
  file: DraftFileView;
  onClose: () => void;
  onAll: () => void;
}) {
  return (
    <Dialog
      title={texts.title}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onAll}>{texts.all}</Button>
          <Button look="primary" onPress={onClose}>
            {texts.close}
          </Button>
        </>
      }
    >
      <p className="soft">{texts.lead}</p>
      <ul className="applied-rules">
        {file.rulesApplied.map(({ column, label, cells }) => (
          <li key={`${column} ${label}`}>
            <span>{label}</span>
            <span className="soft">{texts.cells(cells)}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
