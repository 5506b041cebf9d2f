import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDraftsFolder } from '../../../../electron/adapters/drafts/drafts-folder.ts';
import { writeWhole } from '../../../../electron/adapters/mappings/write-file.ts';
import type { DraftNote } from '../../../../electron/engine/draft-port.ts';

const ONE = '0b9c1d2e-3f40-4152-8364-758697a8b9ca';
const TWO = '1b9c1d2e-3f40-4152-8364-758697a8b9ca';

function note(draftId: string, more: Partial<DraftNote> = {}): DraftNote {
  return {
    draftId,
    owner: 'page',
    createdAt: '2026-11-25T10:00:00.000Z',
    touchedAt: '2026-11-26T10:00:00.000Z',
    profileId: null,
    nextFileNo: 2,
    files: [
      {
        fileNo: 1,
        path: '/home/amy/students.csv',
        name: 'students.csv',
        spec: {
          type: 'students',
          reading: { encoding: 'windows-1252', header: false },
          mapping: { version: 1, type: 'students', columns: { lunch_period: { constant: '2' }, age: null } },
          dateOrders: { checkout_date: 'month-first' },
          useRemembered: false,
        },
        rulesDone: true,
        rulesApplied: [{ column: 'age', label: 'In Age, “nine” means 9', cells: 3 }],
      },
    ],
    loads: [{ loadId: TWO, files: [1], refusedTaken: true }],
    ...more,
  };
}

const open = (at: string) => createDraftsFolder(at, writeWhole);

let home: string;
let dir: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'accession-notes-'));
  dir = join(home, 'drafts');
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('notes of drafts', () => {
  it('are none at first, and asking makes no folder', async () => {
    const store = open(dir);
    expect([await store.all(), await store.read(ONE)]).toEqual([[], null]);
    expect(await readdir(home)).toEqual([]);
  });

  it('come back as they were saved, over a restart', async () => {
    await open(dir).save(note(ONE));
    expect(await open(dir).read(ONE)).toEqual(note(ONE));
  });

  it('are listed newest first', async () => {
    const store = open(dir);
    await store.save(note(ONE));
    await store.save(note(TWO, { createdAt: '2026-11-25T11:00:00.000Z' }));
    expect((await store.all()).map(({ draftId }) => draftId)).toEqual([TWO, ONE]);
  });

  it('are as the last of several that are saved at once', async () => {
    const store = open(dir);
    await Promise.all(
      Array.from({ length: 20 }, (_, i) => store.save(note(ONE, { nextFileNo: i, owner: `page ${i}` }))),
    );
    expect(await store.read(ONE)).toEqual(note(ONE, { nextFileNo: 19, owner: 'page 19' }));
    expect(await readdir(dir)).toEqual([`${ONE}.json`]);
  });

  it('stay forgotten, whatever is still being saved before', async () => {
    const store = open(dir);
    await Promise.all([store.save(note(ONE)), store.forget(ONE), store.forget(ONE)]);
    expect([await store.read(ONE), await readdir(dir)]).toEqual([null, []]);
  });

  it('that cannot be read are left out', async () => {
    const store = open(dir);
    await store.save(note(TWO));
    const good = JSON.parse(await readFile(join(dir, `${TWO}.json`), 'utf8'));
    const broken: Record<string, string> = {
      [ONE]: '{ "version": 1, ',
      '2b9c1d2e-3f40-4152-8364-758697a8b9ca': JSON.stringify({ ...good, version: 2 }),
      // Another draft's note under this name is none of this draft.
      '3b9c1d2e-3f40-4152-8364-758697a8b9ca': JSON.stringify(good),
      '4b9c1d2e-3f40-4152-8364-758697a8b9ca': JSON.stringify({ ...good, files: [{}] }),
      'no-id': JSON.stringify(good),
    };
    for (const [name, text] of Object.entries(broken)) await writeFile(join(dir, `${name}.json`), text);
    await writeFile(join(dir, `${TWO}.json.0.new`), 'half of a no');
    expect((await store.all()).map(({ draftId }) => draftId)).toEqual([TWO]);
    for (const name of Object.keys(broken)) expect(await store.read(name)).toBeNull();
  });

  it('are looked for nowhere else, whatever id is asked for', async () => {
    await writeFile(join(home, 'secret.json'), JSON.stringify({ version: 1, ...note(ONE) }));
    expect(await open(dir).read('../secret')).toBeNull();
  });

  it('can be read by their owner only', async () => {
    await open(dir).save(note(ONE));
    const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
    expect([await mode(dir), await mode(join(dir, `${ONE}.json`))]).toEqual(['700', '600']);
  });

  it('that cannot be written are told of', async () => {
    await writeFile(dir, 'a file where the folder would be');
    await expect(open(dir).save(note(ONE))).rejects.toMatchObject({ code: 'workspace.failed' });
  });
});
