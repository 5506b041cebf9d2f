import { expect, test, vi } from 'vitest';
import { createContractClient } from '../../../renderer/lib/client.ts';
import { shelfEvents, shelfRoutes } from '../../shared/contract/shelf-contract.ts';
import { createFakeTiming } from './fake-timing.ts';
import { createFakeTransport } from './fake-transport.ts';

function connected() {
  const timing = createFakeTiming();
  const transport = createFakeTransport();
  const client = createContractClient({ routes: shelfRoutes, events: shelfEvents }, transport, timing);
  const line = transport.line();
  line.welcome();
  function reconnect(server: string) {
    transport.line().break();
    timing.advance(15_000);
    transport.line().welcome(server);
    return transport.line();
  }
  return { client, line, transport, reconnect };
}

function listener() {
  const heard: unknown[] = [];
  return {
    heard,
    onEvent: ({ n }: { n: number }) => heard.push(n),
    onGap: () => heard.push('gap'),
    onRefused: ({ message }: { message: string }) => heard.push(message),
  };
}

test('a subscription names event and scope, and its listener hears the payloads', () => {
  const { client, line } = connected();
  const own = listener();
  client.subscribe('shelf.moved', 'a', own);
  const [asked] = line.of('subscribe');
  expect(asked).toMatchObject({ event: 'shelf.moved', scope: 'a', after: null });
  line.say({ kind: 'subscribed', id: asked?.id, seq: 4 });
  line.say({ kind: 'event', id: asked?.id, seq: 5, payload: { n: 1 } });
  expect(own.heard).toEqual([1]);
});

test('each event and each gap is acked once it has been dealt with', () => {
  const { client, line } = connected();
  const onEvent = vi.fn(() => expect(line.of('ack')).toEqual([]));
  client.subscribe('shelf.moved', null, { onEvent, onGap: () => {} });
  const id = line.of('subscribe')[0]?.id;
  line.say({ kind: 'event', id, seq: 5, payload: { n: 1 } });
  line.say({ kind: 'gap', id, seq: 90 });
  expect(onEvent).toHaveBeenCalledTimes(1);
  expect(line.of('ack')).toEqual([
    { kind: 'ack', id, seq: 5 },
    { kind: 'ack', id, seq: 90 },
  ]);
});

test('a listener that throws is acked all the same, so that it does not silence the rest', () => {
  const { client, line } = connected();
  client.subscribe('shelf.moved', null, {
    onEvent: () => {
      throw new Error('a fault of the screen');
    },
    onGap: () => {},
  });
  const id = line.of('subscribe')[0]?.id;
  expect(() => line.say({ kind: 'event', id, seq: 5, payload: { n: 1 } })).toThrow('a fault of the screen');
  expect(line.of('ack')).toHaveLength(1);
});

test('unsubscribed means silence, at once and whatever still arrives', () => {
  const { client, line, reconnect } = connected();
  const own = listener();
  const stop = client.subscribe('shelf.moved', null, own);
  const id = line.of('subscribe')[0]?.id;
  stop();
  stop();
  expect(line.of('unsubscribe')).toEqual([{ kind: 'unsubscribe', id }]);
  line.say({ kind: 'event', id, seq: 5, payload: { n: 1 } });
  line.say({ kind: 'gap', id, seq: 6 });
  expect(own.heard).toEqual([]);
  expect(line.of('ack')).toEqual([]);
  expect(reconnect('run-1').of('subscribe')).toEqual([]);
});

test('a listener may stop itself while it hears', () => {
  const { client, line } = connected();
  const heard: number[] = [];
  const stop = client.subscribe('shelf.moved', null, {
    onEvent: ({ n }) => {
      heard.push(n);
      stop();
    },
    onGap: () => {},
  });
  const id = line.of('subscribe')[0]?.id;
  for (const seq of [1, 2]) line.say({ kind: 'event', id, seq, payload: { n: seq } });
  expect(heard).toEqual([1]);
  // The subscription is no more, so there is nothing to ack.
  expect(line.of('ack')).toEqual([]);
});

test('after a reconnection the subscription goes on after the last that was heard, under a new id', () => {
  const { client, line, reconnect } = connected();
  const own = listener();
  client.subscribe('shelf.moved', 'a', own);
  const id = line.of('subscribe')[0]?.id;
  line.say({ kind: 'event', id, seq: 5, payload: { n: 1 } });
  const again = reconnect('run-1').of('subscribe');
  expect(again).toMatchObject([{ event: 'shelf.moved', scope: 'a', after: { server: 'run-1', seq: 5 } }]);
  expect(again[0]?.id).not.toBe(id);
});

test('one that has heard nothing yet goes on where it began', () => {
  const { client, line, reconnect } = connected();
  client.subscribe('shelf.moved', 'a', listener());
  line.say({ kind: 'subscribed', id: line.of('subscribe')[0]?.id, seq: 40 });
  expect(reconnect('run-1').of('subscribe')).toMatchObject([{ after: { server: 'run-1', seq: 40 } }]);
});

test('the place in an earlier run is told to the next one until that has told of the gap', () => {
  const { client, line, reconnect } = connected();
  const own = listener();
  client.subscribe('shelf.moved', 'a', own);
  line.say({ kind: 'event', id: line.of('subscribe')[0]?.id, seq: 5, payload: { n: 1 } });
  const second = reconnect('run-2');
  expect(second.of('subscribe')).toMatchObject([{ after: { server: 'run-1', seq: 5 } }]);
  const third = reconnect('run-2');
  expect(third.of('subscribe')).toMatchObject([{ after: { server: 'run-1', seq: 5 } }]);
  third.say({ kind: 'gap', id: third.of('subscribe')[0]?.id, seq: 2 });
  expect(own.heard).toEqual([1, 'gap']);
  expect(reconnect('run-2').of('subscribe')).toMatchObject([{ after: { server: 'run-2', seq: 2 } }]);
});

test('subscriptions go on before requests that waited are sent, and before the page hears that it is connected', () => {
  const { client, line, transport } = connected();
  client.subscribe('shelf.moved', 'a', listener());
  let asked = false;
  client.state.listen(() => {
    if (client.state.get().kind !== 'open' || asked) return;
    asked = true;
    client.request('shelf.sort', {}).catch(() => {});
  });
  line.break();
  client.retryNow();
  client.request('shelf.find', { bookId: 'B1' }).catch(() => {});
  transport.line().welcome();
  expect(transport.line().sent.map((message) => ('route' in message ? message.route : message.kind))).toEqual(
    ['hello', 'subscribe', 'shelf.find', 'shelf.sort'],
  );
});

test('a payload of another shape counts as lost', () => {
  const { client, line } = connected();
  const own = listener();
  client.subscribe('shelf.moved', null, own);
  const id = line.of('subscribe')[0]?.id;
  line.say({ kind: 'event', id, seq: 5, payload: { n: 'one' } });
  expect(own.heard).toEqual(['gap']);
  expect(line.of('ack')).toHaveLength(1);
});

test('a subscription that is refused says so once and is not asked for again', () => {
  const { client, line, reconnect } = connected();
  const own = listener();
  client.subscribe('shelf.moved', 'foreign', own);
  const error = { code: 'usage.invalid', message: 'Not yours.', hint: 'Reload.', retryable: false };
  line.say({ kind: 'unheard', id: line.of('subscribe')[0]?.id, error });
  expect(own.heard).toEqual(['Not yours.']);
  expect(reconnect('run-1').of('subscribe')).toEqual([]);
});
