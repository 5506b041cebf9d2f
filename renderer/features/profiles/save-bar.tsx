import { Button } from '../../components/button.tsx';
import { useNavigation } from '../../lib/navigation.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { profileTexts } from '../../texts/profiles.ts';
import type { ProfileFormState } from './use-profile-form.ts';

const texts = profileTexts.editor;

/** At the bottom of the form for as long as there is something to save. */
export function SaveBar({ state, isNew }: { state: ProfileFormState; isNew: boolean }) {
  const { say } = usePage();
  const { go } = useNavigation();
  const { isDirty, isSaving, discard } = state;
  if (!isNew && !isDirty && !isSaving) return null;
  return (
    <div className="save-bar">
      <span className="soft">{isDirty && texts.unsaved}</span>
      {isNew ? (
        <Button isDisabled={isSaving} onPress={() => go(addressOf('profiles', 'new'))}>
          {profileTexts.create.cancel}
        </Button>
      ) : (
        <Button
          isDisabled={isSaving}
          onPress={() => {
            discard();
            say(texts.discarded);
          }}
        >
          {texts.discard}
        </Button>
      )}
      <Button type="submit" look="primary" isDisabled={isSaving}>
        {isSaving ? texts.saving : isNew ? texts.saveNew : texts.save}
      </Button>
    </div>
  );
}
