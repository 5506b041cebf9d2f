import type { RunningLoadView } from '../../shared/contract/load-routes.ts';
import {
  isUnheard,
  type LoadProgressState,
  type StepView,
  stepsOf,
  type Waiting,
} from '../lib/load-progress.ts';
import { useNow } from '../lib/use-now.ts';
import { clockTime, timeRunning, withClockTimes } from '../texts/amounts.ts';
import { progressTexts } from '../texts/progress.ts';
import { targetInWords } from '../texts/targets.ts';
import { Banner } from './banner.tsx';
import { isInHand, LoadSteps, shareOf } from './load-steps.tsx';
import { StopLoad } from './stop-load.tsx';

const texts = progressTexts;

/** A load that runs: how far each step has come, what it waits for, what went wrong so far, and Stop. */
export function LoadRunning({
  loadId,
  load,
  progress,
  onStopped,
}: {
  loadId: string;
  /** Null where only its events are known. */
  load: RunningLoadView | null;
  progress: LoadProgressState;
  /** It was to be stopped and did not run any more. */
  onStopped: () => void;
}) {
  const now = useNow();
  const steps = stepsOf(progress);
  const { waiting, problems } = progress;
  return (
    <section className="load-running" aria-labelledby="load-running-title">
      <div className="load-running-heading">
        <div>
          <h2 id="load-running-title">{texts.title(load === null ? null : targetInWords(load))}</h2>
          {load !== null && (
            <p className="soft small">
              {texts.running(timeRunning(now - Date.parse(load.startedAt)))}
              {load.takenUp && ` · ${texts.takenUp}`}
            </p>
          )}
        </div>
        <StopLoad loadId={loadId} onGone={onStopped} />
      </div>
      {/* Steps and quarters only: each percent read aloud would be noise. */}
      <p role="status" className="hidden-text">
        {announcement(steps)}
      </p>
      <div role="status">{waiting !== null && <WaitingBanner waiting={waiting} now={now} />}</div>
      <LoadSteps steps={steps} />
      {isUnheard(progress) && <p className="soft small">{texts.unheard}</p>}
      <div role="status">
        {problems.length > 0 && (
          <Banner tone="warn" title={texts.problems.title(problems.length)}>
            <ul className="load-problems">
              {problems.map(({ error }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a list that only grows at its end
                <li key={at}>
                  {error.message} <span className="soft">{error.hint}</span>
                </li>
              ))}
            </ul>
          </Banner>
        )}
      </div>
      <p className="soft small">{texts.mayClose}</p>
    </section>
  );
}

/** What a load waits for, until when, and why. */
function WaitingBanner({ waiting, now }: { waiting: Waiting; now: number }) {
  const { untilMs, reason } = waiting;
  return (
    <Banner
      tone="warn"
      title={
        untilMs === null
          ? titleOf(waiting)
          : texts.waiting.until(
              titleOf(waiting),
              clockTime(new Date(untilMs), new Date(now)),
              (untilMs - now) / 1_000,
            )
      }
    >
      {withClockTimes(reason, new Date(now))}
      {untilMs !== null && ` ${texts.waiting.goesOn}`}
    </Banner>
  );
}

function titleOf({ step, untilMs }: Waiting): string {
  const titles = texts.waiting.title;
  // A wait for the database has an end, a wait for another load's turn has none.
  if (step === 'commit') return untilMs === null ? titles.turn : titles.commit;
  return step === 'embed' || step === 'publish' ? titles[step] : titles.other;
}

function announcement(steps: readonly StepView[]): string {
  const current = steps.findLast(isInHand);
  if (current === undefined) return '';
  const share = shareOf(current);
  return texts.announce.step(texts.steps[current.step], share === null ? null : Math.floor(share * 4) * 25);
}
