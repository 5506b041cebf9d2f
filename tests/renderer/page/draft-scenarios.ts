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

export function answersOf({ answers, ...scenario }: Scenario): FakeAnswers {
  return { ...NOTHING, 'profiles.list': () => profilesList(scenario), ...answers };
}

/** For who only needs their names: of secrets nothing is there. */
function profilesList({
  profiles,
  defaultId,
  unchosen,
}: Omit<Scenario, 'answers'>): OutputOf<'profiles.list'> {
  const secrets = {
    'postgres-password': false,
    'kafka-password': false,
    'kafka-client-key': false,
    'openai-api-key': false,
  };
  return {
    profiles: profiles.map((profile) => ({ profile, revision: '1', secrets, missing: [] })),
    defaultId,
    unchosen,
    notices: [],
    protection: { kind: 'keychain' },
  };
}
