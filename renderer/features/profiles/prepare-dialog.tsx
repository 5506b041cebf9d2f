import { useState } from 'react';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { usePage } from '../../lib/page-context.tsx';
import { prepareTexts as texts } from '../../texts/prepare-database.ts';
import type { ProfileEntry } from './profiles-api.ts';
import { useProfiles } from './profiles-store.tsx';

type State =
  | { kind: 'asks' }
  | { kind: 'works' }
  | { kind: 'done'; steps: readonly string[] }
  | { kind: 'failed'; failure: Failure };

/** Creates what a database lacks once the person has agreed to it, by the name of the profile; then says what was done. */
export function PrepareDialog({
  entry,
  onClose,
  onPrepared,
}: {
  entry: ProfileEntry;
  onClose: () => void;
  onPrepared: () => void;
}) {
  const { api } = useProfiles();
  const { say } = usePage();
  const [state, setState] = useState<State>({ kind: 'asks' });
  const { id, name, kind } = entry.profile;
  const works = state.kind === 'works';

  async function prepare(): Promise<void> {
    setState({ kind: 'works' });
    try {
      const steps = await api.prepareDatabase(id);
      setState({ kind: 'done', steps });
      say(texts.said(name, steps.length));
      onPrepared();
    } catch (thrown) {
      setState({ kind: 'failed', failure: failureOf(thrown) });
    }
  }

  if (state.kind === 'done')
    return (
      <Dialog
        title={texts.doneTitle(name)}
        isOpen
        onClose={onClose}
        actions={
          <Button look="primary" autoFocus onPress={onClose}>
            {texts.close}
          </Button>
        }
      >
        {state.steps.length === 0 ? (
          <p>{texts.nothing}</p>
        ) : (
          <>
            <p>{texts.did}</p>
            <ul className="prepared-steps">
              {state.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ul>
          </>
        )}
        <p className="soft">{texts.testedAgain}</p>
      </Dialog>
    );

  return (
    <Dialog
      role="alertdialog"
      title={texts.title(name)}
      isOpen
      // What has begun goes on whether it is looked at or not.
      onClose={() => works || onClose()}
      actions={
        <>
          <Button isDisabled={works} onPress={onClose}>
            {texts.cancel}
          </Button>
          <Button
            look={kind === 'production' ? 'danger' : 'primary'}
            isDisabled={works}
            onPress={() => void prepare()}
          >
            {works ? texts.working : texts.action}
          </Button>
        </>
      }
    >
      {kind === 'production' && <Banner tone="bad" title={texts.production(name)} />}
      <p>{texts.creates}</p>
      <p>{texts.leaves}</p>
      {state.kind === 'failed' && <FailureBanner title={texts.failed} failure={state.failure} />}
    </Dialog>
  );
}
