import { describe, expect, test } from 'vitest';
import { afterEvent, type Standing } from '../../../../electron/application/loads/running-load.ts';
import type { LoadEvent } from '../../../../electron/engine/load-events.ts';
import type { ErrorReport } from '../../../../shared/errors.ts';

const loadId = 'L1';
const MOVING: Standing = { waiting: null, problems: [] };
const busy: LoadEvent = { kind: 'waiting', loadId, step: 'embed', reason: 'Too many.', untilMs: 7 };
const WAITING: Standing = { waiting: { step: 'embed', reason: 'Too many.', untilMs: 7 }, problems: [] };
const error: ErrorReport = { code: 'db.failed', message: 'It failed.', hint: 'Mend it.', retryable: false };
const progress = (step: 'commit' | 'embed'): LoadEvent => ({
  ...{ kind: 'step-progress', loadId, step, file: null, done: 1, total: 2 },
});

describe('how a load stands', () => {
  test('tells what it waits for, the newest', () => {
    expect(afterEvent(MOVING, busy)).toEqual(WAITING);
    const later = afterEvent(WAITING, { ...busy, reason: 'Still too many.', untilMs: null });
    expect(later.waiting).toEqual({ step: 'embed', reason: 'Still too many.', untilMs: null });
  });

  test.each<LoadEvent>([
    progress('embed'),
    { kind: 'step-started', loadId, step: 'embed', file: null, total: 2, unit: 'texts' },
    { kind: 'step-finished', loadId, step: 'embed', file: null, ms: 3 },
    { kind: 'load-finished', loadId, status: 'stopped', ms: 3 },
  ])('waits no more once it moves: $kind', (event) => {
    expect(afterEvent(WAITING, event)).toEqual(MOVING);
  });

  test('waits on while another step moves, and through a problem', () => {
    expect(afterEvent(WAITING, progress('commit'))).toEqual(WAITING);
    const after = afterEvent(WAITING, { kind: 'problem', loadId, step: 'embed', error });
    expect(after).toEqual({ ...WAITING, problems: [{ step: 'embed', error }] });
  });

  test('keeps the first fifty problems, whatever comes after', () => {
    let standing = MOVING;
    for (let at = 0; at < 60; at += 1)
      standing = afterEvent(standing, {
        ...{ kind: 'problem', loadId, step: 'commit', error: { ...error, message: `Number ${at}.` } },
      });
    expect(standing.problems).toHaveLength(50);
    expect(standing.problems[0]?.error.message).toBe('Number 0.');
  });
});
