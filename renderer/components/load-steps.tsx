import type { StepView } from '../lib/load-progress.ts';
import { timeSpent } from '../texts/amounts.ts';
import { progressTexts } from '../texts/progress.ts';
import { Icon } from './icon.tsx';
import { Progress } from './progress.tsx';

const texts = progressTexts;

/** The steps of a load in their order, each with how far it has come. */
export function LoadSteps({ steps }: { steps: readonly StepView[] }) {
  return (
    <ol className="load-steps" aria-label={texts.stepsLabel}>
      {steps.map((step) => (
        <li key={step.step} className="load-step" data-state={step.state}>
          <span className="load-step-mark" aria-hidden="true">
            {step.state === 'done' ? <Icon name="check" /> : <span className="load-step-dot" />}
          </span>
          <div className="load-step-line">
            <span className="load-step-name">
              {texts.steps[step.step]}
              <span className="hidden-text">, {texts.states[step.state]}</span>
            </span>
            <span className="load-step-facts">{factsOf(step).join(' · ')}</span>
          </div>
          {isInHand(step) && <Bar step={step} />}
        </li>
      ))}
    </ol>
  );
}

function Bar({ step }: { step: StepView }) {
  const share = shareOf(step);
  return (
    <div className="load-step-progress">
      <Progress label={texts.steps[step.step]} share={share} />
      {step.file !== null && <span className="load-step-file">{step.file}</span>}
    </div>
  );
}

export function isInHand({ state }: Pick<StepView, 'state'>): boolean {
  return state === 'running' || state === 'waiting';
}

/** From 0 to 1; null where the whole is not known. */
export function shareOf({ done, total }: Pick<StepView, 'done' | 'total'>): number | null {
  return total === null || total === 0 ? null : Math.min(1, done / total);
}

function factsOf(step: StepView): string[] {
  if (step.state === 'ahead') return [];
  if (step.state === 'done') {
    const done = step.done > 0 && step.unit !== 'bytes' ? [texts.doneOf(step.done, null, step.unit)] : [];
    return step.ms === null ? done : [...done, timeSpent(step.ms)];
  }
  return [
    texts.doneOf(step.done, step.total, step.unit),
    step.perSecond === null || step.perSecond <= 0 ? '' : texts.rate(step.perSecond, step.unit),
    step.leftMs === null ? '' : texts.left(step.leftMs),
  ].filter((fact) => fact !== '');
}
