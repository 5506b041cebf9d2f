import { entryOf, useProfiles } from '../features/profiles/profiles-store.tsx';
import type { ProfileInUse } from '../lib/profile-in-use.ts';

/** The profile in use, for screens that may not know the one that keeps the profiles. */
export function useProfileInUse(): ProfileInUse {
  const { state, reload } = useProfiles();
  if (state.kind === 'loading') return { kind: 'loading' };
  if (state.kind === 'failed') return { kind: 'failed', failure: state.failure, again: () => void reload() };
  const entry = entryOf(state.list, state.list.defaultId);
  const { id = null, name = state.list.unchosen.name } = entry?.profile ?? {};
  return { kind: 'known', profileId: id, name };
}
