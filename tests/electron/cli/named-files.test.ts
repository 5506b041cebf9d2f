import { execFileSync } from 'node:child_process';
import { lstat, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { accession } from '../../integration/command.ts';
import { tempDir } from '../settings-in-folder.ts';

const BOOKS = fileURLToPath(new URL('../../../shared/samples/books.csv', import.meta.url));

/** What writes to a file that a person names, and something of what it writes. */
const COMMANDS = [
  [['check', BOOKS, '--save-mapping'], '"type": "books"'],
  [['profiles', 'export', '--output'], '"profiles"'],
] as const;

it.each(COMMANDS)('%j leaves a link, and replaces what it leads to', async (argv, part) => {
  const home = await tempDir();
  const [target, link] = [join(home, 'target.json'), join(home, 'link.json')];
  await writeFile(target, 'old');
  await symlink(target, link);
  await accession({ ACCESSION_HOME: join(home, 'own') }, ...argv, link);
  expect(await readlink(link)).toBe(target);
  expect(await readFile(target, 'utf8')).toContain(part);
});

it.skipIf(process.platform === 'win32').each(COMMANDS)('%j writes into a pipe', async (argv, part) => {
  const home = await tempDir();
  const pipe = join(home, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const read = readFile(pipe, 'utf8');
  await accession({ ACCESSION_HOME: join(home, 'own') }, ...argv, pipe);
  // First of all: in place of a pipe that is gone nobody would ever be heard.
  expect((await lstat(pipe)).isFIFO()).toBe(true);
  expect(await read).toContain(part);
});
