import { join } from 'node:path';
import { expect, it } from 'vitest';
import { accession } from '../../integration/command.ts';
import { tempDir } from '../settings-in-folder.ts';

it.each([
  [['check', 'x.csv', '--bogus'], "unknown option '--bogus'"],
  [['load'], "missing required argument 'file'"],
  [['index', 'search', 'x', '-k', '0'], 'a whole number from 1 to 1000'],
  [['no-such-command'], "unknown command 'no-such-command'"],
])('%j is wrong usage, as a document and in words', async (argv, words) => {
  const { code, json, stderr } = await accession({ ACCESSION_HOME: await tempDir() }, ...argv, '--json');
  expect(code).toBe(2);
  expect(json).toMatchObject({
    error: { code: 'usage.invalid', message: expect.stringContaining(words), retryable: false },
  });
  expect(stderr).toContain(words);
});

it('behind -- it is the name of a file', async () => {
  const { code, stdout } = await accession({ ACCESSION_HOME: await tempDir() }, 'load', '--', '--json', 'x');
  expect(code).toBe(1);
  expect(stdout).toContain('There is no file --json.');
});

it('the SQL that a database lacks is a document, too', async () => {
  const argv = ['db', 'prepare', '--print', '--json'];
  const { code, json } = await accession({ ACCESSION_HOME: await tempDir() }, ...argv);
  expect(code).toBe(0);
  expect(json).toEqual({ sql: expect.stringMatching(/^-- /) });
});

it('so is an export that goes to a file', async () => {
  const home = await tempDir();
  const written = join(home, 'export.json');
  const argv = ['profiles', 'export', '--output', written, '--json'];
  expect((await accession({ ACCESSION_HOME: home }, ...argv)).json).toEqual({ written });
});
