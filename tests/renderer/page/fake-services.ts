import type { Services } from '../../../renderer/app/services.ts';
import { createObservable } from '../../../renderer/lib/client-state.ts';
import { connectionTexts } from '../../../renderer/texts/connection.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { answersOf } from './draft-scenarios.ts';
import { fakeContract } from './fake-contract.ts';
import { fakePageFiles } from './fake-page-files.ts';
import { fakeProfilesApi } from './fake-profiles-api.ts';
import type { Scenario } from './scenarios.ts';

const SIGNED_OUT: ErrorReport = {
  code: 'connection.refused',
  message: connectionTexts.signedOut.message,
  hint: connectionTexts.signedOut.hint,
  retryable: false,
};

export function fakeServices(scenario: Scenario): Services {
  const connection = createObservable(scenario.connection);
  const contract = fakeContract(answersOf(scenario));
  // For tests in which something happens behind the page.
  Object.assign(window, { tell: contract.tell, tellGap: contract.tellGap });
  return {
    connection,
    retryNow: () => connection.set({ kind: 'open', server: 'fake-2', version: '0.1.0' }),
    about: async () => ({ name: 'Accession', version: '0.1.0', nodeVersion: '24.21.0' }),
    profiles: fakeProfilesApi(scenario),
    contract,
    files: fakePageFiles(),
    signOut:
      scenario.door === 'desktop' ? null : async () => connection.set({ kind: 'refused', error: SIGNED_OUT }),
    tellUnsaved:
      scenario.door === 'desktop'
        ? (what) => {
            // Where a test sees what the desktop's main process would be told.
            document.body.dataset.unsaved = what ?? '';
          }
        : null,
  };
}
