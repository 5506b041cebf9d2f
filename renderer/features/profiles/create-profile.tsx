import { useMemo, useState } from 'react';
import { Icon, type IconName } from '../../components/icon.tsx';
import { addressOf } from '../../lib/place.ts';
import { profileTexts } from '../../texts/profiles.ts';
import { EnrolmentImport } from './enrolment-import.tsx';
import { EnvImport } from './env-import.tsx';
import { newForm } from './form-values.ts';
import { ProfileEditor } from './profile-editor.tsx';
import type { Section } from './sections.ts';

const texts = profileTexts.create;
const WAYS = ['sandbox', 'env', 'enrolment', 'by-hand'] as const;
const ICONS: Readonly<Record<(typeof WAYS)[number], IconName>> = {
  sandbox: 'box',
  env: 'file',
  enrolment: 'link',
  'by-hand': 'pen',
};

/** A new profile: first how to begin, then that. */
export function CreateProfile({ way }: { way: string | null }) {
  const chosen = WAYS.find((one) => one === way);
  if (chosen === undefined) return <ChooseWay />;
  return (
    <>
      <a className="way-back" href={addressOf('profiles', 'new')}>
        <Icon name="left" /> {texts.back}
      </a>
      {chosen === 'env' && <EnvImport />}
      {chosen === 'enrolment' && <EnrolmentImport />}
      {(chosen === 'sandbox' || chosen === 'by-hand') && (
        <NewProfile key={chosen} kind={chosen === 'sandbox' ? 'sandbox' : 'test'} />
      )}
    </>
  );
}

function ChooseWay() {
  return (
    <section aria-label={texts.title}>
      <h2>{texts.title}</h2>
      <p className="soft">{texts.lead}</p>
      <ul className="ways">
        {WAYS.map((way) => (
          <li key={way}>
            <a className="way" href={addressOf('profiles', 'new', way)}>
              <Icon name={ICONS[way]} />
              <span className="way-words">
                <span className="way-title">{texts.ways[way].words}</span>
                <span className="soft">{texts.ways[way].hint}</span>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewProfile({ kind }: { kind: 'sandbox' | 'test' }) {
  const start = useMemo(() => newForm(kind), [kind]);
  const [section, setSection] = useState<Section>('general');
  return <ProfileEditor entry={null} start={start} section={section} onSection={setSection} />;
}
