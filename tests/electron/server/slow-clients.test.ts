import { mkdir, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { readForm } from '../../../electron/server/read-form.ts';
import { type OpenDoor, openDoor, tempFolder } from './door.ts';

/** A connection by hand, with what was heard, and its end. */
function dial(port: number): { socket: Socket; heard: () => string; ended: Promise<void> } {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  socket.on('error', () => {});
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  return { socket, heard: () => text, ended };
}

/** Goes on sending until it is cut off, and resolves to what was heard. */
async function pour(door: OpenDoor, head: string, piece: string): Promise<string> {
  const line = dial(door.port);
  line.socket.write(head);
  const timer = setInterval(() => line.socket.write(piece), 5);
  await line.ended;
  clearInterval(timer);
  return line.heard();
}

const HTTP = { headersMs: 150, silentMs: 300, checkEveryMs: 30, connections: 50 };

test('headers that trickle in (slow loris) are cut off', async () => {
  const door = await openDoor({ limits: { http: HTTP } });
  const head = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nX: `;
  expect(await pour(door, head, 'x')).toBe('');
});

test('headers without end are cut off', async () => {
  const door = await openDoor();
  const heard = await pour(door, 'GET / HTTP/1.1\r\n', `X: ${'x'.repeat(4_000)}\r\n`);
  expect(heard).toMatch(/^HTTP\/1.1 400 /);
});

test('a connection that says nothing at all is ended without a word, which a browser would take for an answer', async () => {
  // The limit on silence must not come first: it says nothing anyway.
  const door = await openDoor({ limits: { http: { ...HTTP, silentMs: 10_000 } } });
  const line = dial(door.port);
  await line.ended;
  expect(line.heard()).toBe('');
});

test.each(['GET /', 'GET /healthz', 'POST /sign-in', 'POST /nowhere', 'PUT /'])(
  'a body without end that nobody asked for is answered and cut off (%s)',
  async (line) => {
    const door = await openDoor();
    const head = `${line} HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nOrigin: ${door.origin}\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const heard = await pour(door, head, `1000\r\n${'x'.repeat(4096)}\r\n`);
    expect(heard).toMatch(/^HTTP\/1.1 (200|303|400|404|405) /);
  },
);

test('an upload that is refused is answered and then cut off, however much more would come', async () => {
  const door = await openDoor({ limits: { uploads: { maxBytes: 100_000 } } });
  const cookie = await door.signIn();
  const head = `POST /upload?name=a.csv HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nOrigin: ${door.origin}\r\nCookie: ${cookie}\r\nContent-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const heard = await pour(door, head, `1000\r\n${'x'.repeat(4096)}\r\n`);
  expect(heard).toMatch(/^HTTP\/1.1 413 /);
});

test('more connections than are borne are not taken in', async () => {
  const door = await openDoor({ limits: { http: { connections: 3 } } });
  const lines = Array.from({ length: 3 }, () => dial(door.port));
  await Promise.all(lines.map(({ socket }) => new Promise((resolve) => socket.once('connect', resolve))));
  await dial(door.port).ended;
});

test('what is no HTTP is answered so', async () => {
  const door = await openDoor();
  const line = dial(door.port);
  line.socket.write('SSH-2.0-OpenSSH_9.9\r\n\r\n');
  await line.ended;
  expect(line.heard()).toMatch(/^HTTP\/1.1 400 /);
});

test('closing the door waits for nobody longer than a moment', async () => {
  const door = await openDoor({ limits: { closeMs: 100 } });
  dial(door.port).socket.write(`POST /upload HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\n`);
  await wait(30);
  await door.close();
});

test('a form that trickles in is given up', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = Object.assign(new PassThrough(), { headers });
  const trickle = setInterval(() => request.write('x'), 5);
  expect(await readForm(request as unknown as IncomingMessage, 40)).toBeNull();
  clearInterval(trickle);
});

test('a form without end is given up at its size', async () => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const request = Object.assign(new PassThrough(), { headers });
  request.write(`password=${'x'.repeat(9_000)}`);
  expect(await readForm(request as unknown as IncomingMessage, 20_000)).toBeNull();
}, 2_000);

test('who asks and then does not read is cut off', async () => {
  const rendererDir = await tempFolder();
  const sizeBytes = 16 * 1024 * 1024;
  await mkdir(join(rendererDir, 'assets'));
  await writeFile(join(rendererDir, 'index.html'), '');
  await writeFile(join(rendererDir, 'assets', 'large.js'), Buffer.alloc(sizeBytes, '//'));
  const door = await openDoor({ rendererDir, limits: { http: HTTP } });
  const cookie = await door.signIn();
  const line = dial(door.port);
  line.socket.pause();
  line.socket.write(
    `GET /assets/large.js HTTP/1.1\r\nHost: 127.0.0.1:${door.port}\r\nCookie: ${cookie}\r\n\r\n`,
  );
  await wait(1_500);
  line.socket.resume();
  await line.ended;
  expect(line.heard()).toMatch(/^HTTP\/1.1 200 /);
  expect(line.heard().length).toBeLessThan(sizeBytes);
});
