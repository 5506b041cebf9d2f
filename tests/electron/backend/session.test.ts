import { expect, test } from 'vitest';
import { createEventHub } from '../../../electron/backend/event-hub.ts';
import { createRouter } from '../../../electron/backend/router.ts';
import { openSession, type SessionOptions } from '../../../electron/backend/session.ts';
import type { HandlersOf } from '../../../shared/contract/handlers.ts';
import type { ServerMessage } from '../../../shared/contract/protocol.ts';
import { shelfEvents, shelfRoutes } from '../../shared/contract/shelf-contract.ts';

const hello = { kind: 'hello', contract: 1 };
const about = { client: 'client-1', version: '1.2.3' };

/** Handlers that end when they are told to; `running` are their signals. */
function connected(options: Partial<SessionOptions> = {}) {
  const sent: ServerMessage[] = [];
  const running: { signal: AbortSignal; end: (moved: number) => void }[] = [];
  let closes = 0;
  const handlers: HandlersOf<typeof shelfRoutes> = {
    'shelf.find': ({ bookId }) => ({ title: bookId }),
    'shelf.sort': (_input, { signal }) =>
      new Promise((resolve) => running.push({ signal, end: (moved) => resolve({ moved }) })),
  };
  const onInternalError = (): void => {};
  const hub = createEventHub({ events: shelfEvents, serverId: 'run-1', onInternalError });
  const session = openSession({
    ...about,
    port: {
      send: (message) => sent.push(message),
      close: () => {
        closes += 1;
      },
    },
    router: createRouter(shelfRoutes, handlers, onInternalError),
    events: hub,
    files: { pathOf: () => '/a' },
    ...options,
  });
  const of = (kind: ServerMessage['kind']) => sent.filter((message) => message.kind === kind);
  return { session, hub, sent, of, running, closes: () => closes };
}

/** Every promise that can go on has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a page that greets with the same contract is welcomed by run and version', () => {
  const { session, sent } = connected();
  session.receive(hello);
  expect(sent).toEqual([{ kind: 'welcome', contract: 1, server: 'run-1', version: '1.2.3' }]);
});

test('a page of another contract is refused in clear words, and the connection ends', () => {
  const { session, sent, closes } = connected();
  session.receive({ kind: 'hello', contract: 2 });
  expect(sent).toMatchObject([{ kind: 'refused', error: { code: 'connection.refused', retryable: false } }]);
  expect(JSON.stringify(sent)).toContain('different versions');
  expect(closes()).toBe(1);
  session.receive(hello);
  expect(sent).toHaveLength(1);
});

test('before the greeting nothing is answered and nothing runs', async () => {
  const { session, sent, running, closes } = connected();
  session.receive({ kind: 'request', id: 1, route: 'shelf.sort', input: {} });
  session.receive({ kind: 'subscribe', id: 2, event: 'shelf.count', scope: null, after: null });
  session.receive({ kind: 'ack', id: 3, seq: 1 });
  await settled();
  expect(sent).toEqual([]);
  expect(running).toEqual([]);
  expect(closes()).toBe(0);
});

test('a request is answered under its id, in the order in which they are done', async () => {
  const { session, of, running } = connected();
  session.receive(hello);
  session.receive({ kind: 'request', id: 7, route: 'shelf.sort', input: {} });
  session.receive({ kind: 'request', id: 8, route: 'shelf.find', input: { bookId: 'B1' } });
  await settled();
  running[0]?.end(4);
  await settled();
  expect(of('answer')).toEqual([
    { kind: 'answer', id: 8, reply: { ok: true, value: { title: 'B1' } } },
    { kind: 'answer', id: 7, reply: { ok: true, value: { moved: 4 } } },
  ]);
});

test('a cancelled request is aborted in its handler and not answered', async () => {
  const { session, of, running } = connected();
  session.receive(hello);
  session.receive({ kind: 'request', id: 7, route: 'shelf.sort', input: {} });
  await settled();
  expect(running[0]?.signal.aborted).toBe(false);
  session.receive({ kind: 'cancel', id: 7 });
  expect(running[0]?.signal.aborted).toBe(true);
  running[0]?.end(4);
  await settled();
  expect(of('answer')).toEqual([]);
});

test('when the page is gone its handlers are aborted, its listeners end, and nothing more is sent', async () => {
  const { session, hub, sent, running } = connected();
  session.receive(hello);
  session.receive({ kind: 'request', id: 7, route: 'shelf.sort', input: {} });
  session.receive({ kind: 'subscribe', id: 8, event: 'shelf.moved', scope: null, after: null });
  await settled();
  const before = sent.length;
  session.closed();
  session.closed();
  expect(running[0]?.signal.aborted).toBe(true);
  running[0]?.end(1);
  hub.publish('shelf.moved', null, { n: 1 });
  session.receive({ kind: 'ping' });
  await settled();
  expect(sent).toHaveLength(before);
});

test('events come under the id of the subscription, until it is ended', () => {
  const { session, hub, of } = connected();
  session.receive(hello);
  session.receive({ kind: 'subscribe', id: 5, event: 'shelf.moved', scope: 'a', after: null });
  expect(of('subscribed')).toEqual([{ kind: 'subscribed', id: 5, seq: 0 }]);
  hub.publish('shelf.moved', 'a', { n: 1 });
  session.receive({ kind: 'unsubscribe', id: 5 });
  hub.publish('shelf.moved', 'a', { n: 2 });
  expect(of('event')).toEqual([{ kind: 'event', id: 5, seq: 1, payload: { n: 1 } }]);
});

test('an ack lets the next events through', () => {
  const { session, hub, of } = connected();
  session.receive(hello);
  session.receive({ kind: 'subscribe', id: 5, event: 'shelf.count', scope: null, after: null });
  for (let n = 1; n <= 9; n += 1) hub.publish('shelf.count', null, { n });
  expect(of('event')).toHaveLength(1);
  session.receive({ kind: 'ack', id: 5, seq: 1 });
  expect(of('event').at(-1)).toEqual({ kind: 'event', id: 5, seq: 9, payload: { n: 9 } });
});

test('an event that does not exist, or is not for this client, is refused by itself', () => {
  const { session, of, closes } = connected({ mayHear: (_event, scope) => scope === 'own' });
  session.receive(hello);
  session.receive({ kind: 'subscribe', id: 5, event: 'shelf.moved', scope: 'foreign', after: null });
  session.receive({ kind: 'subscribe', id: 6, event: 'shelf.burnt', scope: 'own', after: null });
  session.receive({ kind: 'subscribe', id: 7, event: 'shelf.moved', scope: 'own', after: null });
  expect(of('unheard')).toMatchObject([
    { id: 5, error: { code: 'usage.invalid' } },
    { id: 6, error: { code: 'usage.invalid' } },
  ]);
  expect(of('subscribed')).toEqual([{ kind: 'subscribed', id: 7, seq: 0 }]);
  expect(closes()).toBe(0);
});

test('a second greeting begins anew: what was open ends', async () => {
  const { session, hub, of, running } = connected();
  session.receive(hello);
  session.receive({ kind: 'request', id: 7, route: 'shelf.sort', input: {} });
  session.receive({ kind: 'subscribe', id: 8, event: 'shelf.moved', scope: null, after: null });
  await settled();
  session.receive(hello);
  expect(of('welcome')).toHaveLength(2);
  expect(running[0]?.signal.aborted).toBe(true);
  hub.publish('shelf.moved', null, { n: 1 });
  expect(of('event')).toEqual([]);
  session.receive({ kind: 'request', id: 7, route: 'shelf.sort', input: {} });
  await settled();
  running[0]?.end(1);
  running[1]?.end(2);
  await settled();
  expect(of('answer')).toEqual([{ kind: 'answer', id: 7, reply: { ok: true, value: { moved: 2 } } }]);
});

test('a ping is answered', () => {
  const { session, sent } = connected();
  session.receive(hello);
  session.receive({ kind: 'ping' });
  expect(sent.at(-1)).toEqual({ kind: 'pong' });
});

const circular: Record<string, unknown> = {};
circular.self = circular;
const strange = [
  undefined,
  null,
  0,
  '',
  'hello',
  [],
  {},
  { kind: 'shutdown' },
  { kind: 'request', id: 'x' },
  circular,
];

test('messages that are none do no harm: the next request is answered', async () => {
  const { session, of, closes } = connected();
  session.receive(hello);
  for (const message of strange) expect(() => session.receive(message)).not.toThrow();
  session.receive({ kind: 'request', id: 1, route: 'shelf.find', input: circular });
  session.receive({ kind: 'request', id: 2, route: 'shelf.find', input: { bookId: 'B1' } });
  await settled();
  expect(of('answer')).toMatchObject([
    { id: 1, reply: { ok: false, error: { code: 'usage.invalid' } } },
    { id: 2, reply: { ok: true } },
  ]);
  expect(closes()).toBe(0);
});

test('a client that goes on sending what is no message is cut off', () => {
  const { session, of, closes } = connected({ limits: { strayMessages: 20 } });
  session.receive(hello);
  for (let n = 0; n < 20; n += 1) session.receive({ kind: 'shutdown' });
  expect(closes()).toBe(0);
  for (let n = 0; n < 5; n += 1) session.receive({ kind: 'shutdown' });
  expect(closes()).toBe(1);
  expect(of('refused')).toHaveLength(1);
});

test('an id that is in use is not given to a second request or subscription', async () => {
  const { session, of, running } = connected();
  session.receive(hello);
  session.receive({ kind: 'request', id: 1, route: 'shelf.sort', input: {} });
  session.receive({ kind: 'request', id: 1, route: 'shelf.sort', input: {} });
  session.receive({ kind: 'subscribe', id: 2, event: 'shelf.count', scope: null, after: null });
  session.receive({ kind: 'subscribe', id: 2, event: 'shelf.count', scope: null, after: null });
  await settled();
  expect(running).toHaveLength(1);
  expect(of('subscribed')).toHaveLength(1);
});

test('one client has only so many requests at work, cancelled ones that go on included', async () => {
  const { session, of, running } = connected({ limits: { requests: 2 } });
  session.receive(hello);
  for (const id of [1, 2]) session.receive({ kind: 'request', id, route: 'shelf.sort', input: {} });
  session.receive({ kind: 'cancel', id: 1 });
  session.receive({ kind: 'request', id: 3, route: 'shelf.sort', input: {} });
  await settled();
  expect(of('answer')).toMatchObject([{ id: 3, reply: { ok: false, error: { retryable: true } } }]);
  running[0]?.end(0);
  await settled();
  session.receive({ kind: 'request', id: 4, route: 'shelf.find', input: { bookId: 'B1' } });
  await settled();
  expect(of('answer').at(-1)).toMatchObject({ id: 4, reply: { ok: true } });
});

test('one client has only so many subscriptions', () => {
  const { session, of } = connected({ limits: { subscriptions: 2 } });
  session.receive(hello);
  const subscribe = (id: number) =>
    session.receive({ kind: 'subscribe', id, event: 'shelf.count', scope: `${id}`, after: null });
  for (const id of [1, 2, 3]) subscribe(id);
  expect(of('unheard')).toMatchObject([{ id: 3, error: { retryable: true } }]);
  session.receive({ kind: 'unsubscribe', id: 1 });
  subscribe(4);
  expect(of('subscribed').at(-1)).toMatchObject({ id: 4 });
});
