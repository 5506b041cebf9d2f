import { type ReactNode, useState } from 'react';
import { PROFILE_KINDS, type ProfileKind } from '../../../shared/settings/profile.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { FailureBanner } from '../../components/failure-banner.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { addressOf } from '../../lib/place.ts';
import { formTexts } from '../../texts/profile-form.ts';
import { profileTexts } from '../../texts/profiles.ts';
import { EnvReport } from './env-report.tsx';
import type { EnvOutcome } from './profiles-api.ts';
import { useProfiles } from './profiles-store.tsx';
import { useConsent } from './use-consent.tsx';

const texts = profileTexts.env;
/** What the contract takes; a `.env` is a page of settings. */
export const MOST_IMPORT_BYTES = 1_000_000;

/** Takes over the `.env` of the old service. The text is handed on and forgotten: it holds passwords. */
export function EnvImport() {
  const { api, reload } = useProfiles();
  const consent = useConsent();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<ProfileKind>('production');
  const [text, setText] = useState('');
  const [fileName, setFileName] = useState<string | null>(null);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [outcome, setOutcome] = useState<EnvOutcome | null>(null);

  async function run(): Promise<void> {
    setFailure(null);
    if (text.trim() === '') return setProblems({ text: texts.textMissing });
    try {
      if (!(await consent.mayKeep())) return;
      const answer = await api.importEnv(text, name, kind);
      setProblems(answer.outcome === 'refused' ? answer.problems : {});
      if (answer.outcome === 'saved') {
        setText('');
        await reload();
      }
      // A missing name is told at its field; nothing of the file is known to be wrong then.
      const onlyName =
        answer.outcome === 'refused' && Object.keys(answer.problems).every((path) => path === 'name');
      setOutcome(onlyName ? null : answer);
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  }

  if (outcome?.outcome === 'saved')
    return (
      <Page>
        <Banner tone="good" title={texts.done(outcome.view.profile.name)} urgent />
        <EnvReport report={outcome.report} />
        <div>
          <a
            className="button button-primary"
            href={addressOf('profiles', outcome.view.profile.id, 'general')}
          >
            {texts.open}
          </a>
        </div>
      </Page>
    );
  return (
    <Page>
      <p className="soft">{texts.lead}</p>
      <TextInput
        label={formTexts.general.name}
        hint={formTexts.general.nameHint}
        value={name}
        onChange={setName}
        error={problems.name}
        size="medium"
        autoFocus
      />
      <Choice
        label={formTexts.general.kind}
        value={kind}
        options={PROFILE_KINDS.filter((value) => value !== 'sandbox').map((value) => ({
          value,
          ...formTexts.general.kinds[value],
        }))}
        onChange={setKind}
        look="rows"
      />
      <div className="file-line">
        <FileButton
          endings={[]}
          mostBytes={MOST_IMPORT_BYTES}
          onText={(content, chosen) => {
            setText(content);
            setFileName(chosen);
            setProblems({});
          }}
          onTooLarge={() => setProblems({ text: texts.tooLarge })}
        >
          {texts.choose}
        </FileButton>
        {fileName !== null && <span role="status">{texts.chosen(fileName)}</span>}
      </div>
      {/* The lines of a chosen file are not shown: they hold passwords, and somebody may be looking on. */}
      <TextInput
        label={texts.text}
        hint={texts.textHint}
        value={fileName === null ? text : ''}
        onChange={(typed) => {
          setFileName(null);
          setText(typed);
        }}
        error={problems.text}
        rows={6}
        mono
      />
      {outcome !== null && (
        <>
          <Banner tone="bad" title={texts.refused} urgent>
            {Object.values(problems).join(' ')}
          </Banner>
          <EnvReport report={outcome.report} />
        </>
      )}
      {failure !== null && <FailureBanner title={profileTexts.actions.failed} failure={failure} />}
      <div>
        <Button look="primary" onPress={() => void run()}>
          {texts.import}
        </Button>
      </div>
      {consent.dialog}
    </Page>
  );
}

function Page({ children }: { children: ReactNode }) {
  return (
    <section className="import" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      {children}
    </section>
  );
}
