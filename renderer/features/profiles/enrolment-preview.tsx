import { useState } from 'react';
import type { SecretPart } from '../../../shared/settings/profile.ts';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { useNavigation } from '../../lib/navigation.tsx';
import { usePage } from '../../lib/page-context.tsx';
import { addressOf } from '../../lib/place.ts';
import { formTexts } from '../../texts/profile-form.ts';
import { profileTexts } from '../../texts/profiles.ts';
import { shellTexts } from '../../texts/shell.ts';
import type { LinkPreview } from './profiles-api.ts';
import { useProfiles } from './profiles-store.tsx';
import { useConsent } from './use-consent.tsx';

const texts = profileTexts.enrolment;

/** What a link would add, and the passwords it needs. Nothing is saved before the person has seen it. */
export function EnrolmentPreview({
  link,
  preview,
  onOther,
}: {
  link: string;
  preview: LinkPreview;
  onOther: () => void;
}) {
  const { api, reload } = useProfiles();
  const { go } = useNavigation();
  const { say } = usePage();
  const consent = useConsent();
  const [typed, setTyped] = useState<Partial<Record<SecretPart, string>>>({});
  const [failure, setFailure] = useState<Failure | null>(null);
  const [problems, setProblems] = useState(Object.values(preview.problems));

  async function add(): Promise<void> {
    setFailure(null);
    try {
      const outcome = await api.enrol(link);
      if (outcome.outcome === 'refused') return setProblems(Object.values(outcome.problems));
      const { profile } = outcome.view;
      const entered = preview.asksFor.filter((part) => (typed[part] ?? '') !== '');
      const mayKeep = entered.length === 0 || (await consent.mayKeep());
      for (const part of mayKeep ? entered : [])
        await api.changeSecret(profile.id, { part, action: 'set', value: typed[part] ?? '' });
      await reload();
      if (mayKeep) say(profileTexts.create.created(profile.name));
      else say(profileTexts.consent.refused, 'bad');
      go(addressOf('profiles', profile.id, 'general'));
    } catch (thrown) {
      await reload();
      setFailure(failureOf(thrown));
    }
  }

  return (
    <>
      <h3>{texts.preview}</h3>
      <dl className="facts">
        {rowsOf(preview).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {problems.length > 0 ? (
        <Banner tone="bad" title={texts.refused} urgent>
          {problems.join(' ')}
        </Banner>
      ) : (
        <Banner tone="warn">{texts.trust}</Banner>
      )}
      {preview.asksFor.length > 0 && problems.length === 0 && (
        <>
          <h3>{texts.secrets}</h3>
          <p className="soft">{texts.secretsHint}</p>
          {preview.asksFor.map((part) => (
            <TextInput
              key={part}
              label={labelOf(part)}
              type={part === 'kafka-client-key' ? 'text' : 'password'}
              value={typed[part] ?? ''}
              onChange={(value) => setTyped((before) => ({ ...before, [part]: value }))}
              size="medium"
              mono
              {...(part === 'kafka-client-key' ? { rows: 3 } : {})}
            />
          ))}
        </>
      )}
      {failure !== null && (
        <Banner tone="bad" title={failure.message} urgent>
          {failure.hint}
        </Banner>
      )}
      <div className="file-line">
        {problems.length === 0 && (
          <Button look="primary" onPress={() => void add()}>
            {texts.add}
          </Button>
        )}
        <Button onPress={onOther}>{texts.other}</Button>
      </div>
      {consent.dialog}
    </>
  );
}

function rowsOf({ draft }: LinkPreview): [string, string][] {
  const { name, kind, postgres, kafka, openai } = draft;
  const rows: [string, string | null][] = [
    [texts.fields.name, name],
    [texts.fields.kind, shellTexts.profile.kinds[kind] ?? String(kind)],
    [texts.fields.postgres, postgres ? `${postgres.user}@${postgres.host}/${postgres.database}` : null],
    [texts.fields.kafka, kafka ? kafka.brokers.join(', ') : null],
    [texts.fields.openai, openai ? (openai.baseUrl ?? formTexts.sections.openai) : null],
  ];
  return rows.flatMap(([label, value]) => (value === null ? [] : [[label, value] as [string, string]]));
}

function labelOf(part: SecretPart): string {
  const words = profileTexts.secretWords[part];
  return words.charAt(0).toUpperCase() + words.slice(1);
}
