import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { useAction } from '../../lib/use-action.ts';
import { loadTexts } from '../../texts/load.ts';
import { fileTexts } from '../../texts/load-file.ts';
import type { FileSheetProps } from './file-props.ts';

const texts = fileTexts.remove;

export function RemoveFileDialog({ draft, file, onDraft, onClose }: FileSheetProps) {
  const contract = useContract();
  const { say } = usePage();
  const { busy, failure, run } = useAction();

  async function remove(): Promise<void> {
    const { draftId } = draft;
    const answer = await run(() => contract.request('drafts.remove', { draftId, fileNo: file.fileNo }));
    if (answer === null) return;
    onClose();
    onDraft(answer.draft);
    say(texts.done(file.name));
  }
  return (
    <Dialog
      role="alertdialog"
      title={texts.title(file.name)}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose} autoFocus>
            {texts.keep}
          </Button>
          <Button look="danger" onPress={() => void remove()} isDisabled={busy}>
            {texts.remove}
          </Button>
        </>
      }
    >
      <p>{texts.text}</p>
      {failure !== null && <FailureBanner title={loadTexts.failed} failure={failure} />}
    </Dialog>
  );
}
