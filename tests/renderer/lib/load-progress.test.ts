import { expect, test } from 'vitest';
import {
  afterEvent,
  type LoadEventOfPage,
  type LoadProgressState,
  NOTHING_HEARD,
  stepsOf,
} from '../../../renderer/lib/load-progress.ts';

const loadId = 'load-1';
type Told = LoadEventOfPage extends infer E ? (E extends unknown ? Omit<E, 'loadId'> : never) : never;

/** Events one second apart. */
function heard(events: readonly Told[], before: LoadProgressState = NOTHING_HEARD): LoadProgressState {
  return events.reduce(
    (state, event, at) => afterEvent(state, { loadId, ...event } as LoadEventOfPage, (at + 1) * 1_000),
    before,
  );
}

const started: Told = { kind: 'load-started', correlationId: 'c', files: 2 };
const begin = (
  step: 'check' | 'stage' | 'commit' | 'embed',
  file: string | null,
  total: number | null,
): Told => ({
  kind: 'step-started',
  step,
  file,
  total,
  unit: step === 'check' ? 'bytes' : step === 'embed' ? 'texts' : 'rows',
});
const come = (
  step: 'check' | 'commit' | 'embed',
  done: number,
  total: number | null,
  file: string | null = null,
): Told => ({
  kind: 'step-progress',
  step,
  file,
  done,
  total,
});
const finish = (step: 'check' | 'stage' | 'commit', file: string | null, ms: number): Told => ({
  kind: 'step-finished',
  step,
  file,
  ms,
});
const statesOf = (state: LoadProgressState) => stepsOf(state).map(({ step, state: now }) => `${step} ${now}`);

test('the files of one step are one step: their parts and times are added', () => {
  const state = heard([
    started,
    begin('check', 'books.csv', 300),
    finish('check', 'books.csv', 20),
    begin('check', 'students.csv', 100),
    come('check', 50, 100, 'students.csv'),
  ]);
  expect(stepsOf(state)[0]).toMatchObject({
    step: 'check',
    state: 'running',
    file: 'students.csv',
    done: 350,
    total: 400,
    unit: 'bytes',
  });
  expect(stepsOf(heard([finish('check', 'students.csv', 10)], state))[0]).toMatchObject({
    state: 'done',
    ms: 30,
  });
});

test('a load that is heard from its beginning has steps done, in hand and to come, without a rehearsal', () => {
  const state = heard([
    started,
    begin('check', 'a', 1),
    finish('check', 'a', 1),
    begin('stage', null, null),
    finish('stage', null, 1),
    begin('commit', null, null),
    come('commit', 5, 10),
  ]);
  expect(statesOf(state)).toEqual([
    'check done',
    'stage done',
    'commit running',
    'embed ahead',
    'index ahead',
    'publish ahead',
  ]);
});

test('to a page that opens in the middle, earlier steps are done and later ones to come', () => {
  expect(statesOf(heard([come('commit', 5, 10)]))).toEqual([
    'check done',
    'stage done',
    'commit running',
    'embed ahead',
    'index ahead',
    'publish ahead',
  ]);
  expect(statesOf(heard([come('commit', 5, 10), come('embed', 1, 4)]))).toEqual([
    'check done',
    'stage done',
    'commit done',
    'embed running',
    'index ahead',
    'publish ahead',
  ]);
});

test('a step that waits has no speed and no time left until it moves again', () => {
  const moving = [
    started,
    begin('embed', null, null),
    come('embed', 0, 1_000),
    come('embed', 100, 1_000),
    come('embed', 200, 1_000),
    come('embed', 300, 1_000),
  ];
  const embed = (state: LoadProgressState) => stepsOf(state).find(({ step }) => step === 'embed');
  expect(embed(heard(moving))?.leftMs).toBeCloseTo(7_000, 0);
  const waits = heard([...moving, { kind: 'waiting', step: 'embed', reason: 'Too much.', untilMs: 9 }]);
  expect(waits.waiting).toEqual({ step: 'embed', reason: 'Too much.', untilMs: 9 });
  expect(embed(waits)).toMatchObject({ state: 'waiting', perSecond: null, leftMs: null });
  expect(heard([come('embed', 310, 1_000)], waits).waiting).toBeNull();
});

test('another step that moves does not end a wait', () => {
  const waits = heard([started, { kind: 'waiting', step: 'publish', reason: 'No broker.', untilMs: null }]);
  expect(heard([come('embed', 1, 2)], waits).waiting?.reason).toBe('No broker.');
});

test('problems are kept in their order; a load that starts again forgets them', () => {
  const error = { code: 'embedding.quota', message: 'No credit.', hint: 'Pay.', retryable: false } as const;
  const state = heard([started, { kind: 'problem', step: 'embed', error }]);
  expect(state.problems).toEqual([{ step: 'embed', error }]);
  expect(heard([started], state).problems).toEqual([]);
});
