import { useState } from 'react';
import { PROBE_PARTS, type ProbePart } from '../../../shared/contract/profile-test.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { testTexts } from '../../texts/profile-test.ts';
import { profileTexts } from '../../texts/profiles.ts';
import { PrepareDialog } from './prepare-dialog.tsx';
import { entryOf, useProfileList, useProfiles } from './profiles-store.tsx';
import type { Section } from './sections.ts';
import { TestPart } from './test-part.tsx';
import { isRunning, verdictOf } from './use-tests.ts';

const TONES = { ok: 'good', attention: 'warn', failed: 'bad' } as const;

/** What the last test of a profile found, part by part. */
export function TestPanel({
  profileId,
  isDirty,
  onTest,
  onSection,
}: {
  profileId: string;
  isDirty: boolean;
  onTest: () => Promise<void>;
  onSection: (section: Section) => void;
}) {
  const { tests } = useProfiles();
  const entry = entryOf(useProfileList(), profileId);
  const run = tests.runs[profileId];
  const running = isRunning(run);
  const verdict = verdictOf(run);
  // Kept here: the part that offers it is tested again, and with that shown anew.
  const [prepares, setPrepares] = useState<ProbePart | null>(null);
  return (
    <>
      <div className="test-heading">
        <p className="soft">{testTexts.lead}</p>
        {running && <Button onPress={() => tests.stop(profileId)}>{testTexts.stop}</Button>}
      </div>
      <div role="status" className="test-verdict">
        {verdict !== null && <Banner tone={TONES[verdict]} title={testTexts.summary[verdict]} />}
        {running && <span className="hidden-text">{testTexts.states.running}</span>}
      </div>
      {isDirty && <Banner tone="info">{testTexts.unsaved}</Banner>}
      {run === undefined ? (
        <div className="empty">
          <p className="empty-title">{testTexts.never}</p>
          <p className="soft">{testTexts.neverHint}</p>
          <div>
            <Button look="primary" onPress={() => void onTest()}>
              {isDirty ? profileTexts.editor.saveAndTest : testTexts.run}
            </Button>
          </div>
        </div>
      ) : (
        <ul className="test-parts">
          {PROBE_PARTS.map((part) => (
            <TestPart
              key={part}
              part={part}
              state={run[part]}
              profile={forShell(entry?.profile.name, profileId)}
              readOnly={entry?.profile.readOnly ?? false}
              onPrepare={() => setPrepares(part)}
              onSettings={() => onSection(part)}
            />
          ))}
        </ul>
      )}
      {entry !== null && prepares !== null && (
        <PrepareDialog
          entry={entry}
          onClose={() => setPrepares(null)}
          onPrepared={() => tests.startPart(profileId, prepares)}
        />
      )}
    </>
  );
}

/** How a command names the profile: by its name where no shell reads anything into it, else by its id. */
function forShell(name: string | undefined, id: string): string {
  return name !== undefined && /^[\p{L}\p{N} ._-]+$/u.test(name) ? `"${name}"` : id;
}
