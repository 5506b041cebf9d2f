import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExportsFolder } from '../../../../electron/adapters/drafts/exports-folder.ts';
import { createPastedFiles } from '../../../../electron/adapters/drafts/pasted-files.ts';

const DRAFT = '0b9c1d2e-3f40-4152-8364-758697a8b9ca';

let home: string;
let dir: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'accession-exports-'));
  dir = join(home, 'workspace');
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('files to be taken away', () => {
  it('have places of their own in their draft’s folder, which nobody else may enter', async () => {
    const exports = createExportsFolder(dir);
    const [one, other] = await Promise.all([exports.place(DRAFT, '.csv'), exports.place(DRAFT, '.xlsx')]);
    expect(one).not.toBe(other);
    expect([one.endsWith('.csv'), other.endsWith('.xlsx')]).toEqual([true, true]);
    expect([dirname(one), dirname(other)]).toEqual([
      join(dir, DRAFT, 'exports'),
      join(dir, DRAFT, 'exports'),
    ]);
    expect(((await stat(dirname(one))).mode & 0o777).toString(8)).toBe('700');
  });

  it('are read in pieces, to the byte', async () => {
    const exports = createExportsFolder(dir);
    const path = await exports.place(DRAFT, '.csv');
    await writeFile(path, 'Ökonomie');
    const pieces = [
      await exports.read(path, 0, 4),
      await exports.read(path, 4, 4),
      await exports.read(path, 8, 4),
    ];
    expect(pieces.map(({ bytes }) => bytes)).toEqual([4, 4, 1]);
    const all = Buffer.concat(pieces.map(({ base64 }) => Buffer.from(base64, 'base64')));
    expect(all.toString('utf8')).toBe('Ökonomie');
    expect(await exports.read(path, 9, 4)).toEqual({ base64: '', bytes: 0 });
  });

  it('that are gone are told of', async () => {
    const exports = createExportsFolder(dir);
    const path = await exports.place(DRAFT, '.csv');
    await writeFile(path, 'x');
    await exports.remove(path);
    await exports.remove(path);
    await expect(exports.read(path, 0, 1)).rejects.toMatchObject({ code: 'workspace.failed' });
  });

  it('go when their process ends, and no other’s', async () => {
    const mine = createExportsFolder(dir);
    const other = createExportsFolder(dir);
    const [first, second] = [await mine.place(DRAFT, '.csv'), await mine.place(DRAFT, '.csv')];
    for (const path of [first, second]) await writeFile(path, 'mine');
    const kept = await other.place(DRAFT, '.csv');
    await writeFile(kept, 'other');
    await mine.close();
    expect(await readdir(dirname(kept))).toEqual([basename(kept)]);
  });

  it('leave no trace where there were none', async () => {
    await createExportsFolder(dir).close();
    expect(await readdir(home)).toEqual([]);
  });
});

describe('cells that were pasted', () => {
  it('are kept as they are in the draft’s own folder, under a name that says so', async () => {
    const pasted = createPastedFiles(join(home, 'workspace'));
    const text = 'book_id\ttitle\r\nB1\t"Ökonomie\nfür alle"\r\n';
    const [one, other] = [await pasted.write(DRAFT, text), await pasted.write(DRAFT, 'x')];
    expect(one.startsWith(join(home, 'workspace', DRAFT))).toBe(true);
    expect([one.endsWith('Pasted cells.tsv'), one === other]).toEqual([true, false]);
    expect(await readFile(one, 'utf8')).toBe(text);
    expect(((await stat(one)).mode & 0o777).toString(8)).toBe('600');
  });
});
