import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { type Failure, failureOf } from '../../lib/failure.ts';
import type { ProfileEntry, ProfileList, ProfilesApi } from './profiles-api.ts';
import { type Tests, useTests } from './use-tests.ts';

export type ListState =
  | { kind: 'loading' }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'ready'; list: ProfileList };

interface ProfilesStore {
  api: ProfilesApi;
  state: ListState;
  /** Reads the list again; resolves when it is shown. */
  reload: () => Promise<void>;
  tests: Tests;
}

const ProfilesContext = createContext<ProfilesStore | null>(null);

/** Keeps the list of profiles for the whole page, and asks again whenever it is told of a change. */
export function ProfilesProvider({ api, children }: { api: ProfilesApi; children: ReactNode }) {
  const [state, setState] = useState<ListState>({ kind: 'loading' });
  const tests = useTests(api);

  const reload = useCallback(async () => {
    try {
      const list = await api.list();
      setState({ kind: 'ready', list });
    } catch (thrown) {
      // What is shown already is worth more than an error over it: the header says that the connection is lost.
      setState((before) =>
        before.kind === 'ready' ? before : { kind: 'failed', failure: failureOf(thrown) },
      );
    }
  }, [api]);

  useEffect(() => {
    void reload();
    return api.watch(() => void reload());
  }, [api, reload]);

  const store = useMemo(() => ({ api, state, reload, tests }), [api, state, reload, tests]);
  return <ProfilesContext value={store}>{children}</ProfilesContext>;
}

export function useProfiles(): ProfilesStore {
  const store = useContext(ProfilesContext);
  if (store === null) throw new Error('ProfilesProvider is missing.');
  return store;
}

/** The list where it has been read. Screens below the list's own loading state use this. */
export function useProfileList(): ProfileList {
  const { state } = useProfiles();
  return state.kind === 'ready' ? state.list : NOTHING;
}

const NOTHING: ProfileList = {
  profiles: [],
  defaultId: null,
  unchosen: { name: 'sandbox', kind: 'sandbox', readOnly: false },
  notices: [],
  protection: { kind: 'keychain' },
};

export function entryOf(list: ProfileList, id: string | null): ProfileEntry | null {
  return list.profiles.find(({ profile }) => profile.id === id) ?? null;
}
