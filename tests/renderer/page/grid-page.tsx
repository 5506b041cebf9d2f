import { useState } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { Shell } from '../../../renderer/app/shell.tsx';
import { DraftGrid } from '../../../renderer/features/load/grid/draft-grid.tsx';
import { ProfilesProvider } from '../../../renderer/features/profiles/profiles-store.tsx';
import { ContractProvider } from '../../../renderer/lib/contract-context.tsx';
import { NavigationProvider } from '../../../renderer/lib/navigation.tsx';
import { PageProvider } from '../../../renderer/lib/page-context.tsx';
import { UnsavedProvider } from '../../../renderer/lib/unsaved.tsx';
import type { DraftView } from '../../../shared/contract/drafts.ts';
import { AppError } from '../../../shared/errors.ts';
import { fakeContract } from './fake-contract.ts';
import { type FakeDraft, type FakeDraftOptions, fakeDraft } from './fake-draft.ts';
import { type FakeFile, fakeBooks, fakeStudents } from './fake-file.ts';
import { fakePageFiles } from './fake-page-files.ts';
import { fakeProfilesApi } from './fake-profiles-api.ts';
import './grid-page.css';
import { scenarioNamed } from './scenarios.ts';

/** A grid and nothing else of the load screen, over files that are made up. */
export interface GridScenario {
  files: () => readonly FakeFile[];
  options?: FakeDraftOptions;
}

const SCENARIOS: Readonly<Record<string, GridScenario>> = {
  'grid-clean': { files: () => [fakeBooks(1_240, 'none')] },
  'grid-no-rows': { files: () => [fakeBooks(0)] },
  'grid-problems': { files: () => [fakeBooks(1_240)] },
  'grid-students': { files: () => [fakeStudents(1_240), fakeBooks(300)] },
  'grid-long': { files: () => [fakeBooks(3_000_000, 'none')] },
  'grid-million': { files: () => [fakeBooks(1_000_000, 'many')] },
  'grid-loading': { files: () => [fakeBooks(1_240, 'none')], options: { silentRows: true } },
  'grid-slow': { files: () => [fakeStudents(1_240)], options: { delayMs: 300 } },
  'grid-locked': {
    files: () => [fakeStudents(1_240)],
    options: { over: { loading: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2b02' } },
  },
  'grid-refuses': {
    files: () => [fakeStudents(1_240)],
    options: {
      refuses: new AppError({
        code: 'draft.busy',
        message: 'This draft is being loaded.',
        hint: 'Wait until the load has ended.',
      }),
    },
  },
};

export function gridScenarioNamed(name: string | null): GridScenario | null {
  return SCENARIOS[name ?? ''] ?? null;
}

export function GridPage({ scenario }: { scenario: GridScenario }) {
  const [{ contract, fake }] = useState(() => {
    const made = fakeDraft(scenario.files(), scenario.options);
    // For tests that look behind the page.
    (window as unknown as { fakeDraft: FakeDraft }).fakeDraft = made;
    return { fake: made, contract: fakeContract(made.answers) };
  });
  const [draft, setDraft] = useState<DraftView>(() => fake.view());
  const [fileNo, setFileNo] = useState(0);
  const full = scenarioNamed('full');
  return (
    <I18nProvider locale="en-US">
      <PageProvider>
        <UnsavedProvider tell={null}>
          <NavigationProvider>
            <ContractProvider contract={contract} files={fakePageFiles()}>
              <ProfilesProvider api={fakeProfilesApi(full)}>
                <Shell connection={full.connection} onRetry={() => {}} signOut={null}>
                  <h1 className="hidden-text">Load</h1>
                  <h2 className="hidden-text">Files</h2>
                  {draft.files.length > 1 && (
                    <p>
                      {draft.files.map((file) => (
                        <button key={file.fileNo} type="button" onClick={() => setFileNo(file.fileNo)}>
                          {file.name}
                        </button>
                      ))}
                    </p>
                  )}
                  <div className="grid-page">
                    <DraftGrid draft={draft} fileNo={fileNo} onDraft={setDraft} />
                  </div>
                </Shell>
              </ProfilesProvider>
            </ContractProvider>
          </NavigationProvider>
        </UnsavedProvider>
      </PageProvider>
    </I18nProvider>
  );
}
