import { useState } from 'react';
import { Banner } from '../../components/banner.tsx';
import { Button } from '../../components/button.tsx';
import { FileButton } from '../../components/file-button.tsx';
import { TextInput } from '../../components/text-input.tsx';
import { type Failure, failureOf } from '../../lib/failure.ts';
import { addressOf } from '../../lib/place.ts';
import { profileTexts } from '../../texts/profiles.ts';
import { EnrolmentPreview } from './enrolment-preview.tsx';
import { MOST_IMPORT_BYTES } from './env-import.tsx';
import { Lines } from './env-report.tsx';
import type { ImportOutcome, LinkPreview } from './profiles-api.ts';
import { useProfiles } from './profiles-store.tsx';

const texts = profileTexts.enrolment;

/** Adds a profile that somebody else made: from a link, after it has been shown, or from an exported file. */
export function EnrolmentImport() {
  const { api, reload } = useProfiles();
  const [link, setLink] = useState('');
  const [error, setError] = useState<string | undefined>(undefined);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [preview, setPreview] = useState<LinkPreview | null>(null);
  const [imported, setImported] = useState<ImportOutcome | null>(null);

  async function attempt(work: () => Promise<void>): Promise<void> {
    setFailure(null);
    setError(undefined);
    try {
      await work();
    } catch (thrown) {
      setFailure(failureOf(thrown));
    }
  }

  const read = () =>
    attempt(async () => {
      if (link.trim() === '') setError(texts.linkMissing);
      else setPreview(await api.readLink(link.trim()));
    });

  const importFile = (text: string) =>
    attempt(async () => {
      setImported(await api.importFile(text));
      await reload();
    });

  return (
    <section className="import" aria-label={texts.title}>
      <h2>{texts.title}</h2>
      {preview !== null ? (
        <EnrolmentPreview link={link.trim()} preview={preview} onOther={() => setPreview(null)} />
      ) : imported !== null ? (
        <>
          <Banner
            tone={imported.imported.length > 0 ? 'good' : 'warn'}
            title={texts.imported(imported.imported.length)}
            urgent
          />
          <div className="report">
            <Lines
              title={profileTexts.title}
              lines={imported.imported.map(({ profile }) => texts.importedRow(profile.name))}
            />
            <Lines
              title={texts.refused}
              lines={imported.refused.map(({ name, problems }) =>
                texts.refusedRow(name, Object.values(problems).join(' ')),
              )}
            />
          </div>
          <div>
            <a className="button button-primary" href={addressOf('profiles')}>
              {texts.toList}
            </a>
          </div>
        </>
      ) : (
        <>
          <p className="soft">{texts.lead}</p>
          <TextInput
            label={texts.link}
            hint={texts.linkHint}
            value={link}
            onChange={setLink}
            error={error}
            rows={4}
            mono
            autoFocus
          />
          {failure !== null && (
            <Banner tone="bad" title={failure.message} urgent>
              {failure.hint}
            </Banner>
          )}
          <div className="file-line">
            <Button look="primary" onPress={() => void read()}>
              {texts.read}
            </Button>
            <FileButton
              endings={['.json']}
              mostBytes={MOST_IMPORT_BYTES}
              onText={(text) => void importFile(text)}
              onTooLarge={() => setError(texts.tooLarge)}
            >
              {texts.file}
            </FileButton>
          </div>
        </>
      )}
    </section>
  );
}
