import { type ReactNode, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { ScreenHeading } from '../../components/screen-heading.tsx';
import { usePageFiles } from '../../lib/contract-context.tsx';
import { useShortcuts } from '../../lib/shortcuts.tsx';
import { loadTexts } from '../../texts/load.ts';
import { OpenDrafts } from './open-drafts.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import { RulesSheet } from './rules-sheet.tsx';
import { RunningNotice } from './running-notice.tsx';
import type { Intake } from './use-intake.ts';

const texts = loadTexts.start;

/** Before there are files: every way to bring some, and what was left open before. */
export function StartScreen({ intake, notices }: { intake: Intake; notices: ReactNode }) {
  const files = usePageFiles();
  const [open, setOpen] = useState<'paste' | 'rules' | null>(null);
  const choose = (): void => void intake.take(files.choose);
  useShortcuts({ o: choose, r: () => setOpen('rules') });
  return (
    <div className="screen start">
      <ScreenHeading
        title={loadTexts.title}
        lead={loadTexts.lead}
        actions={
          <Button look="quiet" icon="learn" onPress={() => setOpen('rules')}>
            {loadTexts.draft.learnt}
          </Button>
        }
      />
      {notices}
      <RunningNotice />
      <OpenDrafts />
      <section className="drop-zone" aria-label={texts.dropTitle}>
        <Icon name="load" />
        <h2>{texts.dropTitle}</h2>
        <p className="soft">{texts.dropText}</p>
        <div className="drop-zone-actions">
          <Button look="primary" icon="file" onPress={choose} isDisabled={intake.taking !== null}>
            {texts.choose}
          </Button>
          <Button icon="paste" onPress={() => setOpen('paste')} isDisabled={intake.taking !== null}>
            {texts.paste}
          </Button>
        </div>
        <p className="soft small">{texts.accepts}</p>
      </section>
      <div className="samples">
        <Button icon="box" onPress={() => void intake.openSamples()} isDisabled={intake.taking !== null}>
          {texts.samples}
        </Button>
        <p className="soft small">{texts.samplesHint}</p>
      </div>
      <ol className="start-steps" aria-label={texts.stepsLabel}>
        {texts.steps.map(({ title, text }, at) => (
          <li key={title}>
            <span className="start-step-number" aria-hidden="true">
              {at + 1}
            </span>
            <div>
              <h3>{title}</h3>
              <p className="soft small">{text}</p>
            </div>
          </li>
        ))}
      </ol>
      <p className="start-safe">
        <Icon name="lock" /> {texts.safe}
      </p>
      <PasteDialog
        isOpen={open === 'paste'}
        onClose={() => setOpen(null)}
        onCells={(text) => void intake.takeCells(text)}
      />
      <RulesSheet isOpen={open === 'rules'} onClose={() => setOpen(null)} />
    </div>
  );
}
