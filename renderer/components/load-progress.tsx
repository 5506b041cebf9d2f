import { useEffect, useRef } from 'react';
import { type ShownLoad, useLoadRun } from '../lib/use-load-run.ts';
import { progressTexts } from '../texts/progress.ts';
import { Banner } from './banner.tsx';
import { FailureBanner } from './failure-banner.tsx';
import { ResumeButton } from './load-report-actions.tsx';
import { LoadRunning } from './load-running.tsx';

const texts = progressTexts;

/**
 * Follows a load until it has ended, then calls `onDone` with what came of it, once; from there on it shows nothing.
 * May be opened at any time: before, in the midst of, or after the load.
 */
export function LoadProgress({
  loadId,
  profileId,
  onDone,
}: {
  loadId: string;
  profileId: string | null;
  onDone: (shown: ShownLoad) => void;
}) {
  const { run, look } = useLoadRun(loadId, profileId);
  const done = useRef(onDone);
  done.current = onDone;
  const ended = run.kind === 'ended' ? run.shown : null;
  useEffect(() => {
    if (ended !== null) done.current(ended);
  }, [ended]);

  switch (run.kind) {
    case 'asking':
      return (
        <p role="status" className="soft">
          {texts.asking}
        </p>
      );
    case 'running':
      return <LoadRunning loadId={loadId} load={run.load} progress={run.progress} onStopped={look} />;
    case 'cut-off':
      return (
        <Banner
          tone="warn"
          title={texts.cutOff.title}
          actions={
            run.shown.resumable && (
              <ResumeButton loadId={loadId} profileId={profileId} onResumed={look}>
                {texts.cutOff.resume}
              </ResumeButton>
            )
          }
        >
          {texts.cutOff.text}
        </Banner>
      );
    case 'refused':
      return <FailureBanner title={texts.refused} failure={run.failure} onAgain={look} />;
    case 'ended':
      return null;
  }
}
