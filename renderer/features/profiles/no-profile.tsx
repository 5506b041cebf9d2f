import { Button } from '../../components/button.tsx';
import { failureOf } from '../../lib/failure.ts';
import { usePage } from '../../lib/page-context.tsx';
import { profileTexts } from '../../texts/profiles.ts';
import { targetInWords } from '../../texts/targets.ts';
import { useProfileList, useProfiles } from './profiles-store.tsx';

/** The way back from a profile to what Accession uses when none is chosen. */
export function NoProfile() {
  const { api, reload } = useProfiles();
  const { defaultId, unchosen } = useProfileList();
  const target = targetInWords({ profileId: null, profile: unchosen.name });
  const { say } = usePage();

  async function use(): Promise<void> {
    try {
      await api.use(null);
      await reload();
      say(profileTexts.unchosen.used(target));
    } catch (thrown) {
      const { message, hint } = failureOf(thrown);
      say(`${message} ${hint}`, 'bad');
    }
  }

  if (defaultId === null) return <p className="hint">{profileTexts.unchosen.words(target)}</p>;
  return (
    <div>
      <Button look="quiet" onPress={() => void use()}>
        {profileTexts.unchosen.use(target)}
      </Button>
    </div>
  );
}
