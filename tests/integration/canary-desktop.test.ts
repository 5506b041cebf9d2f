import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { crashLog } from '../../electron/main/crash-log.ts';
import { ROUTES } from '../../shared/contract/routes.ts';
import { SECRET_PARTS } from '../../shared/settings/profile.ts';
import { askEverything, endsOf, notCovered, notHeard } from './canary/ask-everything.ts';
import { type DesktopDoor, openDesktop } from './canary/desktop-door.ts';
import {
  asking,
  expectForOwnerOnly,
  expectOnlyLoaded,
  filesWithStudents,
  workOn,
} from './canary/draft-on-disk.ts';
import { type EchoingServer, startEchoingOpenAi, startEchoingPostgres } from './canary/echoing-servers.ts';
import {
  databaseUrl,
  type MarkedSchool,
  markedSchool,
  secretsOf,
  studentsOf,
  writeMarkedFiles,
} from './canary/marked-school.ts';
import { expectNone, expectNoneInFiles, marksIn } from './canary/marks.ts';
import { shownCells } from './canary/shown-cells.ts';

const dir = mkdtempSync(join(tmpdir(), 'accession-canary-'));
const school: MarkedSchool = markedSchool();
const everything = [...secretsOf(school), ...studentsOf(school)];
let postgres: EchoingServer;
let openai: EchoingServer;
const opened: DesktopDoor[] = [];

/** A backend with a folder of its own, as it is started where variables hold secrets of another tool. */
async function desktop(
  name: string,
  onEncrypt?: Parameters<typeof openDesktop>[1],
): Promise<DesktopDoor & { home: string }> {
  const home = join(dir, name);
  mkdirSync(home, { recursive: true });
  const { DB_URL, OPENAI_API_KEY, KAFKA_SASL_PASSWORD } = school.variables;
  const environment = {
    ACCESSION_HOME: home,
    LOG_LEVEL: 'debug',
    DB_URL: databaseUrl(DB_URL, postgres.port),
    OPENAI_API_KEY: OPENAI_API_KEY.text,
    KAFKA_SASL_PASSWORD: KAFKA_SASL_PASSWORD.text,
  };
  const door = await openDesktop(environment, onEncrypt);
  opened.push(door);
  return { ...door, home };
}

beforeAll(async () => {
  postgres = await startEchoingPostgres('28P01');
  openai = await startEchoingOpenAi();
});
afterEach(() => {
  for (const { child } of opened.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await postgres?.stop();
  await openai?.stop();
  rmSync(dir, { recursive: true, force: true });
});

it('nothing of a secret or a student crosses to the page, to main, to a log or to a file', async () => {
  const door = await desktop('everything');
  const files = writeMarkedFiles(dir, school, postgres.port);
  const { asked, routes } = await askEverything(door, school, files, {
    postgres: postgres.port,
    openai: openai.port,
  });

  expect(notCovered(asked)).toEqual([]);
  expect(notHeard(door.heard, door.subscriptions)).toEqual([]);
  expect(door.heard.filter(({ kind }) => kind === 'answer').length).toBeGreaterThan(ROUTES.length * 4);
  // The secrets really were there to be leaked: kept by the keychain, sent to the servers that quote them.
  expect(door.encrypted).toEqual(
    expect.arrayContaining(SECRET_PARTS.map((part) => school.secrets[part].text)),
  );
  expect(postgres.heard()).toContain(school.secrets['postgres-password'].text);
  expect(openai.heard()).toContain(school.secrets['openai-api-key'].text);

  expect(endsOf(door.heard)).toEqual(new Set(['rehearsed', 'partial', 'failed']));

  const shown = shownCells(school);
  for (const message of door.crossed) shown.expectOnlyShownIn(message, routes);
  expect(shown.unused()).toEqual([]);
  expectNone('standard output and error', door.output(), everything);
  // The rows themselves stand in the sandbox; secrets stand nowhere, as the keychain keeps them.
  expect(expectNoneInFiles(door.home, secretsOf(school))).toBeGreaterThan(5);
  expectOnlyLoaded(door.home, school, door.heard);
}, 240_000);

it('the students of a draft are their owner’s while it is open, and gone when it is discarded', async () => {
  const door = await desktop('draft');
  const files = writeMarkedFiles(dir, school, postgres.port);
  const draftId = await workOn(door, files, school);
  expectForOwnerOnly(door.home, draftId, school);
  const ask = asking(door);
  await ask('drafts.discard', { draftId });
  // What was taught stays until it is forgotten.
  expect(filesWithStudents(door.home, school)).toEqual(['rules.json']);
  const { rules } = await ask('rules.list', {});
  await ask('rules.remove', { ruleIds: rules.map(({ ruleId }: { ruleId: string }) => ruleId) });
  expect(expectNoneInFiles(door.home, everything)).toBeGreaterThan(3);
}, 120_000);

it('nothing of a draft outlives it where the backend was killed while it was open', async () => {
  const door = await desktop('draft-killed');
  const files = writeMarkedFiles(dir, school, postgres.port);
  const draftId = await workOn(door, files, school);
  door.child.kill('SIGKILL');
  await door.over();
  const next = await desktop('draft-killed');
  const ask = asking(next);
  expect((await ask('drafts.list', {})).drafts).toMatchObject([{ draftId }]);
  await ask('drafts.discard', { draftId });
  expect(filesWithStudents(next.home, school)).toEqual(['rules.json']);
}, 120_000);

it('nothing of either is left where the backend crashes over it', async () => {
  const door = await desktop('crash');
  const { student, teacher } = school.students;
  const secret = school.secrets['kafka-password'].core;
  const path = join(door.home, 'crash.log');
  door.crash(
    `no row (${student.text}, ${teacher.text}) ${secret}\n    at ${secret} (/x/${secret}.js:1:1)\n    at ${teacher.core} (${secret}.ts:1:1)`,
  );
  expect(await door.over()).toBe(1);
  // As main writes it down (electron/main/desktop.ts).
  const record = crashLog({ path, version: '1.0.0' });
  const crashing = door.crossed.filter((message): message is { kind: 'crashing'; stack: string } => {
    return (
      typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'crashing'
    );
  });
  expect(crashing).toHaveLength(1);
  record({ at: new Date(), process: 'backend', code: '1', stack: crashing[0]?.stack ?? '' });
  expect(readFileSync(path, 'utf8')).toContain('backend ended with 1');
  expectNone('the notice of the crash', door.crossed, everything);
  expectNone('the crash log', readFileSync(path, 'utf8'), everything);
  expect(door.output()).toContain('"crash":"Error"');
  expectNone('the last words', door.output(), everything);
});

it('nothing of a secret is left where the backend is killed while it keeps it', async () => {
  let killed = false;
  const door = await desktop('killed', (child) => {
    killed = child.kill('SIGKILL');
    return false;
  });
  const created = await door.ask('profiles.create', {
    draft: { name: 'Lab', kind: 'test', postgres: { host: 'h', database: 'd', user: 'u' } },
  });
  const { id } = created.value.view.profile;
  const lost = door.ask('profiles.setSecret', {
    id,
    part: 'postgres-password',
    value: school.secrets['postgres-password'].text,
  });
  lost.catch(() => undefined);
  await door.over();
  expect(killed).toBe(true);
  expectNone('what crossed before', door.crossed, everything);
  expectNone('standard output and error', door.output(), everything);
  expect(existsSync(join(door.home, 'profiles.json'))).toBe(true);
  expectNoneInFiles(door.home, secretsOf(school));
  const next = await desktop('killed');
  expect((await next.ask('profiles.show', { profile: id })).value.secrets['postgres-password']).toBe(false);
});

it('a mark is found in whatever form it leaks', () => {
  const [mark] = everything;
  if (mark === undefined) throw new Error('no mark');
  const { core } = mark;
  const forms = [
    core,
    encodeURIComponent(`:${core}@`),
    JSON.stringify({ a: `"${core}` }),
    Buffer.from(`x${core}`).toString('base64'),
    Buffer.from(`user:xy${core}z`).toString('base64url'),
    Buffer.from(core).toString('hex'),
    [...core].map((letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`).join(''),
    Buffer.from(core, 'utf16le').toString('latin1'),
  ];
  for (const form of forms) expect(marksIn(`before ${form} behind`, everything), form).toEqual([mark.name]);
  expect(marksIn('nothing', everything)).toEqual([]);
});
