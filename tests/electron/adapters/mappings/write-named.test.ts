import { execFileSync } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeNamed } from '../../../../electron/adapters/mappings/write-named.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'write-named-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it('makes a file, and replaces one whole', async () => {
  const path = join(home, 'our.json');
  await writeNamed(path, 'a longer text');
  const { ino } = await lstat(path);
  await writeNamed(path, 'new');
  expect(await readFile(path, 'utf8')).toBe('new');
  expect((await lstat(path)).ino).not.toBe(ino);
  expect(await readdir(home)).toEqual(['our.json']);
});

it('follows links to the file they lead to, and leaves them', async () => {
  await mkdir(join(home, 'shared'));
  await writeFile(join(home, 'shared', 'our.json'), 'old');
  await symlink(join('shared', 'our.json'), join(home, 'link'));
  await symlink('link', join(home, 'link-to-link'));
  await writeNamed(join(home, 'link-to-link'), 'new');
  expect(await readFile(join(home, 'shared', 'our.json'), 'utf8')).toBe('new');
  expect(await readlink(join(home, 'link'))).toBe(join('shared', 'our.json'));
  expect(await readlink(join(home, 'link-to-link'))).toBe('link');
  expect(await readdir(join(home, 'shared'))).toEqual(['our.json']);
});

it('makes the file that a link names', async () => {
  await symlink('later.json', join(home, 'link'));
  await writeNamed(join(home, 'link'), 'new');
  expect(await readFile(join(home, 'later.json'), 'utf8')).toBe('new');
  expect(await readlink(join(home, 'link'))).toBe('later.json');
});

it.skipIf(process.platform === 'win32')('gives a pipe the text, and leaves it a pipe', async () => {
  const pipe = join(home, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const read = readFile(pipe, 'utf8');
  await writeNamed(pipe, 'new');
  // First of all: in place of a pipe that is gone nobody would ever be heard.
  expect((await lstat(pipe)).isFIFO()).toBe(true);
  expect(await read).toBe('new');
  expect(await readdir(home)).toEqual(['pipe']);
});
