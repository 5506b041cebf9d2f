import { amount, figure } from '../../shared/amounts.ts';
import type { Step, Unit } from '../lib/load-progress.ts';
import { bytesWords, roughTime } from './amounts.ts';

const UNIT_WORDS: Readonly<Record<Exclude<Unit, 'bytes'>, string>> = {
  rows: 'row',
  texts: 'text',
  vectors: 'vector',
  events: 'event',
};

function much(count: number, unit: Unit): string {
  return unit === 'bytes' ? bytesWords(count) : amount(Math.round(count), UNIT_WORDS[unit]);
}

/** Words of a load that runs. */
export const progressTexts = {
  title: (target: string | null) => (target === null ? 'Loading' : `Loading into ${target}`),
  asking: 'Asking how far the load has come…',
  running: (time: string) => `Running for ${time}`,
  takenUp: 'It was cut off and is gone on with.',
  mayClose: 'You may close this window: the load goes on, and is shown again when you open it.',
  unheard: 'Since this page was opened the load has not told how far it is. It will, with its next step.',
  stepsLabel: 'Steps of the load',
  steps: {
    check: 'Check the files',
    stage: 'Hand the rows over to the database',
    review: 'Compare with the database',
    commit: 'Write the rows',
    embed: 'Embed new and changed books',
    index: 'Put them into the search index',
    publish: 'Tell the other services',
  } satisfies Readonly<Record<Step, string>>,
  states: { ahead: 'to come', running: 'in hand', waiting: 'waiting', done: 'done' },
  doneOf: (done: number, total: number | null, unit: Unit) => {
    if (total === null) return done === 0 ? '' : much(done, unit);
    if (unit === 'bytes') return `${bytesWords(done)} of ${bytesWords(total)}`;
    return `${figure(done)} of ${much(total, unit)}`;
  },
  rate: (perSecond: number, unit: Unit) =>
    perSecond >= 1 || unit === 'bytes'
      ? `${much(rough(perSecond), unit)} a second`
      : `${much(rough(perSecond * 60), unit)} a minute`,
  left: (ms: number) => `${roughTime(ms)} left`,
  waiting: {
    title: {
      embed: 'Waiting for the embedding service',
      publish: 'Waiting for the message broker',
      commit: 'Waiting for the database',
      turn: 'Waiting for its turn',
      other: 'Waiting',
    },
    until: (title: string, clock: string, seconds: number) =>
      seconds < 1 ? title : `${title} until ${clock} (${roughSeconds(seconds)})`,
    goesOn: 'It goes on by itself.',
  },
  problems: {
    title: (count: number) => (count === 1 ? 'A problem so far' : `${figure(count)} problems so far`),
  },
  stop: {
    button: 'Stop…',
    stopping: 'Stopping after the part in hand…',
    title: 'Stop this load?',
    text: 'The part in hand is finished first. What is whole is kept: rows that are in the database stay there. You can resume the load later, and it goes on where it stopped.',
    stop: 'Stop the load',
    goOn: 'Let it run',
    failed: 'It could not be stopped',
  },
  announce: {
    step: (name: string, percent: number | null) => (percent === null ? name : `${name}: ${percent} %`),
  },
  cutOff: {
    title: 'This load was cut off',
    text: 'It does not run here just now. If Accession was started again a moment ago it goes on by itself; another computer may also have it in hand.',
    resume: 'Resume it here',
  },
  refused: 'Nothing can be said of this load',
} as const;

/** Two digits: a speed is not known any better. */
function rough(value: number): number {
  return value < 10 ? Math.round(value) : Number(value.toPrecision(2));
}

function roughSeconds(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  return `${Math.round(seconds / 60)} min`;
}
