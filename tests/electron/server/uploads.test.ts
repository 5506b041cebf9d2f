import { mkdir, readdir, readFile, stat, utimes } from 'node:fs/promises';
import { type ClientRequest, request as httpRequest, type IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { openUploadStore, safeFileName } from '../../../electron/server/upload-store.ts';
import { type Answered, type OpenDoor, openDoor, tempFolder } from './door.ts';

const BYTES = { 'content-type': 'application/octet-stream' };

function send(door: OpenDoor, cookie: string, name: string, body: string | Buffer): Promise<Answered> {
  return door.post(`/upload?name=${encodeURIComponent(name)}`, { headers: { cookie, ...BYTES }, body });
}

/** An upload that is written piece by piece. */
function begin(door: OpenDoor, cookie: string, headers: Record<string, string | number> = {}) {
  const request: ClientRequest = httpRequest(`${door.origin}/upload?name=a.csv`, {
    method: 'POST',
    agent: false,
    headers: { origin: door.origin, cookie, ...BYTES, ...headers },
  });
  request.on('error', () => {});
  const status = new Promise<number | 'cut off'>((resolve) => {
    request.on('response', (response: IncomingMessage) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on('close', () => resolve('cut off'));
  });
  return { request, status };
}

/** Files that are kept, whole or in pieces. */
async function keptIn(door: OpenDoor): Promise<string[]> {
  const entries = await readdir(door.uploadsDir, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

test('a file is stored as it came, for this account only, and named by an id', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  const answer = await send(door, cookie, 'Bücher 2026.csv', 'id,title\n1,Ä');
  expect(answer.status).toBe(201);
  const file = JSON.parse(answer.body);
  expect(file).toEqual({
    id: expect.stringMatching(/^file-[\w-]{32}$/),
    name: 'Bücher 2026.csv',
    sizeBytes: 13,
  });
  const [path = ''] = door.fileIds.forget(clientsOf(door)[0] ?? '');
  expect(await readFile(path, 'utf8')).toBe('id,title\n1,Ä');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(path.startsWith(door.uploadsDir)).toBe(true);
});

test('an id is good for the browser that brought the file, and for no other', async () => {
  const door = await openDoor();
  const { id } = JSON.parse((await send(door, await door.signIn(), 'a.csv', 'x')).body);
  await door.signIn();
  const [first = '', second = ''] = clientsOf(door);
  expect(basename(door.fileIds.filesOf(first).pathOf(id))).toBe('a.csv');
  expect(() => door.fileIds.filesOf(second).pathOf(id)).toThrow('no longer knows the file');
});

test('who is not signed in brings nothing', async () => {
  const door = await openDoor();
  expect(await send(door, '', 'a.csv', 'x')).toMatchObject({ status: 401 });
  expect(await keptIn(door)).toEqual([]);
});

test('a form of another kind than our page sends is refused', async () => {
  const door = await openDoor();
  const headers = { cookie: await door.signIn(), 'content-type': 'text/plain' };
  expect(await door.post('/upload?name=a.csv', { headers, body: 'x' })).toMatchObject({ status: 415 });
});

test('no name leads out of the folder of uploads', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  for (const name of [
    '../../../evil.csv',
    '..\\..\\evil.csv',
    '/etc/evil.csv',
    'C:\\evil.csv',
    '..',
    '.',
    '',
    '.evil.csv',
    'a\0b.csv',
  ]) {
    const answer = await send(door, cookie, name, 'x');
    expect(answer.status, name).toBe(201);
    expect(JSON.parse(answer.body).name, name).toMatch(/^[^./\\\0][^/\\\0]*$/);
  }
  expect(await keptIn(door)).toHaveLength(9);
  expect((await readdir(door.dir)).sort()).toEqual(['outside.json', 'renderer', 'uploads']);
});

test.each([
  ['../a.csv', 'a.csv'],
  ['.hidden', '_hidden'],
  ['', 'upload'],
  ['...', 'upload'],
  ['con.csv', '_con.csv'],
  ['a:b?.csv', 'a_b_.csv'],
  ['gpj.\u202Evsc', 'gpj._vsc'],
  ['books.csv. ', 'books.csv'],
  [`${'ä'.repeat(150)}.csv`, `${'ä'.repeat(98)}.csv`],
])('the name %j is kept as %j', (given, name) => {
  expect(safeFileName(given)).toBe(name);
});

test('a file that says it is too large is refused before it is sent', async () => {
  const door = await openDoor({ limits: { uploads: { maxBytes: 1_000_000 } } });
  const { request, status } = begin(door, await door.signIn(), { 'content-length': 1_000_001 });
  request.flushHeaders();
  expect(await status).toBe(413);
  expect(await keptIn(door)).toEqual([]);
});

test('a file that never ends is cut off at the limit, and leaves nothing behind', async () => {
  const door = await openDoor({ limits: { uploads: { maxBytes: 500_000 } } });
  const { request, status } = begin(door, await door.signIn());
  const startedAt = performance.now();
  let sent = 0;
  while (!request.destroyed && performance.now() - startedAt < 5_000) {
    request.write(Buffer.alloc(64 * 1024));
    sent += 64 * 1024;
    await wait(2);
  }
  // Who goes on sending may be reset before the answer is read; which of the two comes first is TCP's affair.
  expect([413, 'cut off']).toContain(await status);
  expect(request.destroyed).toBe(true);
  expect(sent).toBeGreaterThan(500_000);
  await vi.waitFor(async () => expect(await keptIn(door)).toEqual([]));
  await vi.waitFor(() =>
    expect(door.logged).toContainEqual(
      expect.objectContaining({ event: 'upload-refused', code: 'file.too-large' }),
    ),
  );
});

test('a file that is broken off leaves nothing behind', async () => {
  const door = await openDoor();
  const { request } = begin(door, await door.signIn(), { 'content-length': 100_000 });
  request.write(Buffer.alloc(50_000));
  await vi.waitFor(async () => expect(await keptIn(door)).toHaveLength(1));
  request.destroy();
  await vi.waitFor(async () => expect(await keptIn(door)).toEqual([]));
  // Written down after the file is gone.
  await vi.waitFor(() =>
    expect(door.logged).toContainEqual(
      expect.objectContaining({ event: 'upload-refused', code: 'connection.lost' }),
    ),
  );
});

test('a file that trickles in is broken off', async () => {
  const door = await openDoor({ limits: { uploads: { paceMs: 50, bytesPerPace: 100 } } });
  const { request, status } = begin(door, await door.signIn());
  const trickle = setInterval(() => request.write('x'), 10);
  expect(await status).toBe(408);
  clearInterval(trickle);
  await vi.waitFor(async () => expect(await keptIn(door)).toEqual([]));
});

test('a steady upload may take longer than any request', async () => {
  const limits = { http: { silentMs: 1_000, headersMs: 1_000, checkEveryMs: 50 } };
  const door = await openDoor({ limits });
  const { request, status } = begin(door, await door.signIn());
  for (let n = 0; n < 16; n += 1) {
    request.write('row\n');
    await wait(100);
  }
  request.end();
  expect(await status).toBe(201);
});

test('one person sends so many at once and no more, also when they begin in the same instant', async () => {
  const door = await openDoor({ limits: { uploads: { perClient: 2 } } });
  const cookie = await door.signIn();
  const uploads = Array.from({ length: 5 }, () => begin(door, cookie));
  for (const { request } of uploads) request.write('x');
  await vi.waitFor(() =>
    expect(door.logged.filter(({ event }) => event === 'upload-refused')).toHaveLength(3),
  );
  const other = await send(door, await door.signIn(), 'b.csv', 'x');
  expect(other.status).toBe(201);
  for (const { request } of uploads) if (!request.destroyed) request.end();
  const statuses = await Promise.all(uploads.map(({ status }) => status));
  expect(statuses.filter((status) => status === 201)).toHaveLength(2);
});

test('all together send so many at once and no more', async () => {
  const door = await openDoor({ limits: { uploads: { ofAll: 1 } } });
  const { request, status } = begin(door, await door.signIn());
  request.write('x');
  await vi.waitFor(async () => expect(await keptIn(door)).toHaveLength(1));
  expect(await send(door, await door.signIn(), 'b.csv', 'x')).toMatchObject({ status: 429 });
  request.end();
  expect(await status).toBe(201);
});

test('a full disk, and so many files of one person, are said in plain words', async () => {
  const full = await openDoor({ limits: { uploads: { spareBytes: Number.MAX_SAFE_INTEGER } } });
  const answer = await send(full, await full.signIn(), 'a.csv', 'x');
  expect(answer.status).toBe(507);
  expect(JSON.parse(answer.body).error.message).toBe(
    'There is no room for the file on the disk of the server.',
  );
  const few = await openDoor({ limits: { uploads: { filesPerClient: 1 } } });
  const cookie = await few.signIn();
  expect(await send(few, cookie, 'a.csv', 'x')).toMatchObject({ status: 201 });
  expect(await send(few, cookie, 'b.csv', 'x')).toMatchObject({ status: 429 });
});

test('signing out removes a person’s files, and ends what is being sent', async () => {
  const door = await openDoor();
  const cookie = await door.signIn();
  await send(door, cookie, 'a.csv', 'x');
  await send(door, await door.signIn(), 'other.csv', 'x');
  const { request, status } = begin(door, cookie);
  request.write('x');
  await vi.waitFor(async () => expect(await keptIn(door)).toHaveLength(3));
  await door.post('/sign-out', { headers: { cookie } });
  expect(await status).toBe(429);
  await vi.waitFor(async () => expect(await keptIn(door)).toEqual(['other.csv']));
});

test('closing the door removes all files, and a start removes what a crash left behind a day ago', async () => {
  const door = await openDoor();
  await send(door, await door.signIn(), 'a.csv', 'x');
  await door.close();
  expect(await readdir(door.uploadsDir)).toEqual([]);

  const dir = await tempFolder();
  const now = Date.now();
  const dead = join(dir, '999999999-dead');
  const young = join(dir, '999999998-young');
  const alive = join(dir, `${process.pid}-alive`);
  for (const folder of [dead, young, alive]) await mkdir(folder);
  for (const folder of [dead, alive]) await utimes(folder, now / 1000 - 100_000, now / 1000 - 100_000);
  const store = await openUploadStore(dir, () => now);
  const left = await readdir(dir);
  expect(left).not.toContain('999999999-dead');
  expect(left).toEqual(expect.arrayContaining(['999999998-young', `${process.pid}-alive`]));
  await store.close();
});

/** In the order in which they signed in. */
function clientsOf(door: OpenDoor): string[] {
  return door.logged.flatMap(({ event, client }) =>
    event === 'signed-in' && client !== undefined ? [client] : [],
  );
}
