import { AppError } from '../../../shared/errors.ts';
import { type SavedProfile, SECRET_PARTS, type SecretPart } from '../../../shared/settings/profile.ts';
import { findProfile, noSuchProfile } from '../../../shared/settings/profile-names.ts';
import { secretsNeeded } from '../../../shared/settings/profile-secret.ts';
import { profilesOf, revisionOf, type SavedProfiles } from '../../../shared/settings/saved-profiles.ts';
import type { Random } from '../../engine/ports.ts';
import type { ProfileStore } from '../../engine/profile-port.ts';
import type { SecretStore } from '../../engine/secret-port.ts';

export interface ProfilePorts {
  profiles: ProfileStore;
  secrets: SecretStore;
  random: Pick<Random, 'uuid'>;
}

/** A profile as doors show it: of its secrets only whether they are there. */
export interface ProfileView {
  profile: SavedProfile;
  /** To be given back with an edit. */
  revision: string;
  secrets: Record<SecretPart, boolean>;
  /** What has to be entered before the profile works. */
  missing: SecretPart[];
}

export async function viewOf(
  { secrets }: Pick<ProfilePorts, 'secrets'>,
  profile: SavedProfile,
  signal: AbortSignal,
): Promise<ProfileView> {
  const has = { ...NONE };
  for (const part of SECRET_PARTS) has[part] = await secrets.has(profile.id, part, signal);
  const missing = secretsNeeded(profile).filter((part) => !has[part]);
  return { profile, revision: revisionOf(profile), secrets: has, missing };
}

const NONE: Readonly<Record<SecretPart, boolean>> = {
  'postgres-password': false,
  'kafka-password': false,
  'kafka-client-key': false,
  'openai-api-key': false,
};

/** The saved profile of this id or name. Throws profile.unknown, with the name that was probably meant. */
export function profileOf(saved: SavedProfiles, idOrName: string): SavedProfile {
  const all = profilesOf(saved);
  const found = findProfile(all, idOrName);
  if (found !== null) return found;
  throw new AppError({
    code: 'profile.unknown',
    message: noSuchProfile(all, idOrName),
    hint: 'The saved profiles are listed by: accession profiles list',
  });
}
