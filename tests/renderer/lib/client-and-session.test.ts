import { expect, test } from 'vitest';
import { createEventHub } from '../../../electron/backend/event-hub.ts';
import { createRouter } from '../../../electron/backend/router.ts';
import { openSession } from '../../../electron/backend/session.ts';
import { createContractClient } from '../../../renderer/lib/client.ts';
import type { Transport } from '../../../renderer/lib/transport.ts';
import { shelfEvents, shelfRoutes } from '../../shared/contract/shelf-contract.ts';
import { createFakeTiming } from './fake-timing.ts';

/** A backend run, and the lines to it; each message is a copy and arrives later, as over a network. */
function backend(serverId: string) {
  const signals: AbortSignal[] = [];
  const onInternalError = (): void => {};
  const hub = createEventHub({ events: shelfEvents, serverId, onInternalError, keptEvents: 100 });
  const router = createRouter(
    shelfRoutes,
    {
      'shelf.find': ({ bookId }) => ({ title: bookId }),
      'shelf.sort': (_input, { signal }) => {
        signals.push(signal);
        return new Promise(() => {});
      },
    },
    onInternalError,
  );
  return { hub, router, signals };
}

function network(first: ReturnType<typeof backend>) {
  let current = first;
  let cutLine = (): void => {};
  const transport: Transport = {
    mayDieSilently: true,
    connect(listener) {
      let up = true;
      const later = (action: () => void): void => {
        queueMicrotask(() => {
          if (up) action();
        });
      };
      const session = openSession({
        client: 'client-1',
        version: '1.0.0',
        router: current.router,
        events: current.hub,
        files: { pathOf: () => '/a' },
        port: {
          send: (message) => later(() => listener.onMessage(structuredClone(message))),
          close: () => cutLine(),
        },
      });
      cutLine = () => {
        up = false;
        session.closed();
        listener.onClose({ error: null, final: false });
      };
      later(() => listener.onOpen());
      return {
        send: (message) => later(() => session.receive(structuredClone(message))),
        close() {
          up = false;
          session.closed();
        },
      };
    },
  };
  return {
    transport,
    cut: () => cutLine(),
    restartAs(next: ReturnType<typeof backend>) {
      current = next;
      cutLine();
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

function page(run: ReturnType<typeof backend>) {
  const timing = createFakeTiming();
  const line = network(run);
  const client = createContractClient({ routes: shelfRoutes, events: shelfEvents }, line.transport, timing);
  const heard: (number | 'gap')[] = [];
  const stop = client.subscribe('shelf.moved', 'a', {
    onEvent: ({ n }) => heard.push(n),
    onGap: () => heard.push('gap'),
  });
  return { timing, client, heard, stop, ...line };
}

test('a line that breaks again and again loses no event and doubles none', async () => {
  const run = backend('run-1');
  const { timing, heard, cut } = page(run);
  await settled();
  for (let n = 1; n <= 300; n += 1) {
    run.hub.publish('shelf.moved', 'a', { n });
    // Now and then in the middle of what is under way, now and then after it.
    if (n % 7 === 0) await settled();
    if (n % 10 === 0) cut();
    if (n % 20 === 5) {
      timing.advance(15_000);
      await settled();
    }
  }
  timing.advance(15_000);
  await settled();
  expect(heard).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
});

test('a line that was away too long learns of a gap and goes on from there', async () => {
  const run = backend('run-1');
  const { timing, heard, cut } = page(run);
  await settled();
  run.hub.publish('shelf.moved', 'a', { n: 1 });
  await settled();
  cut();
  for (let n = 2; n <= 1000; n += 1) run.hub.publish('shelf.moved', 'a', { n });
  timing.advance(15_000);
  await settled();
  run.hub.publish('shelf.moved', 'a', { n: 1001 });
  await settled();
  expect(heard).toEqual([1, 'gap', 1001]);
});

test('a backend that is started anew is found, its gap told, and its events heard', async () => {
  const run = backend('run-1');
  const { timing, client, heard, restartAs } = page(run);
  await settled();
  run.hub.publish('shelf.moved', 'a', { n: 1 });
  await settled();
  const next = backend('run-2');
  restartAs(next);
  await expect(client.request('shelf.find', { bookId: 'B1' })).rejects.toMatchObject({ retryable: true });
  timing.advance(15_000);
  await settled();
  next.hub.publish('shelf.moved', 'a', { n: 2 });
  await settled();
  expect(heard).toEqual([1, 'gap', 2]);
  expect(await client.request('shelf.find', { bookId: 'B1' })).toEqual({ title: 'B1' });
});

test('a page that cancels aborts the handler; so does a page that is cut off', async () => {
  const run = backend('run-1');
  const { client, cut } = page(run);
  await settled();
  const stop = new AbortController();
  const cancelled = client.request('shelf.sort', {}, { signal: stop.signal });
  const lost = client.request('shelf.sort', {});
  await settled();
  stop.abort();
  await expect(cancelled).rejects.toThrow();
  await settled();
  expect(run.signals.map(({ aborted }) => aborted)).toEqual([true, false]);
  cut();
  await expect(lost).rejects.toMatchObject({ code: 'connection.lost' });
  expect(run.signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});

test('a page that stops listening is silent, and the backend sends it nothing more', async () => {
  const run = backend('run-1');
  const { heard, stop } = page(run);
  await settled();
  run.hub.publish('shelf.moved', 'a', { n: 1 });
  await settled();
  run.hub.publish('shelf.moved', 'a', { n: 2 });
  stop();
  await settled();
  run.hub.publish('shelf.moved', 'a', { n: 3 });
  await settled();
  expect(heard).toEqual([1]);
});
