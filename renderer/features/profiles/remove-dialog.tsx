import { useState } from 'react';
import { sameName } from '../../../shared/settings/profile-names.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { useNavigation } from '../../lib/navigation.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { profileTexts } from '../../texts/profiles.ts';
import type { ProfileEntry } from './profiles-api.ts';
import { useProfiles } from './profiles-store.tsx';

const texts = profileTexts.remove;

/** Deletes a profile only when its name has been typed. */
export function RemoveDialog({
  entry,
  isOpen,
  onClose,
}: {
  entry: ProfileEntry;
  isOpen: boolean;
  onClose: () => void;
}) {
  const { api, reload } = useProfiles();
  const { go } = useNavigation();
  const { say } = usePage();
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { id, name, kind } = entry.profile;
  const matches = sameName(typed, name);

  function close(): void {
    setTyped('');
    setAsked(false);
    setFailure(null);
    onClose();
  }

  async function remove(): Promise<void> {
    if (!matches) return setAsked(true);
    try {
      await api.remove(id, typed);
      close();
      // First away from it: the list, when it comes, no longer has it.
      go(addressOf('profiles'), { replace: true, unguarded: true });
      await reload();
      say(texts.removed(name));
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  }

  return (
    <Dialog
      role="alertdialog"
      title={texts.title(name)}
      isOpen={isOpen}
      onClose={close}
      actions={
        <>
          <Button onPress={close}>{texts.keep}</Button>
          <Button look="danger" onPress={() => void remove()}>
            {texts.remove}
          </Button>
        </>
      }
    >
      {kind === 'production' && <Banner tone="bad" title={texts.production} />}
      <p>{texts.text}</p>
      <TextInput
        label={texts.name(name)}
        value={typed}
        onChange={setTyped}
        autoFocus
        error={asked && !matches ? texts.mismatch : undefined}
      />
      {failure !== null && <FailureBanner title={profileTexts.actions.failed} failure={failure} />}
    </Dialog>
  );
}
