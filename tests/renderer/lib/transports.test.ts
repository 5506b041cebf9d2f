import { expect, test } from 'vitest';
import type { Bridge } from '../../../renderer/lib/bridge.ts';
import type { Connection, TransportListener } from '../../../renderer/lib/transport.ts';
import { ipcTransport } from '../../../renderer/lib/transport-ipc.ts';
import { socketUrl, webSocketTransport } from '../../../renderer/lib/transport-websocket.ts';

function recorder(): TransportListener & { calls: unknown[][] } {
  const calls: unknown[][] = [];
  return {
    calls,
    onOpen: () => calls.push(['open']),
    onMessage: (message) => calls.push(['message', message]),
    onClose: (reason) => calls.push(['close', reason]),
  };
}

function fakeBridge() {
  const posted: unknown[] = [];
  const listeners = new Set<{ onMessage: (message: unknown) => void; onClosed: (error: unknown) => void }>();
  const bridge: Bridge = {
    post: (message) => posted.push(message),
    listen(onMessage, onClosed) {
      const listener = { onMessage, onClosed };
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    files: {
      take: async () => null,
      choose: async () => null,
      onOpened: () => () => {},
    },
    tellUnsaved: () => {},
  };
  return { bridge, posted, listeners, all: () => [...listeners] };
}

const stopped = { code: 'internal', message: 'It stopped.', hint: 'Wait.', retryable: true };

test('over the bridge a connection is open at once, but not before connect has returned', async () => {
  const { bridge, posted, all } = fakeBridge();
  const heard = recorder();
  const connection = ipcTransport(bridge).connect(heard);
  expect(heard.calls).toEqual([]);
  await Promise.resolve();
  connection.send({ kind: 'ping' });
  all()[0]?.onMessage({ kind: 'pong' });
  expect(posted).toEqual([{ kind: 'ping' }]);
  expect(heard.calls).toEqual([['open'], ['message', { kind: 'pong' }]]);
});

test.each([
  ['told', stopped, stopped],
  ['unknown', null, null],
  ['no report', { message: 7 }, null],
])(
  'over the bridge the end of the backend closes the connection, its reason being %s',
  async (_what, told, error) => {
    const { bridge, posted, listeners, all } = fakeBridge();
    const heard = recorder();
    const connection = ipcTransport(bridge).connect(heard);
    await Promise.resolve();
    all()[0]?.onClosed(told);
    expect(heard.calls.at(-1)).toEqual(['close', { error, final: false }]);
    expect(listeners.size).toBe(0);
    connection.send({ kind: 'ping' });
    expect(posted).toEqual([]);
  },
);

test('over the bridge a connection that was closed is silent, even before it opened', async () => {
  const { bridge, listeners } = fakeBridge();
  const heard = recorder();
  ipcTransport(bridge).connect(heard).close();
  await Promise.resolve();
  expect(heard.calls).toEqual([]);
  expect(listeners.size).toBe(0);
});

class SocketStandIn extends EventTarget {
  readonly OPEN = 1;
  readyState = 0;
  readonly sent: string[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }

  say(data: unknown): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  end(code: number): void {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

function overSocket() {
  const socket = new SocketStandIn();
  const heard = recorder();
  const addresses: string[] = [];
  const connection: Connection = webSocketTransport('ws://here/socket', (url) => {
    addresses.push(url);
    return socket as unknown as WebSocket;
  }).connect(heard);
  return { socket, heard, connection, addresses };
}

test('over a socket messages are JSON, both ways', () => {
  const { socket, heard, connection, addresses } = overSocket();
  connection.send({ kind: 'ping' });
  expect(socket.sent).toEqual([]);
  socket.readyState = 1;
  socket.dispatchEvent(new Event('open'));
  connection.send({ kind: 'hello', contract: 1 });
  socket.say('{"kind":"pong"}');
  expect(socket.sent).toEqual(['{"kind":"hello","contract":1}']);
  expect(heard.calls).toEqual([['open'], ['message', { kind: 'pong' }]]);
  expect(addresses).toEqual(['ws://here/socket']);
});

test.each([['{"kind":'], [new ArrayBuffer(4)]])(
  'over a socket %s is a message of no use, not a fault',
  (data) => {
    const { socket, heard } = overSocket();
    expect(() => socket.say(data)).not.toThrow();
    expect(heard.calls).toEqual([['message', undefined]]);
  },
);

test('a socket that breaks may be tried again', () => {
  const { socket, heard } = overSocket();
  socket.dispatchEvent(new Event('error'));
  socket.end(1006);
  expect(heard.calls).toEqual([['close', { error: null, final: false }]]);
});

test('a socket that is closed for want of a sign-in says so and is not tried again', () => {
  const { socket, heard } = overSocket();
  socket.end(4401);
  expect(heard.calls).toMatchObject([
    [
      'close',
      { final: true, error: { code: 'connection.refused', message: expect.stringContaining('signed in') } },
    ],
  ]);
});

test('a socket that the page closes is silent', () => {
  const { socket, heard, connection } = overSocket();
  connection.close();
  socket.say('{"kind":"pong"}');
  socket.end(1000);
  expect(socket.closed).toBe(true);
  expect(heard.calls).toEqual([]);
});

test('the socket is on the page’s own host, and encrypted where the page is', () => {
  expect(socketUrl('http://127.0.0.1:8080/profiles?x=1#y')).toBe('ws://127.0.0.1:8080/socket');
  expect(socketUrl('https://library.school/')).toBe('wss://library.school/socket');
});
