import { z } from 'zod';
import { profileSchema, type SavedProfile } from './profile.ts';
import { crc32Hex } from './profile-checksum.ts';

/** Raised when the shape of the file changes; `saved-profiles-versions.ts` then learns one more step. */
export const SAVED_PROFILES_VERSION = 1;

/** What `profiles.json` holds. */
export const savedProfilesSchema = z.strictObject({
  version: z.literal(SAVED_PROFILES_VERSION),
  /** Ids in the order that a person gave them. */
  order: z.array(z.uuid()),
  profiles: z.record(z.uuid(), profileSchema),
  /** Where commands work that name no profile; null: the sandbox. */
  default: z.uuid().nullable(),
});
export type SavedProfiles = z.output<typeof savedProfilesSchema>;

export const NO_PROFILES: SavedProfiles = {
  version: SAVED_PROFILES_VERSION,
  order: [],
  profiles: {},
  default: null,
};

/** In the person's order. */
export function profilesOf(saved: SavedProfiles): SavedProfile[] {
  return saved.order.flatMap((id) => saved.profiles[id] ?? []);
}

/** Makes `order`, `profiles` and `default` agree: one id each, nothing named that is not there. */
export function tidied(saved: SavedProfiles): SavedProfiles {
  const profiles = Object.fromEntries(
    Object.entries(saved.profiles).map(([id, profile]) => [id, { ...profile, id }]),
  );
  const ids = Object.keys(profiles);
  const order = [...new Set([...saved.order.filter((id) => id in profiles), ...ids])];
  const chosen = saved.default !== null && saved.default in profiles ? saved.default : null;
  return { version: SAVED_PROFILES_VERSION, order, profiles, default: chosen };
}

/** Adds at the end, or replaces the profile of the same id where it stands. */
export function withProfile(saved: SavedProfiles, profile: SavedProfile): SavedProfiles {
  return tidied({ ...saved, profiles: { ...saved.profiles, [profile.id]: profile } });
}

export function withoutProfile(saved: SavedProfiles, id: string): SavedProfiles {
  const { [id]: _, ...profiles } = saved.profiles;
  return tidied({ ...saved, profiles });
}

/** Puts the named ids first, in this order; those that were not named (another door added them meanwhile) follow. */
export function inOrder(saved: SavedProfiles, ids: readonly string[]): SavedProfiles {
  return tidied({ ...saved, order: [...ids, ...saved.order] });
}

/** Changes whenever the profile does: an edit that was begun on another revision is refused instead of undoing somebody's work. */
export function revisionOf(profile: SavedProfile): string {
  return crc32Hex(JSON.stringify(profileSchema.parse(profile)));
}
