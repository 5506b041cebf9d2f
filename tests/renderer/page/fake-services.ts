import type { Services } from '../../../renderer/app/services.ts';
import { createObservable } from '../../../renderer/lib/client-state.ts';
import { fakeProfilesApi } from './fake-profiles-api.ts';
import type { Scenario } from './scenarios.ts';

export function fakeServices(scenario: Scenario): Services {
  const connection = createObservable(scenario.connection);
  return {
    connection,
    retryNow: () => connection.set({ kind: 'open', server: 'fake-2', version: '0.1.0' }),
    about: async () => ({ name: 'Accession', version: '0.1.0', nodeVersion: '24.21.0' }),
    profiles: fakeProfilesApi(scenario),
  };
}
