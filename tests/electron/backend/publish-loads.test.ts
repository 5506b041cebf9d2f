import { expect, test } from 'vitest';
import { createEventHub } from '../../../electron/backend/event-hub.ts';
import { publishLoadEvent } from '../../../electron/backend/publish-loads.ts';
import type { LoadEvent } from '../../../electron/engine/load-events.ts';
import { EVENTS } from '../../../shared/contract/events.ts';

const error = { code: 'db.unreachable', message: 'No server.', hint: 'Start it.', retryable: true } as const;
const started: LoadEvent = { kind: 'load-started', loadId: 'a', correlationId: 'c', files: 1 };
const failed: LoadEvent = { kind: 'load-failed', loadId: 'a', error, trace: 'at commit (database.ts:12)' };
const told = { kind: 'load-failed', loadId: 'a', error };

function hub() {
  const internal: unknown[] = [];
  const events = createEventHub({
    events: EVENTS,
    serverId: 'run-1',
    onInternalError: (problem) => internal.push(problem),
  });
  const hear = (event: string, scope: string | null): unknown[] => {
    const heard: unknown[] = [];
    events.subscribe({ event, scope, after: null }, (message) => {
      if (message.kind === 'event') heard.push(message.payload);
    });
    return heard;
  };
  return { events, hear, internal };
}

test('what happens in a load is told to who follows it, and to who follows all', () => {
  const { events, hear, internal } = hub();
  const [own, other, all] = [
    hear('loads.happened', 'a'),
    hear('loads.happened', 'b'),
    hear('loads.happened', null),
  ];
  publishLoadEvent(events, started);
  publishLoadEvent(events, failed);
  const { kind, loadId, correlationId, files } = started;
  expect(own).toEqual([{ kind, loadId, correlationId, files }, told]);
  expect([all, other, internal]).toEqual([own, [], []]);
});

test('where in the program a load failed does not cross', () => {
  const { events, hear } = hub();
  const all = hear('loads.happened', null);
  publishLoadEvent(events, failed);
  expect(all).toHaveLength(1);
  expect(JSON.stringify(all)).not.toContain('database.ts');
});

test('how far a load is, is told to who follows it', () => {
  const { events, hear, internal } = hub();
  const own = hear('loads.progress', 'a');
  const progress = {
    kind: 'step-progress',
    loadId: 'a',
    step: 'embed',
    file: null,
    done: 3,
    total: 9,
  } as const;
  publishLoadEvent(events, progress);
  expect([own, internal]).toEqual([[progress], []]);
});
