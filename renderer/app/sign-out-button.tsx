import { useState } from 'react';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { FailureBanner } from '../components/failure-banner.tsx';
import { useUnsaved } from '../lib/unsaved.tsx';
import { useAction } from '../lib/use-action.ts';
import { signOutTexts as texts } from '../texts/sign-out.ts';

/** Asks first: who comes back needs the password or a new address, and unsaved changes are gone. */
export function SignOutButton({ signOut }: { signOut: () => Promise<void> }) {
  const unsaved = useUnsaved();
  const [asks, setAsks] = useState(false);
  const { busy, failure, run, dismiss } = useAction();

  function close(): void {
    setAsks(false);
    dismiss();
  }

  async function leave(): Promise<void> {
    const left = await run(() => signOut().then(() => true));
    // The connection ends with it, and the page says so.
    if (left !== null) close();
  }

  return (
    <>
      <Button look="quiet" onPress={() => setAsks(true)}>
        {texts.action}
      </Button>
      <Dialog
        role="alertdialog"
        title={texts.title}
        isOpen={asks}
        onClose={close}
        actions={
          <>
            <Button onPress={close}>{texts.stay}</Button>
            <Button look="primary" autoFocus isDisabled={busy} onPress={() => void leave()}>
              {texts.action}
            </Button>
          </>
        }
      >
        {unsaved !== null && <Banner tone="warn" title={texts.unsaved(unsaved)} />}
        <p>{texts.text}</p>
        {failure !== null && <FailureBanner title={texts.failed} failure={failure} />}
      </Dialog>
    </>
  );
}
