import { z } from 'zod';
import {
  NO_PROFILES,
  SAVED_PROFILES_VERSION,
  type SavedProfiles,
  savedProfilesSchema,
  tidied,
} from './saved-profiles.ts';

/** What a file turned out to be. Only `damaged` may be replaced: a newer version's file is somebody's work. */
export type ReadProfiles =
  | { kind: 'profiles'; saved: SavedProfiles; migrated: boolean }
  | { kind: 'newer'; version: number }
  | { kind: 'damaged' };

/** One step each: `STEPS[n]` makes version n+1 out of version n. Throws where the content is not of its version. */
const STEPS: readonly ((content: unknown) => unknown)[] = [listToOrder];

/** Files without a version are version 0: a plain list, as people write it by hand and deploy it with containers. */
const version0 = z.object({
  profiles: z.array(z.looseObject({ id: z.string() })),
  default: z.string().nullable().optional(),
});

function listToOrder(content: unknown): unknown {
  const { profiles, default: chosen = null } = version0.parse(content);
  return {
    version: 1,
    order: profiles.map(({ id }) => id),
    profiles: Object.fromEntries(profiles.map((profile) => [profile.id, profile])),
    default: chosen,
  };
}

/** Reads the text of a `profiles.json`, of this version or any before it. Never throws. */
export function readSavedProfiles(text: string): ReadProfiles {
  try {
    return readContent(JSON.parse(text));
  } catch {
    return { kind: 'damaged' };
  }
}

function readContent(read: unknown): ReadProfiles {
  // An empty object is what a settings library leaves behind before the first write.
  if (z.strictObject({}).safeParse(read).success)
    return { kind: 'profiles', saved: NO_PROFILES, migrated: false };
  const version = versionOf(read);
  if (version === null) return { kind: 'damaged' };
  if (version > SAVED_PROFILES_VERSION) return { kind: 'newer', version };
  let content = read;
  for (const step of STEPS.slice(version)) content = step(content);
  const parsed = savedProfilesSchema.safeParse(content);
  if (!parsed.success) return { kind: 'damaged' };
  return { kind: 'profiles', saved: tidied(parsed.data), migrated: version < SAVED_PROFILES_VERSION };
}

function versionOf(content: unknown): number | null {
  const read = z.object({ version: z.int().min(0).default(0) }).safeParse(content);
  return read.success ? read.data.version : null;
}
