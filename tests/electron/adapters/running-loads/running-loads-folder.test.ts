import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createRunningLoads } from '../../../../electron/adapters/running-loads/running-loads-folder.ts';
import { tempDir } from '../../settings-in-folder.ts';

const [first, second, third] = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`) as [
  string,
  string,
  string,
];
const noteOf = (loadId: string) => ({
  loadId,
  profileId: null,
  place: 'sandbox',
  startedAt: '2026-11-25T10:20:30.000Z',
  stopping: false,
});

const owners: ChildProcess[] = [];
afterEach(() => {
  for (const owner of owners.splice(0)) owner.kill('SIGKILL');
});

/** Another process, which has noted these loads. */
async function ownerOf(dir: string, ...loadIds: string[]): Promise<ChildProcess> {
  const program = join(import.meta.dirname, 'owner.ts');
  const owner = spawn(process.execPath, [program, dir, ...loadIds], { stdio: ['ignore', 'pipe', 'inherit'] });
  owners.push(owner);
  await once(owner.stdout, 'data');
  return owner;
}
async function killed(owner: ChildProcess): Promise<void> {
  owner.kill('SIGKILL');
  await once(owner, 'exit');
}
/** A folder as a dead process leaves it. */
function leftIn(dir: string, files: Readonly<Record<string, string>>): void {
  const owner = join(dir, '00000000-0000-4000-8000-0000000000ff');
  mkdirSync(owner, { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(owner, name), text);
}

test('what a killed process had noted is taken over by the next one, oldest first', async () => {
  const dir = join(await tempDir(), 'running');
  await killed(await ownerOf(dir, first, second));
  const running = createRunningLoads(dir);
  const left = await running.takeOver();
  expect(left.map(({ loadId }) => loadId)).toEqual([second, first]);
  expect(left[1]).toEqual({ ...noteOf(first), startedAt: '2026-11-25T10:20:32.000Z' });
  await running.ended(first);
  expect((await running.takeOver()).map(({ loadId }) => loadId)).toEqual([second]);
});

test('the loads of a process that lives are its own, until it is killed', async () => {
  const dir = join(await tempDir(), 'running');
  const owner = await ownerOf(dir, first);
  const running = createRunningLoads(dir);
  expect(await running.takeOver()).toEqual([]);
  await killed(owner);
  expect(await running.takeOver()).toHaveLength(1);
});

test('two processes that come after a dead one do not both take its loads', async () => {
  const dir = join(await tempDir(), 'running');
  await killed(await ownerOf(dir, first, second, third));
  const both = [createRunningLoads(dir), createRunningLoads(dir)];
  const taken = (await Promise.all(both.map((running) => running.takeOver()))).flat();
  expect(taken.map(({ loadId }) => loadId).sort()).toEqual([first, second, third]);
});

test('damaged notes count as nothing and do not come again', async () => {
  const dir = join(await tempDir(), 'running');
  leftIn(dir, {
    [`${first}.json`]: JSON.stringify(noteOf(first)),
    [`${second}.json`]: JSON.stringify(noteOf(second)).slice(0, 40),
    [`${third}.json`]: '',
    'other.json': JSON.stringify({ ...noteOf(third), loadId: '../../etc/passwd' }),
    'older.json': JSON.stringify({ loadId: third, profileId: null }),
  });
  const running = createRunningLoads(dir);
  expect(await running.takeOver()).toEqual([noteOf(first)]);
  const files = readdirSync(dir, { recursive: true }).map(String);
  expect(files.filter((name) => name.endsWith('.json'))).toEqual([expect.stringContaining(`${first}.json`)]);
});

test('noting a load again replaces what was noted, and an ended one is forgotten', async () => {
  const dir = join(await tempDir(), 'running');
  const running = createRunningLoads(dir);
  await running.note(noteOf(first));
  await running.note({ ...noteOf(first), stopping: true });
  expect(await running.takeOver()).toEqual([{ ...noteOf(first), stopping: true }]);
  await running.ended(first);
  await running.ended(first);
  expect(await running.takeOver()).toEqual([]);
});

test('looking makes no folder where nothing ever ran', async () => {
  const dir = join(await tempDir(), 'running');
  expect(await createRunningLoads(dir).takeOver()).toEqual([]);
  expect(() => statSync(dir)).toThrow();
});

test.skipIf(process.platform === 'win32')('notes are their owner’s alone', async () => {
  const dir = join(await tempDir(), 'running');
  await createRunningLoads(dir).note(noteOf(first));
  const note =
    readdirSync(dir, { recursive: true })
      .map(String)
      .find((name) => name.endsWith('.json')) ?? '';
  expect(statSync(dir).mode & 0o777).toBe(0o700);
  expect(statSync(join(dir, note)).mode & 0o777).toBe(0o600);
});

test('a place that cannot be written is said in plain words', async () => {
  const home = await tempDir();
  writeFileSync(join(home, 'running'), '');
  const running = createRunningLoads(join(home, 'running'));
  await expect(running.note(noteOf(first))).rejects.toMatchObject({
    code: 'workspace.failed',
    message: expect.stringContaining('which loads are running'),
  });
});
