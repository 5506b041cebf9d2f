import { useRef, useState } from 'react';
import { useContract } from '../lib/contract-context.tsx';
import { copyText } from '../lib/copy-text.ts';
import { failureOf } from '../lib/failure.ts';
import { usePage } from '../lib/page-context.tsx';
import { reportText } from '../lib/report-text.ts';
import { saveFile } from '../lib/save-file.ts';
import type { ShownLoad } from '../lib/use-load-run.ts';
import { reportTexts } from '../texts/report.ts';
import { Button } from './button.tsx';
import { ActionMenu } from './menu.tsx';

const texts = reportTexts.actions;

/** Copy, print or save a report; go on with a load that can. */
export function LoadReportActions({
  shown,
  profileId,
  target,
  onResumed,
}: {
  shown: ShownLoad;
  profileId: string | null;
  target: string | null;
  onResumed: () => void;
}) {
  const { say } = usePage();
  const { loadId } = shown.load;
  const text = (): string => reportText(shown, target);

  async function copy(): Promise<void> {
    if (await copyText(text())) say(texts.copied);
    else say(texts.notCopied, 'bad');
  }

  return (
    <div className="load-report-actions">
      {shown.resumable && <ResumeButton loadId={loadId} profileId={profileId} onResumed={onResumed} />}
      <Button icon="copy" onPress={() => void copy()}>
        {texts.copy}
      </Button>
      <Button icon="print" onPress={() => window.print()}>
        {texts.print}
      </Button>
      <ActionMenu
        label={texts.save}
        icon="load"
        words={texts.save}
        actions={[
          {
            id: 'text',
            words: texts.saveText,
            run: () => saveFile(reportTexts.fileName(loadId, 'txt'), text(), 'text'),
          },
          {
            id: 'json',
            words: texts.saveJson,
            run: () => saveFile(reportTexts.fileName(loadId, 'json'), jsonOf(shown), 'json'),
          },
        ]}
      />
    </div>
  );
}

/** Goes on with a load that was stopped, cut off, or has given something up for now. */
export function ResumeButton({
  loadId,
  profileId,
  onResumed,
  children = texts.resume,
}: {
  loadId: string;
  profileId: string | null;
  onResumed: () => void;
  children?: string;
}) {
  const contract = useContract();
  const { say } = usePage();
  const [resuming, setResuming] = useState(false);
  const asked = useRef(false);

  async function resume(): Promise<void> {
    if (asked.current) return;
    asked.current = true;
    setResuming(true);
    try {
      await contract.request('loads.resume', { profileId, loadId });
      onResumed();
    } catch (thrown) {
      const { message, hint } = failureOf(thrown);
      say(`${texts.resumeFailed}: ${message} ${hint}`, 'bad');
    }
    asked.current = false;
    setResuming(false);
  }

  return (
    <Button look="primary" isDisabled={resuming} onPress={() => void resume()}>
      {resuming ? texts.resuming : children}
    </Button>
  );
}

function jsonOf(shown: ShownLoad): string {
  return `${JSON.stringify(shown, null, 2)}\n`;
}
