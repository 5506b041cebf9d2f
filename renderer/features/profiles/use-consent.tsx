import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { profileTexts } from '../../texts/profiles.ts';
import { useProfileList, useProfiles } from './profiles-store.tsx';

const texts = profileTexts.consent;

/**
 * Asks before the first secret is kept where nothing encrypts it. `mayKeep` resolves to whether secrets may be
 * kept; `dialog` is to be put on the page.
 */
export function useConsent(): { mayKeep: () => Promise<boolean>; dialog: ReactNode } {
  const { api, reload } = useProfiles();
  const { protection } = useProfileList();
  const [answer, setAnswer] = useState<((allowed: boolean) => void) | null>(null);

  async function mayKeep(): Promise<boolean> {
    if (protection.kind !== 'basic-text' || protection.allowed) return true;
    const allowed = await new Promise<boolean>((resolve) => setAnswer(() => resolve));
    setAnswer(null);
    if (!allowed) return false;
    await api.allowUnprotected();
    await reload();
    return true;
  }

  const dialog = (
    <Dialog
      role="alertdialog"
      title={texts.title}
      isOpen={answer !== null}
      onClose={() => answer?.(false)}
      actions={
        <>
          <Button onPress={() => answer?.(true)}>{texts.allow}</Button>
          <Button look="primary" autoFocus onPress={() => answer?.(false)}>
            {texts.refuse}
          </Button>
        </>
      }
    >
      <p>{texts.text}</p>
      <p className="soft">{texts.mend}</p>
    </Dialog>
  );
  return { mayKeep, dialog };
}
