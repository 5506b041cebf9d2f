import type { ProfileStore } from '../../electron/engine/profile-port.ts';
import {
  NO_PROFILES,
  type SavedProfiles,
  savedProfilesSchema,
} from '../../shared/settings/saved-profiles.ts';

/** Profiles in memory; one change at a time, as the file has it. */
export function createMemoryProfiles(begin: SavedProfiles = NO_PROFILES): ProfileStore {
  let now = begin;
  const listeners = new Set<(saved: SavedProfiles) => void>();
  return {
    read: async () => now,
    async change(edit) {
      const { saved, value } = edit(now);
      now = savedProfilesSchema.parse(saved);
      for (const listener of listeners) listener(now);
      return value;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    notices: () => [],
  };
}
