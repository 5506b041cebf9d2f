import { describe, expect, test } from 'vitest';
import type { LoadEvent } from '../../../electron/engine/load-events.ts';
import {
  endNotification,
  followLoad,
  type LoadActivity,
  longLoadMs,
  noLoads,
  taskbarProgress,
} from '../../../electron/main/load-activity.ts';
import type { LoadNotice } from '../../../shared/desktop/notices.ts';

const started = (loadId: string): LoadNotice => ({ kind: 'load-started', loadId, files: 1 });
const progress = (loadId: string, step: string, done: number, total: number | null): LoadNotice => ({
  kind: 'step-progress',
  loadId,
  step,
  file: null,
  done,
  total,
});

function followed(...events: LoadNotice[]): LoadActivity {
  return events.reduce((activity, event) => followLoad(activity, event, 0).activity, noLoads);
}

describe('the progress on the taskbar', () => {
  test('is none without a load, and busy before a load has said how much there is to do', () => {
    expect(taskbarProgress(noLoads)).toBeNull();
    expect(taskbarProgress(followed(started('a')))).toBe('busy');
  });

  test('rises from the first step to the last', () => {
    const values = ['check', 'stage', 'review', 'commit', 'embed', 'index', 'publish'].map((step) =>
      taskbarProgress(followed(started('a'), progress('a', step, 1, 2))),
    );
    expect(values).toEqual([...values].sort((a, b) => Number(a) - Number(b)));
    expect(values[0]).toBeCloseTo(0.1);
    expect(values.at(-1)).toBeCloseTo(0.96);
  });

  test('never falls, when the next file begins with the same step', () => {
    const activity = followed(started('a'), progress('a', 'commit', 9, 10), progress('a', 'check', 1, 10));
    expect(taskbarProgress(activity)).toBeCloseTo(0.485);
  });

  test('stays within its step whatever the numbers say', () => {
    expect(taskbarProgress(followed(progress('a', 'check', 30, 10)))).toBeCloseTo(0.2);
    expect(taskbarProgress(followed(progress('a', 'check', 5, 0)))).toBe(0);
    expect(taskbarProgress(followed(progress('a', 'check', 5, null)))).toBe(0);
    expect(taskbarProgress(followed(progress('a', 'a new step', 5, 10)))).toBe('busy');
  });

  test('is the mean of several loads', () => {
    expect(
      taskbarProgress(followed(progress('a', 'check', 1, 2), progress('b', 'publish', 1, 1))),
    ).toBeCloseTo(0.55);
  });

  test.each([
    { kind: 'load-finished', loadId: 'a', status: 'loaded' } as const,
    { kind: 'load-failed', loadId: 'a' } as const,
  ])('is gone after $kind', (end) => {
    expect(taskbarProgress(followed(started('a'), progress('a', 'check', 1, 2), end))).toBeNull();
  });
});

describe('the notification at the end', () => {
  const end = (status: string, tookMs: number) => {
    const { activity } = followLoad(noLoads, started('a'), 1_000);
    return followLoad(activity, { kind: 'load-finished', loadId: 'a', status }, 1_000 + tookMs).ended;
  };

  test('tells of a long load to somebody who is elsewhere', () => {
    const ended = end('loaded', longLoadMs);
    expect(ended).toEqual({ outcome: 'loaded', tookMs: longLoadMs });
    expect(ended && endNotification(ended, false)?.title).toBe('Your files are loaded');
  });

  test.each([
    ['a short load', longLoadMs - 1, false, 'loaded'],
    ['a load that ended under the librarian’s eyes', longLoadMs, true, 'loaded'],
    ['a load that somebody stopped', longLoadMs, false, 'stopped'],
  ])('is not made for %s', (_what, tookMs, inFront, status) => {
    const ended = end(status, tookMs);
    expect(ended && endNotification(ended, inFront)).toBeNull();
  });

  test('says that rows were left out, that it failed, and that a rehearsal wrote nothing', () => {
    const titles = ['partial', 'failed', 'a status of later', 'rehearsed'].map((status) => {
      const ended = end(status, longLoadMs);
      return ended && endNotification(ended, false)?.title;
    });
    expect(titles).toEqual([
      'Your files are loaded, with rows left out',
      'The load did not finish',
      'The load did not finish',
      'The rehearsal is done',
    ]);
  });
});

test('every event of the engine can be passed on as it is', () => {
  const event: LoadEvent = { kind: 'load-started', loadId: 'a', correlationId: 'c', files: 1 };
  const notice: LoadNotice = event satisfies LoadEvent;
  expect(followLoad(noLoads, notice, 5).activity.get('a')).toEqual({ startedAtMs: 5, fraction: null });
});
