import type { OutputOf } from '../../../shared/contract/routes.ts';
import type { FakeAnswers } from './fake-contract.ts';
import type { Scenario } from './scenarios.ts';

/** A backend with nothing in it. */
const NOTHING: FakeAnswers = {
  'drafts.list': () => ({ drafts: [] }),
  'loads.running': () => ({ loads: [] }),
  'loads.history': () => ({ loads: [] }),
  'rules.list': () => ({ rules: [] }),
};

export function answersOf({ answers, profiles, defaultId }: Scenario): FakeAnswers {
  return { ...NOTHING, 'profiles.list': () => profilesList(profiles, defaultId), ...answers };
}

/** For who only needs their names: of secrets nothing is there. */
function profilesList(profiles: Scenario['profiles'], defaultId: string | null): OutputOf<'profiles.list'> {
  const secrets = {
    'postgres-password': false,
    'kafka-password': false,
    'kafka-client-key': false,
    'openai-api-key': false,
  };
  return {
    profiles: profiles.map((profile) => ({ profile, revision: '1', secrets, missing: [] })),
    defaultId,
    notices: [],
    protection: { kind: 'keychain' },
  };
}
