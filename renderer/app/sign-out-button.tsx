import { useState } from 'react';
import { Banner } from '../components/banner.tsx';
import { Button } from '../components/button.tsx';
import { Dialog } from '../components/dialog.tsx';
import { type Failure, failureOf } from '../lib/failure.ts';
import { useUnsaved } from '../lib/unsaved.tsx';
import { signOutTexts as texts } from '../texts/sign-out.ts';

/** Asks first: who comes back needs the password or a new address, and unsaved changes are gone. */
export function SignOutButton({ signOut }: { signOut: () => Promise<void> }) {
  const unsaved = useUnsaved();
  const [asks, setAsks] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  function close(): void {
    setAsks(false);
    setFailure(null);
  }

  async function leave(): Promise<void> {
    try {
      await signOut();
      // The connection ends with it, and the page says so.
      close();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
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
            <Button look="primary" autoFocus onPress={() => void leave()}>
              {texts.action}
            </Button>
          </>
        }
      >
        {unsaved !== null && <Banner tone="warn" title={texts.unsaved(unsaved)} />}
        <p>{texts.text}</p>
        {failure !== null && (
          <Banner tone="bad" title={texts.failed} urgent>
            {failure.message} {failure.hint}
          </Banner>
        )}
      </Dialog>
    </>
  );
}
