import { openSettings } from '../../../../electron/compose/settings.ts';
import { profilesOf, withProfile } from '../../../../shared/settings/saved-profiles.ts';

/** `adding-writer.ts DIR NAME COUNT`: saves as many copies of the first profile, under names of its own. */
const [homeDir = '', name = '', count = ''] = process.argv.slice(2);
const { profiles, random } = await openSettings({
  homeDir,
  secrets: { variables: {} },
  onNotice: ({ message }) => process.stderr.write(message),
});
const { signal } = new AbortController();
for (let at = 0; at < Number(count); at += 1) {
  await profiles.change((saved) => {
    const [first] = profilesOf(saved);
    if (first === undefined) throw new Error('There is no profile to copy.');
    const copy = { ...first, id: random.uuid(), name: `${name} ${at}` };
    return { saved: withProfile(saved, copy), value: null };
  }, signal);
}
