import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { useContract } from '../../lib/contract-context.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { useAction } from '../../lib/use-action.ts';
import { loadTexts } from '../../texts/load.ts';

const texts = loadTexts.discard;

/** Asks before a draft is deleted; null: nothing is asked. */
export function DiscardDialog({
  draft,
  onClose,
  onDiscarded,
}: {
  draft: { draftId: string; files: readonly string[]; loads: readonly string[] } | null;
  onClose: () => void;
  onDiscarded: () => void;
}) {
  const contract = useContract();
  const { say } = usePage();
  const { busy, failure, run, dismiss } = useAction();

  function close(): void {
    dismiss();
    onClose();
  }
  async function discard(): Promise<void> {
    if (draft === null) return;
    const done = await run(() => contract.request('drafts.discard', { draftId: draft.draftId }));
    if (done === null) return;
    close();
    say(texts.done);
    onDiscarded();
  }
  return (
    <Dialog
      role="alertdialog"
      title={texts.title}
      isOpen={draft !== null}
      onClose={close}
      actions={
        <>
          <Button onPress={close} autoFocus>
            {texts.keep}
          </Button>
          <Button look="danger" onPress={() => void discard()} isDisabled={busy}>
            {texts.discard}
          </Button>
        </>
      }
    >
      {draft !== null && (
        <p>
          {draft.files.length === 0 ? texts.textEmpty : texts.text(loadTexts.names(draft.files))}{' '}
          {draft.loads.length > 0 && texts.loaded}
        </p>
      )}
      {failure !== null && <FailureBanner title={texts.failed} failure={failure} />}
    </Dialog>
  );
}
