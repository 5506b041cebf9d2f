import { useSyncExternalStore } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { ProfilesProvider } from '../features/profiles/profiles-store.tsx';
import { ContractProvider } from '../lib/contract-context.tsx';
import { NavigationProvider } from '../lib/navigation.tsx';
import { OpenedFilesProvider } from '../lib/opened-files.tsx';
import { PageProvider } from '../lib/page-context.tsx';
import { UnsavedProvider } from '../lib/unsaved.tsx';
import { FailureBoundary } from './failure-boundary.tsx';
import { Screens } from './screens.tsx';
import type { Services } from './services.ts';
import { Shell } from './shell.tsx';

/** The whole page. All its words are English so far, whatever the browser prefers: a mixture helps nobody. */
export function App({ services }: { services: Services }) {
  const connection = useSyncExternalStore(services.connection.listen, services.connection.get);
  return (
    <I18nProvider locale="en-US">
      <PageProvider>
        <UnsavedProvider tell={services.tellUnsaved}>
          <NavigationProvider>
            <ContractProvider contract={services.contract} files={services.files}>
              <OpenedFilesProvider>
                <ProfilesProvider api={services.profiles}>
                  <Shell connection={connection} onRetry={services.retryNow} signOut={services.signOut}>
                    <FailureBoundary>
                      <Screens services={services} connection={connection} />
                    </FailureBoundary>
                  </Shell>
                </ProfilesProvider>
              </OpenedFilesProvider>
            </ContractProvider>
          </NavigationProvider>
        </UnsavedProvider>
      </PageProvider>
    </I18nProvider>
  );
}
