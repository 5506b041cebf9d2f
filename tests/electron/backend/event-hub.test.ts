import { expect, test } from 'vitest';
import { createEventHub } from '../../../electron/backend/event-hub.ts';
import type { HubMessage } from '../../../electron/backend/event-topic.ts';
import { AppError } from '../../../shared/errors.ts';
import { shelfEvents } from '../../shared/contract/shelf-contract.ts';

const server = 'run-1';

function hub(sizes: { keptEvents?: number; quietTopics?: number } = {}) {
  const errors: { where: string; trace: string }[] = [];
  const made = createEventHub({
    events: shelfEvents,
    serverId: server,
    onInternalError: (error) => errors.push(error),
    ...sizes,
  });
  function listen(event: string, scope: string | null, after: { server: string; seq: number } | null = null) {
    const heard: HubMessage[] = [];
    const subscription = made.subscribe({ event, scope, after }, (message) => heard.push(message));
    return { heard, numbers: () => heard.flatMap(numberIn), ...subscription };
  }
  return { ...made, errors, listen };
}

function numberIn(message: HubMessage): (number | 'gap')[] {
  if (message.kind === 'gap') return ['gap'];
  return message.kind === 'event' ? [(message.payload as { n: number }).n] : [];
}

test('a listener hears what is told of its event and its scope, and nothing else', () => {
  const { publish, listen } = hub();
  const own = listen('shelf.moved', 'a');
  publish('shelf.moved', 'a', { n: 1 });
  publish('shelf.moved', 'b', { n: 2 });
  publish('shelf.moved', null, { n: 3 });
  publish('shelf.count', 'a', { n: 4 });
  expect(own.numbers()).toEqual([1]);
});

test('a listener that stopped hears nothing more', () => {
  const { publish, listen } = hub();
  const own = listen('shelf.moved', 'a');
  own.close();
  publish('shelf.moved', 'a', { n: 1 });
  own.ack(1);
  expect(own.numbers()).toEqual([]);
});

test('of an event of which every one counts, a new listener hears from now on', () => {
  const { publish, listen } = hub();
  publish('shelf.moved', 'a', { n: 1 });
  const own = listen('shelf.moved', 'a');
  publish('shelf.moved', 'a', { n: 2 });
  expect(own.heard).toEqual([
    { kind: 'subscribed', seq: 1 },
    { kind: 'event', seq: 2, payload: { n: 2 } },
  ]);
});

test('of an event of which the latest counts, a new listener hears that at once', () => {
  const { publish, listen } = hub();
  publish('shelf.count', 'a', { n: 1 });
  publish('shelf.count', 'a', { n: 2 });
  expect(listen('shelf.count', 'a').numbers()).toEqual([2]);
});

test('a listener that does not keep up hears only the latest of what it missed', () => {
  const { publish, listen } = hub();
  const own = listen('shelf.count', 'a');
  for (let n = 1; n <= 500; n += 1) publish('shelf.count', 'a', { n });
  expect(own.numbers()).toEqual([1]);
  own.ack(1);
  expect(own.numbers()).toEqual([1, 500]);
  own.ack(500);
  expect(own.numbers()).toEqual([1, 500]);
});

test('where every one counts, no more than 64 are under way to one that does not ack', () => {
  const { publish, listen } = hub();
  const own = listen('shelf.moved', 'a');
  for (let n = 1; n <= 200; n += 1) publish('shelf.moved', 'a', { n });
  expect(own.numbers()).toHaveLength(64);
  own.ack(64);
  expect(own.numbers()).toHaveLength(128);
  own.ack(128);
  own.ack(192);
  expect(own.numbers()).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
});

test('a listener left behind further than is kept learns of the gap, once, and then hears on', () => {
  const { publish, listen } = hub({ keptEvents: 100 });
  const slow = listen('shelf.moved', 'a');
  const quick = listen('shelf.moved', 'a');
  for (let n = 1; n <= 10_000; n += 1) {
    publish('shelf.moved', 'a', { n });
    quick.ack(n);
  }
  expect(quick.numbers()).toHaveLength(10_000);
  expect(quick.numbers()).not.toContain('gap');
  expect(slow.heard).toHaveLength(1 + 64);
  slow.ack(64);
  expect(slow.numbers().slice(64)).toEqual(['gap']);
  expect(slow.heard.at(-1)).toEqual({ kind: 'gap', seq: 10_000 });
  publish('shelf.moved', 'a', { n: 10_001 });
  expect(slow.numbers().slice(64)).toEqual(['gap', 10_001]);
});

test('one that comes back hears what was told meanwhile, and nothing twice', () => {
  const { publish, listen } = hub();
  for (let n = 1; n <= 5; n += 1) publish('shelf.moved', 'a', { n });
  const back = listen('shelf.moved', 'a', { server, seq: 2 });
  publish('shelf.moved', 'a', { n: 6 });
  expect(back.numbers()).toEqual([3, 4, 5, 6]);
});

test('one that comes back too late learns of a gap', () => {
  const { publish, listen } = hub({ keptEvents: 10 });
  for (let n = 1; n <= 100; n += 1) publish('shelf.moved', 'a', { n });
  const back = listen('shelf.moved', 'a', { server, seq: 2 });
  publish('shelf.moved', 'a', { n: 101 });
  expect(back.numbers()).toEqual(['gap', 101]);
});

test.each([
  ['of another run', { server: 'run-0', seq: 1 }],
  ['of a number this run has not reached', { server, seq: 99 }],
])('a place %s means a gap', (_what, after) => {
  const { publish, listen } = hub();
  publish('shelf.moved', 'a', { n: 1 });
  const back = listen('shelf.moved', 'a', after);
  publish('shelf.moved', 'a', { n: 2 });
  expect(back.numbers()).toEqual(['gap', 2]);
  expect(back.heard[0]).toEqual({ kind: 'gap', seq: 1 });
});

test('after a gap the latest is still told', () => {
  const { publish, listen } = hub();
  publish('shelf.count', 'a', { n: 1 });
  const back = listen('shelf.count', 'a', { server: 'run-0', seq: 40 });
  expect(back.numbers()).toEqual(['gap']);
  back.ack(0);
  expect(back.numbers()).toEqual(['gap', 1]);
});

test('a gap where nothing was ever told ends', () => {
  const { listen } = hub();
  for (const event of ['shelf.moved', 'shelf.count']) {
    const back = listen(event, 'a', { server: 'run-0', seq: 4 });
    for (const _ of [1, 2, 3]) back.ack(1000);
    expect(back.heard).toEqual([{ kind: 'gap', seq: 0 }]);
  }
});

test('scopes that nobody listens to are forgotten, and whoever comes back to one learns of a gap', () => {
  const { publish, listen } = hub({ quietTopics: 10 });
  publish('shelf.moved', 'first', { n: 1 });
  publish('shelf.moved', 'first', { n: 2 });
  const listened = listen('shelf.moved', 'listened');
  for (let n = 0; n < 50; n += 1) publish('shelf.moved', `other-${n}`, { n });
  expect(listen('shelf.moved', 'first', { server, seq: 1 }).numbers()).toEqual(['gap']);
  // The newest ones are still known, and so is any that has a listener.
  expect(listen('shelf.moved', 'other-49', { server, seq: 51 }).numbers()).toEqual([49]);
  publish('shelf.moved', 'listened', { n: 77 });
  expect(listened.numbers()).toEqual([77]);
});

test('coming back to the latest of a forgotten scope ends after one gap', () => {
  const { publish, listen } = hub({ quietTopics: 1 });
  for (let n = 0; n < 20; n += 1) publish('shelf.count', `scope-${n}`, { n });
  const back = listen('shelf.count', 'scope-0', { server, seq: 1 });
  for (const _ of [1, 2, 3]) back.ack(1000);
  expect(back.numbers()).toEqual(['gap']);
});

test('a payload that the contract does not know is dropped and reported without its values', () => {
  const { publish, listen, errors } = hub();
  const own = listen('shelf.moved', 'a');
  const leaky = { n: 1, password: 'hunter2' };
  expect(() => publish('shelf.moved', 'a', leaky)).not.toThrow();
  expect(own.numbers()).toEqual([]);
  expect(errors).toHaveLength(1);
  expect(errors[0]?.where).toBe('shelf.moved');
  expect(JSON.stringify(errors)).not.toContain('hunter2');
});

test('an event that does not exist cannot be listened to', () => {
  const { listen } = hub();
  for (const name of ['shelf.burnt', 'constructor']) expect(() => listen(name, null)).toThrow(AppError);
});
