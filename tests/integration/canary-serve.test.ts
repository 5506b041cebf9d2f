import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EVENTS } from '../../shared/contract/events.ts';
import { SECRET_PARTS } from '../../shared/settings/profile.ts';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { makeAuthority } from '../services/certificates.ts';
import { askEverything, endsOf, notCovered, notHeard } from './canary/ask-everything.ts';
import {
  asking,
  expectForOwnerOnly,
  expectOnlyLoaded,
  filesWithStudents,
  workOn,
} from './canary/draft-on-disk.ts';
import { type EchoingServer, startEchoingOpenAi, startEchoingPostgres } from './canary/echoing-servers.ts';
import { expectDraftUnknown } from './canary/foreign-client.ts';
import {
  databaseUrl,
  markedSchool,
  secretsOf,
  studentsOf,
  writeMarkedFiles,
} from './canary/marked-school.ts';
import { expectNone, expectNoneInFiles, type Mark, markIn, markOf } from './canary/marks.ts';
import { newAddress, openServed } from './canary/served-door.ts';
import { shownCells } from './canary/shown-cells.ts';
import { type Serving, serveBuilt } from './serving.ts';

const dir = mkdtempSync(join(tmpdir(), 'accession-canary-serve-'));
const school = markedSchool();
const everything = [...secretsOf(school), ...studentsOf(school)];
let appDir: string;
let postgres: EchoingServer;
let openai: EchoingServer;

/** Where the secrets of a door without a keychain are kept, for this account alone. */
const KEPT = [join('secrets', 'secrets.json')];

function homeOf(name: string): string {
  const home = join(dir, name);
  mkdirSync(home, { recursive: true });
  return home;
}

/** A server of the environment, whose database refuses it; two of its secrets are mounted files. */
function environmentOf(home: string): Record<string, string> {
  const { DB_URL, OPENAI_API_KEY, KAFKA_SASL_PASSWORD } = school.variables;
  const mounted = (name: string, text: string): string => {
    writeFileSync(join(dir, name), text, { mode: 0o600 });
    return join(dir, name);
  };
  return {
    ACCESSION_HOME: home,
    LOG_LEVEL: 'debug',
    DB_URL: databaseUrl(DB_URL, postgres.port),
    OPENAI_API_KEY_FILE: mounted('openai-key', OPENAI_API_KEY.text),
    OPENAI_BASE_URL: `http://127.0.0.1:${openai.port}/v1`,
    KAFKA_BROKERS: '127.0.0.1:1',
    KAFKA_SECURITY: 'sasl_plaintext',
    KAFKA_SASL_USERNAME: 'lib',
    KAFKA_SASL_PASSWORD_FILE: mounted('kafka-password', KAFKA_SASL_PASSWORD.text),
  };
}

/** The one-time token of the address, and the session's cookie. */
function signInMarks(serving: Serving, cookie: string): { token: Mark; session: Mark } {
  const token = new URL(serving.url).searchParams.get('token') ?? '';
  return {
    token: markIn('the one-time token', token),
    session: markIn('the session cookie', cookie.slice(cookie.indexOf('=') + 1)),
  };
}

beforeAll(async () => {
  appDir = builtApp();
  postgres = await startEchoingPostgres('28P01');
  openai = await startEchoingOpenAi();
});
afterAll(async () => {
  await postgres?.stop();
  await openai?.stop();
  rmSync(dir, { recursive: true, force: true });
});

it('nothing of a secret or a student stands in an answer, an event, a log, a metric or a file', async () => {
  const home = homeOf('everything');
  const serving = await serveBuilt(appDir, ['--port', '0'], environmentOf(home));
  const door = await openServed(serving);
  const files = writeMarkedFiles(dir, school, postgres.port);
  const { asked, routes } = await askEverything(door, school, files, {
    postgres: postgres.port,
    openai: openai.port,
  });
  const own = await door.ask('loads.start', { profileId: null, files: [await door.idOf(files.students)] });
  await door.ended(own.value.loadId);
  const { misplaced } = school;
  const { cookie } = door;
  for (const path of [
    '/healthz',
    '/readyz',
    '/metrics',
    '/',
    '/sign-in',
    '/sign-in.css',
    `/${misplaced.text}`,
  ])
    for (const headers of [{}, { cookie }]) await door.get(path, { headers });
  await door.get(`/?token=${misplaced.text}`);
  await door.get('/upload?name=x.csv', {
    method: 'POST',
    headers: { cookie, origin: 'http://other' },
    body: misplaced.text,
  });
  await door.get('/upload?name=x.exe', {
    method: 'POST',
    headers: { cookie, origin: serving.origin },
    body: 'x',
  });

  expect(notCovered(asked)).toEqual([]);
  expect(notHeard(door.heard, door.subscriptions)).toEqual([]);
  expect(endsOf(door.heard)).toEqual(new Set(['rehearsed', 'partial', 'failed']));
  const { token, session } = signInMarks(serving, cookie);
  const all = [...everything, token, session];
  const shown = shownCells(school);
  for (const message of door.heard) shown.expectOnlyShownIn(message, routes, [token, session]);
  expect(shown.unused()).toEqual([]);
  for (const answer of door.answers) expectNone('an answer over HTTP', answer, all);

  expect(await serving.end()).toBe(0);
  const lines = serving.stderr().trim().split('\n');
  expect(lines.length).toBeGreaterThan(100);
  for (const line of lines) expectNone('a line of the log', line, all);
  expectNone('standard output', serving.stdout(), [...everything, session]);
  expect(postgres.heard()).toContain(school.secrets['postgres-password'].text);
  expect(postgres.heard()).toContain(school.variables.DB_URL.text);
  // A profile that a page made gets what was entered for it, and never what the server has for itself.
  expect(openai.heard()).toContain(school.secrets['openai-api-key'].text);
  expect(openai.heard()).not.toContain(school.variables.OPENAI_API_KEY.text);
  expect(expectNoneInFiles(home, [...secretsOf(school), token, session], KEPT)).toBeGreaterThan(5);
  expectOnlyLoaded(home, school, door.heard);
}, 240_000);

it('a draft is its own client’s alone, and gone with everything of it when it is discarded', async () => {
  const home = homeOf('draft');
  const serving = await serveBuilt(appDir, ['--port', '0'], { ACCESSION_HOME: home, LOG_LEVEL: 'debug' });
  const door = await openServed(serving);
  const files = writeMarkedFiles(dir, school, postgres.port);
  const draftId = await workOn(door, files, school);
  const other = await openServed(serving, await newAddress(serving));
  for (const { name } of EVENTS) await other.follow(name, null);
  await expectDraftUnknown(other, draftId, 1, files.books);
  const ask = asking(door);
  await ask('drafts.undo', { draftId });
  expect(await ask('drafts.rows', { draftId, fileNo: 1, from: 1, count: 1 })).toMatchObject({
    rows: [{ row: 1 }],
  });
  for (const message of other.heard) expectNone('what crosses to another client', message, everything);
  expect(other.heard.filter(({ kind }) => kind === 'event')).toEqual([]);

  expectForOwnerOnly(home, draftId, school);
  await ask('drafts.discard', { draftId });
  // What was uploaded goes with its client, and what was taught when it is forgotten.
  const left = filesWithStudents(home, school).filter(
    (name) => !name.startsWith(join('workspace', 'uploads')),
  );
  expect(left).toEqual(['rules.json']);
  const { rules } = await ask('rules.list', {});
  await ask('rules.remove', { ruleIds: rules.map(({ ruleId }: { ruleId: string }) => ruleId) });
  expect(await serving.end()).toBe(0);
  expectNone('the log', serving.stderr() + serving.stdout(), everything);
  expect(expectNoneInFiles(home, everything, KEPT)).toBeGreaterThan(3);
}, 90_000);

it('nothing of either is left where the server crashes over it, or is killed with them in hand', async () => {
  const home = homeOf('crash');
  const { student, teacher } = school.students;
  const secret = school.secrets['openai-api-key'];
  const text = `${student.text} ${teacher.text} ${secret.text}\n    at ${secret.core} (/x/${secret.core}.js:1:1)`;
  const fault = `process.on('SIGUSR2', () => { throw Object.assign(new Error(${JSON.stringify(text)}), { held: ${JSON.stringify(text)} }); });`;
  const environment = {
    ...environmentOf(home),
    NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(fault)}`,
  };
  const files = writeMarkedFiles(dir, school, postgres.port);
  for (const signal of ['SIGUSR2', 'SIGKILL'] as const) {
    const serving = await serveBuilt(appDir, ['--port', '0'], environment);
    const door = await openServed(serving);
    const draft = { name: `Lab ${signal}`, kind: 'test', postgres: { host: 'h', database: 'd', user: 'u' } };
    const { id } = (await door.ask('profiles.create', { draft })).value.view.profile;
    for (const part of SECRET_PARTS)
      await door.ask('profiles.setSecret', { id, part, value: school.secrets[part].text });
    await door.idOf(files.env);
    expect(await serving.end(signal)).toBe(signal === 'SIGUSR2' ? 1 : null);
    if (signal === 'SIGUSR2') expect(serving.stderr()).toContain('Something went wrong inside Accession');
    const { token, session } = signInMarks(serving, door.cookie);
    expectNone('standard error', serving.stderr(), [...everything, token, session]);
  }
  // What was uploaded stays where only this account may look, until a server starts a day later.
  const uploads = join(home, 'workspace', 'uploads');
  expect(readdirSync(uploads)).toHaveLength(2);
  for (const name of readdirSync(uploads)) {
    expect(statSync(join(uploads, name)).mode & 0o077).toBe(0);
    utimesSync(join(uploads, name), new Date(0), new Date(0));
  }
  const next = await serveBuilt(appDir, ['--port', '0'], environment);
  expectNoneInFiles(home, everything, KEPT);
  expect(await next.end()).toBe(0);
}, 60_000);

it('the password of the server is in no answer, log or file, nor is the cookie that it buys', async () => {
  const home = homeOf('password');
  const right = markOf('the password of the server', (core) => `${core} battery/horse staple`);
  const wrong = markOf('a wrong password', (core) => `${core} wrong`);
  const environment = { ...environmentOf(home), PATH: process.env.PATH ?? '' };
  const set = spawn(process.execPath, [join(appDir, 'out', 'main', 'cli.js'), 'serve', '--set-password'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: environment,
  });
  const said: string[] = [];
  for (const stream of [set.stdout, set.stderr]) stream.on('data', (bytes) => said.push(String(bytes)));
  set.stdin.end(`${right.text}\n`);
  expect((await once(set, 'close'))[0]).toBe(0);

  const issued = makeAuthority('Canary').issue('localhost', 'DNS:localhost');
  const [cert, key] = [join(dir, 'cert.pem'), join(dir, 'key.pem')];
  writeFileSync(cert, issued.certificate);
  writeFileSync(key, issued.key);
  const argv = ['--host', '0.0.0.0', '--port', '0', '--tls-cert', cert, '--tls-key', key, '--json'];
  const serving = await serveBuilt(appDir, argv, environment);
  const { port } = new URL(serving.url);
  const post = async (password: string): Promise<{ status: number; cookie: string; text: string }> => {
    const sent = request(`https://localhost:${port}/sign-in`, {
      method: 'POST',
      rejectUnauthorized: false,
      headers: { origin: `https://localhost:${port}`, 'content-type': 'application/x-www-form-urlencoded' },
    });
    sent.end(new URLSearchParams({ password }).toString());
    const [response] = await once(sent, 'response');
    let text = JSON.stringify(response.headers);
    for await (const bytes of response) text += bytes;
    return { status: response.statusCode, cookie: String(response.headers['set-cookie'] ?? ''), text };
  };
  const refused = await post(wrong.text);
  expect(refused.status).toBe(403);
  const letIn = await post(right.text);
  expect(letIn.status).toBe(303);
  expect(await serving.end()).toBe(0);
  const marks = [right, wrong, markIn('the key of the certificate', issued.key), ...everything];
  const session = markIn(
    'the session cookie',
    letIn.cookie.slice(letIn.cookie.indexOf('=') + 1).split(';')[0] ?? '',
  );
  expectNone('the answers', said.join('') + refused.text + letIn.text, marks);
  expectNone('standard output and error', serving.stdout() + serving.stderr(), [...marks, session]);
  expect(expectNoneInFiles(home, [...marks, session])).toBeGreaterThan(0);
}, 60_000);
