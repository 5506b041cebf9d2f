import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { accession } from '../../integration/command.ts';
import { tempDir } from '../settings-in-folder.ts';

const BOOKS = fileURLToPath(new URL('../../../shared/samples/books.csv', import.meta.url));

/** A folder that cannot be, for it lies below a file. */
async function impossible(): Promise<string> {
  const file = join(await tempDir(), 'file');
  await writeFile(file, '');
  return join(file, 'folder');
}

interface Finding {
  part: string;
  ok: boolean;
  detail: string;
  error: { hint: string } | null;
}

async function doctor(environment: Record<string, string>) {
  const { code, json } = await accession(environment, 'doctor', '--json');
  const findings: Finding[] = json.findings;
  return { code, of: (part: string) => findings.find((finding) => finding.part === part) };
}

describe('a folder for its own files that cannot be used', () => {
  it.each([
    ['check', BOOKS],
    ['load', BOOKS],
    ['serve', '--port', '0'],
  ])('ends %s with its name and what to do', async (...argv) => {
    const home = await impossible();
    const { code, json } = await accession({ ACCESSION_HOME: home }, ...argv, '--json');
    expect(code).toBe(2);
    expect(json.error).toMatchObject({
      code: 'settings.invalid',
      message: expect.stringContaining(`Accession cannot keep its own files in ${home}: it is no folder`),
      hint: expect.stringContaining('Set ACCESSION_HOME to a folder'),
    });
  });

  it('is found by the doctor, also where nothing else is kept there', async () => {
    const home = await impossible();
    const { code, of } = await doctor({ ACCESSION_HOME: home, DATA_DIR: await tempDir() });
    expect(code).toBe(1);
    expect(of('own files')).toMatchObject({ ok: false, detail: expect.stringContaining(home) });
    expect(of('index')).toMatchObject({ ok: true });
  });
});

it('a DATA_DIR that no index can be written to is found by the doctor', async () => {
  const dir = await impossible();
  const { code, of } = await doctor({ ACCESSION_HOME: await tempDir(), DATA_DIR: dir });
  expect(code).toBe(1);
  expect(of('index')).toMatchObject({ ok: false, detail: expect.stringContaining(dir) });
  expect(of('index')?.error?.hint).toContain('DATA_DIR');
});

it('the doctor leaves nothing in a folder that is well', async () => {
  const dir = await tempDir();
  const { of } = await doctor({ ACCESSION_HOME: await tempDir(), DATA_DIR: dir });
  expect(of('index')).toMatchObject({ ok: true });
  expect(await readdir(dir)).toEqual([]);
});
