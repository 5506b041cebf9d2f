import type { SavedProfile } from '../../shared/settings/profile.ts';
import { shellTexts } from '../texts/shell.ts';
import { Icon } from './icon.tsx';

/** What a profile is painted in; production is red whatever was chosen. */
export function colourOf({ kind, colour }: Pick<SavedProfile, 'kind' | 'colour'>): SavedProfile['colour'] {
  return kind === 'production' ? 'red' : colour;
}

export function ColourMark({ profile }: { profile: Pick<SavedProfile, 'kind' | 'colour'> }) {
  return <span className="colour-mark" data-colour={colourOf(profile)} aria-hidden="true" />;
}

/** The kind in its colours; production is filled, so that it differs by more than hue. */
export function KindTag({ profile }: { profile: Pick<SavedProfile, 'kind' | 'colour'> }) {
  return (
    <span className="kind-tag" data-colour={colourOf(profile)} data-kind={profile.kind}>
      {shellTexts.profile.kinds[profile.kind]}
    </span>
  );
}

/** Says everywhere on the page which profile is in use. */
export function ProfileChip({
  profile,
}: {
  profile: Pick<SavedProfile, 'name' | 'kind' | 'colour' | 'readOnly'>;
}) {
  return (
    <span className="profile-chip" data-colour={colourOf(profile)} data-kind={profile.kind}>
      <ColourMark profile={profile} />
      <span className="profile-chip-name">{profile.name}</span>
      <span className="profile-chip-kind">{shellTexts.profile.kinds[profile.kind]}</span>
      {profile.readOnly && (
        <span className="profile-chip-kind">
          <Icon name="lock" /> {shellTexts.profile.readOnly}
        </span>
      )}
    </span>
  );
}
