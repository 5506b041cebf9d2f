import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
const program = join(root, 'electron', 'backend', 'backend.ts');

/** Electron's parent port, on Node's own channel to a child. */
const parentPort = `data:text/javascript,${encodeURIComponent(`process.parentPort = {
  on: (_event, listener) => process.on('message', (data) => listener({ data })),
  postMessage: (message) => process.send(message),
};`)}`;

let child: ChildProcess | null = null;
let home = '';

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'accession-backend-'));
});

afterEach(() => {
  child?.kill('SIGKILL');
  child = null;
  rmSync(home, { recursive: true, force: true });
});

function started() {
  const backend = fork(program, [], {
    execArgv: ['--import', parentPort],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, ACCESSION_HOME: home },
  });
  child = backend;
  const say = (message: unknown) => backend.send({ kind: 'page-message', page: 'p1', message });
  const next = async () => (await once(backend, 'message'))[0];
  return { backend, say, next };
}

test('the backend process welcomes a page and says who it is', async () => {
  const { say, next } = started();
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  say({ kind: 'hello', contract: 1 });
  expect(await next()).toMatchObject({
    kind: 'page-message',
    page: 'p1',
    message: { kind: 'welcome', version },
  });
  say({ kind: 'request', id: 1, route: 'app.about', input: {} });
  const value = { name: 'Accession', version, nodeVersion: process.versions.node };
  expect(await next()).toEqual({
    kind: 'page-message',
    page: 'p1',
    message: { kind: 'answer', id: 1, reply: { ok: true, value } },
  });
});

test('each run of the backend has a name of its own', async () => {
  const names = [];
  for (const _run of [1, 2]) {
    const { backend, say, next } = started();
    say({ kind: 'hello', contract: 1 });
    names.push((await next()).message.server);
    backend.kill('SIGKILL');
  }
  expect(names[0]).not.toBe(names[1]);
});

test('what is no message of main’s or of a page’s does not end it', async () => {
  const { backend, say, next } = started();
  for (const message of [
    'hello',
    null,
    7,
    [],
    {},
    { kind: 'page-message' },
    { kind: 'page-gone', page: 'p9' },
  ])
    backend.send(message as object);
  for (const message of ['hello', null, { kind: 'request' }]) say(message);
  say({ kind: 'hello', contract: 1 });
  expect(await next()).toMatchObject({ message: { kind: 'welcome' } });
});

test('without a parent it says what it is and ends as wrongly used', async () => {
  const alone = fork(program, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  child = alone;
  const said: string[] = [];
  alone.stderr?.on('data', (bytes) => said.push(String(bytes)));
  const [code] = await once(alone, 'close');
  expect(code).toBe(2);
  expect(said.join('')).toContain('started by it');
});

test('a saved profile is listed and tested, its change is told, and its secret goes to the keychain only', async () => {
  const { backend, say } = started();
  const heard: { kind: string; [key: string]: unknown }[] = [];
  const crossed: string[] = [];
  backend.on('message', (message: { kind: string; id?: number; ask?: { to: string }; message?: never }) => {
    if (message.kind === 'keychain-question')
      backend.send({
        kind: 'keychain-answer',
        id: message.id,
        value: message.ask?.to === 'tell' ? 'yes' : 'c2VhbGVk',
      });
    else {
      crossed.push(JSON.stringify(message));
      if (message.message !== undefined) heard.push(message.message);
    }
  });
  const answerTo = (id: number) =>
    vi.waitFor(
      () => {
        const answer = heard.find((message) => message.kind === 'answer' && message.id === id);
        if (answer === undefined) throw new Error('not answered yet');
        return answer.reply;
      },
      { timeout: 15_000 },
    );
  say({ kind: 'hello', contract: 1 });
  say({ kind: 'subscribe', id: 1, event: 'profiles.changed', scope: null, after: null });
  say({
    kind: 'request',
    id: 2,
    route: 'profiles.create',
    input: { draft: { name: 'Lab', kind: 'sandbox' } },
  });
  const created = (await answerTo(2)) as { value: { view: { profile: { id: string } } } };
  const { id } = created.value.view.profile;
  say({
    kind: 'request',
    id: 3,
    route: 'profiles.setSecret',
    input: { id, part: 'openai-api-key', value: 'canary-7' },
  });
  expect(await answerTo(3)).toMatchObject({ ok: true, value: { secrets: { 'openai-api-key': true } } });
  say({ kind: 'request', id: 4, route: 'profiles.list', input: {} });
  expect(await answerTo(4)).toMatchObject({
    ok: true,
    value: { profiles: [{ profile: { name: 'Lab' } }], protection: { kind: 'keychain' } },
  });
  say({
    kind: 'request',
    id: 5,
    route: 'profiles.test',
    input: { profileId: id, parts: ['kafka'] },
  });
  expect(await answerTo(5)).toMatchObject({
    ok: true,
    value: { results: [{ part: 'kafka', state: 'not-configured' }] },
  });
  expect(heard.some((message) => message.kind === 'event' && message.id === 1)).toBe(true);
  expect(crossed.join('')).not.toContain('canary-7');
});
