import { type ReactNode, useMemo, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { useLeaveGuard } from '../../lib/navigation.tsx';
import type { Place } from '../../lib/place.ts';
import { useHoldUnsaved } from '../../lib/unsaved.tsx';
import { profileTexts } from '../../texts/profiles.ts';

const texts = profileTexts.leave;

/** Asks what becomes of unsaved changes before the profile is left. The answer goes on to where the person wanted. */
export function useLeaveDialog({
  isDirty,
  name,
  stays,
  save,
  discard,
}: {
  isDirty: boolean;
  name: string;
  /** Whether a place below this screen is still this profile. */
  stays: (rest: readonly string[]) => boolean;
  /** Resolves to whether all is saved. */
  save: () => Promise<boolean>;
  discard: () => void;
}): ReactNode {
  const [proceed, setProceed] = useState<(() => void) | null>(null);
  const guard = useMemo(() => {
    if (!isDirty) return null;
    return (target: Place, go: () => void): boolean => {
      if (target.screen === 'profiles' && stays(target.rest)) return false;
      setProceed(() => go);
      return true;
    };
  }, [isDirty, stays]);
  useLeaveGuard(guard);

  const shownName = name.trim() === '' ? profileTexts.create.untitled : name;
  useHoldUnsaved(isDirty ? shownName : null);

  return (
    <Dialog
      role="alertdialog"
      title={texts.title}
      isOpen={proceed !== null}
      onClose={() => setProceed(null)}
      actions={
        <>
          <Button
            look="quiet"
            onPress={() => {
              discard();
              setProceed(null);
              proceed?.();
            }}
          >
            {texts.discard}
          </Button>
          <Button onPress={() => setProceed(null)}>{texts.stay}</Button>
          <Button
            look="primary"
            autoFocus
            onPress={async () => {
              const go = proceed;
              setProceed(null);
              if (await save()) go?.();
            }}
          >
            {texts.save}
          </Button>
        </>
      }
    >
      <p>{texts.text(shownName)}</p>
    </Dialog>
  );
}
