import type { RunningLoadView } from '../../../shared/contract/load-routes.ts';
import { isInHand, shareOf } from '../../components/load-steps.tsx';
import { Progress } from '../../components/progress.tsx';
import { stepsOf } from '../../lib/load-progress.ts';
import { addressOf } from '../../lib/place.ts';
import { useLoadRun } from '../../lib/use-load-run.ts';
import { useNow } from '../../lib/use-now.ts';
import { timeRunning, withClockTimes } from '../../texts/amounts.ts';
import { progressTexts } from '../../texts/progress.ts';
import { targetInWords } from '../../texts/targets.ts';

/** A load that runs, in a line: into what, at which step, how far. */
export function RunningLine({ load }: { load: RunningLoadView }) {
  const { run } = useLoadRun(load.loadId, load.profileId);
  const now = useNow();
  const steps = run.kind === 'running' ? stepsOf(run.progress) : [];
  const step = steps.findLast(isInHand);
  const waiting = run.kind === 'running' ? run.progress.waiting : null;
  return (
    <li className="running-line">
      <a className="running-name" href={addressOf('history', load.loadId)}>
        {progressTexts.title(targetInWords(load))}
      </a>
      <span className="soft small">
        {progressTexts.running(timeRunning(now - Date.parse(load.startedAt)))}
      </span>
      {step !== undefined && (
        <>
          <span className="running-step">
            {progressTexts.steps[step.step]}{' '}
            <span className="soft">{progressTexts.doneOf(step.done, step.total, step.unit)}</span>
          </span>
          <Progress label={progressTexts.steps[step.step]} share={shareOf(step)} />
        </>
      )}
      {waiting !== null && (
        <span className="running-waiting">{withClockTimes(waiting.reason, new Date(now))}</span>
      )}
    </li>
  );
}
