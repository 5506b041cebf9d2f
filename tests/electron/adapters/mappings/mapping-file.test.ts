import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readMappingFile, writeMappingFile } from '../../../../electron/adapters/mappings/mapping-file.ts';
import type { SavedMapping } from '../../../../shared/records/saved-mapping.ts';

const MAPPING: SavedMapping = {
  version: 1,
  type: 'students',
  columns: {
    student_id: 'Perm ID',
    age: { from: 'DOB', derive: 'age-on', date: '09-01' },
    prior_year_reading_score: null,
  },
};

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mapping-file-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

it('comes back as it was written, for a person to read', async () => {
  const path = join(home, 'our.json');
  await writeMappingFile(path, MAPPING);
  expect(await readMappingFile(path)).toEqual(MAPPING);
  expect(await readFile(path, 'utf8')).toContain('\n    "student_id": "Perm ID",\n');
});

it('takes the place of an older one, and leaves nothing else behind', async () => {
  const path = join(home, 'our.json');
  await writeFile(path, 'old');
  await writeMappingFile(path, MAPPING);
  expect(await readMappingFile(path)).toEqual(MAPPING);
  expect(await readdir(home)).toEqual(['our.json']);
});

it('is read with the byte order mark that Windows editors write', async () => {
  const path = join(home, 'our.json');
  await writeFile(path, `\ufeff${JSON.stringify(MAPPING)}`);
  expect(await readMappingFile(path)).toEqual(MAPPING);
});

it.each([
  ['is not there', 'none.json', 'file.missing'],
  ['lies in what is no folder', join('text', 'our.json'), 'file.missing'],
  ['is a folder', 'folder', 'file.is-directory'],
  ['is no JSON', 'text', 'mapping.invalid'],
  ['is the file of records itself', 'large', 'mapping.invalid'],
])('that %s is an error with a way to mend it', async (_, name, code) => {
  await mkdir(join(home, 'folder'));
  await writeFile(join(home, 'text'), 'book_id,title\n');
  await writeFile(join(home, 'large'), ' '.repeat(1024 * 1024 + 1));
  const error = await readMappingFile(join(home, name)).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code, hint: expect.stringMatching(/./) });
});

it('that cannot be written is an error, and leaves nothing behind', async () => {
  await mkdir(join(home, 'folder'));
  await expect(writeMappingFile(join(home, 'none', 'our.json'), MAPPING)).rejects.toMatchObject({
    code: 'mapping.unwritable',
  });
  await expect(writeMappingFile(join(home, 'folder'), MAPPING)).rejects.toMatchObject({
    code: 'mapping.unwritable',
  });
  expect(await readdir(home)).toEqual(['folder']);
});
