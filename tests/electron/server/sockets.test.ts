import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { CONTRACT_VERSION } from '../../../shared/contract/define.ts';
import { type OpenDoor, openDoor } from './door.ts';

function open(door: OpenDoor, headers: Record<string, string | undefined>, path = '/socket'): WebSocket {
  const all = { origin: door.origin, ...headers };
  const sent = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const socket = new WebSocket(`ws://127.0.0.1:${door.port}${path}`, { headers: Object.fromEntries(sent) });
  socket.on('error', () => {});
  onTestFinished(() => socket.terminate());
  return socket;
}

/** How a connection ends: the status of a refused handshake, else the close code. */
async function endOf(socket: WebSocket): Promise<{ status: number } | { code: number }> {
  return new Promise((resolve) => {
    socket.on('unexpected-response', (_request, response) => resolve({ status: response.statusCode ?? 0 }));
    socket.on('close', (code) => resolve({ code }));
  });
}

/** A page that said hello, with its messages as they come. */
async function connected(door: OpenDoor, cookie: string) {
  const socket = open(door, { cookie });
  const heard: Record<string, unknown>[] = [];
  socket.on('message', (data) => void heard.push(JSON.parse(String(data))));
  await once(socket, 'open');
  const say = (message: object): void => socket.send(JSON.stringify(message));
  say({ kind: 'hello', contract: CONTRACT_VERSION });
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  const ask = async (id: number, route: string, input: unknown): Promise<unknown> => {
    say({ kind: 'request', id, route, input });
    return vi.waitFor(() => {
      const answer = heard.find((message) => message.kind === 'answer' && message.id === id);
      expect(answer).toBeDefined();
      return answer?.reply;
    });
  };
  return { socket, heard, say, ask };
}

test('a signed-in page is welcomed and answered', async () => {
  const door = await openDoor();
  const page = await connected(door, await door.signIn());
  expect(page.heard[0]).toEqual({
    kind: 'welcome',
    contract: CONTRACT_VERSION,
    server: 'run-1',
    version: '1.0.0',
  });
  expect(await page.ask(1, 'shelf.find', { bookId: 'B1' })).toEqual({ ok: true, value: { title: 'B1' } });
});

test('a WebSocket of another site is refused, however well its user is signed in', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  for (const origin of ['https://evil.example', 'http://127.0.0.1:3000', 'null', undefined])
    expect(await endOf(open(door, { cookie, origin }))).toEqual({ status: 403 });
  const rebound = { cookie, host: `evil.example:${door.port}`, origin: `http://evil.example:${door.port}` };
  expect(await endOf(open(door, rebound))).toEqual({ status: 421 });
});

test('there is a WebSocket at one path only', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  for (const path of ['/', '/socket/', '/socket/..', '/Socket'])
    expect(await endOf(open(door, { cookie }, path))).toEqual({ status: 404 });
});

test('without a session the page is told so by the close code, and nothing it says is heard', async () => {
  const door = await openDoor();
  for (const cookie of [undefined, `accession-${door.port}=guess`])
    expect(await endOf(open(door, { cookie }))).toEqual({ code: 4401 });
});

test('signing out, and the end of a session by itself, end its connections and nobody else’s', async () => {
  const door = await openDoor({ limits: { sweepMs: 20 } });
  const first = await door.signIn();
  const own = await connected(door, first);
  const other = await connected(door, await door.signIn());
  const ended = endOf(own.socket);
  await door.post('/sign-out', { headers: { cookie: first } });
  expect(await ended).toEqual({ code: 4401 });
  expect(await other.ask(1, 'shelf.find', { bookId: 'B1' })).toMatchObject({ ok: true });
  const expired = endOf(other.socket);
  door.clock.ms += 4 * 3_600_000;
  expect(await expired).toEqual({ code: 4401 });
});

test('pings alone keep no session alive, requests do', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const page = await connected(door, cookie);
  const HOUR = 3_600_000;
  door.clock.ms += 3 * HOUR;
  await page.ask(1, 'shelf.find', { bookId: 'B1' });
  door.clock.ms += 3 * HOUR;
  expect(await door.get('/', { cookie })).toMatchObject({ status: 200 });
  page.say({ kind: 'ping' });
  await vi.waitFor(() => expect(page.heard.at(-1)).toEqual({ kind: 'pong' }));
  door.clock.ms += HOUR;
  expect(await door.get('/', { cookie })).toMatchObject({ status: 303 });
});

test('a message that is too large ends the connection before it is taken in', async () => {
  const door = await openDoor({ limits: { sockets: { maxMessageBytes: 10_000 } } });
  const page = await connected(door, await door.signIn());
  const ended = endOf(page.socket);
  page.socket.send(`"${'x'.repeat(20_000)}"`);
  expect(await ended).toEqual({ code: 1009 });
});

test('bytes instead of text end the connection, and so does going on with what is no message', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const binary = await connected(door, cookie);
  const ended = endOf(binary.socket);
  binary.socket.send(Buffer.from('{"kind":"ping"}'));
  expect(await ended).toEqual({ code: 1003 });
  const strange = await connected(door, cookie);
  const refused = endOf(strange.socket);
  for (let n = 0; n < 30; n += 1) strange.socket.send('{{{');
  await refused;
  expect(strange.heard.at(-1)).toMatchObject({ kind: 'refused' });
});

test('one browser has so many connections and no more; another is not affected', async () => {
  const door = await openDoor({ limits: { sockets: { perClient: 2 } } });
  const cookie = await door.signIn();
  await connected(door, cookie);
  const second = await connected(door, cookie);
  expect(await endOf(open(door, { cookie }))).toEqual({ code: 1013 });
  await connected(door, await door.signIn());
  second.socket.close();
  await once(second.socket, 'close');
  await vi.waitFor(() => connected(door, cookie));
});

test('a page that does not read is cut off instead of filling the memory', async () => {
  const door = await openDoor({ limits: { sockets: { maxWaitingBytes: 200_000 } } });
  const page = await connected(door, await door.signIn());
  page.socket.pause();
  // Each answer quotes the route; what the kernel holds for a paused reader comes first.
  const route = 'x'.repeat(90);
  const ended = endOf(page.socket);
  for (let id = 1; id < 200_000 && page.socket.readyState === page.socket.OPEN; id += 1) {
    page.say({ kind: 'request', id, route, input: {} });
    if (id % 500 === 0) await wait(1);
    if (door.logged.some(({ event }) => event === 'socket-slow')) break;
  }
  expect(door.logged).toContainEqual(expect.objectContaining({ event: 'socket-slow' }));
  page.socket.resume();
  expect(await ended).toEqual({ code: 1006 });
});

test('a page that answers no ping is gone', async () => {
  const door = await openDoor({ limits: { sockets: { pingMs: 30 } } });
  const cookie = await door.signIn();
  // By hand: a WebSocket library answers pings by itself.
  const socket = connect(door.port, '127.0.0.1');
  socket.write(
    `GET /socket HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nOrigin: ${door.origin}\r\nCookie: ${cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  );
  socket.resume();
  await once(socket, 'close');
});

test('a connection that is silent for longer than a request may be stays open', async () => {
  const door = await openDoor({ limits: { http: { silentMs: 50 }, sockets: { pingMs: 10_000 } } });
  const page = await connected(door, await door.signIn());
  await wait(200);
  expect(await page.ask(1, 'shelf.find', { bookId: 'B1' })).toMatchObject({ ok: true });
});

test('closing the door tells every page that it goes', async () => {
  const door = await openDoor();
  const page = await connected(door, await door.signIn());
  const ended = endOf(page.socket);
  await door.close();
  expect(await ended).toEqual({ code: 1001 });
});

test('a page hears what is published while it is connected', async () => {
  const door = await openDoor();
  const page = await connected(door, await door.signIn());
  page.say({ kind: 'subscribe', id: 1, event: 'shelf.moved', scope: null, after: null });
  await vi.waitFor(() => expect(page.heard.at(-1)).toMatchObject({ kind: 'subscribed' }));
  door.events.publish('shelf.moved', null, { n: 7 });
  await vi.waitFor(() => expect(page.heard.at(-1)).toMatchObject({ kind: 'event', payload: { n: 7 } }));
});
