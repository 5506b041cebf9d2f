import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMappingStore } from '../../../../electron/adapters/mappings/mapping-store.ts';
import type { DamagedMappings } from '../../../../electron/engine/mapping-port.ts';
import type { SavedMapping } from '../../../../shared/records/saved-mapping.ts';

const { signal } = new AbortController();
const BOOKS: SavedMapping = { version: 1, type: 'books', columns: { book_id: 'Barcode' } };
const STUDENTS: SavedMapping = { version: 1, type: 'students', columns: { lunch_period: { constant: '2' } } };

let home: string;
let path: string;
let notices: DamagedMappings[];

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'mappings-'));
  path = join(home, 'accession', 'mappings.json');
  notices = [];
});
afterEach(() => rm(home, { recursive: true, force: true }));

function open(at = path) {
  return createMappingStore(at, {
    clock: { now: () => new Date('2026-11-25T09:40:00.000Z') },
    onNotice: (notice) => notices.push(notice),
  });
}

describe('what was said about the columns of a file', () => {
  it('is unknown at first, and asking leaves no file behind', async () => {
    expect(await open().remembered('barcode|title', signal)).toBeNull();
    expect(await readdir(home)).toEqual([]);
  });

  it('is remembered by the shape of its header, over a restart', async () => {
    const store = open();
    await store.remember('barcode|title', BOOKS, signal);
    await store.remember('permid', STUDENTS, signal);
    expect(await open().remembered('barcode|title', signal)).toEqual(BOOKS);
    expect(await open().remembered('permid', signal)).toEqual(STUDENTS);
    expect(await open().remembered('title|barcode', signal)).toBeNull();
  });

  it('is replaced by what was said last', async () => {
    const store = open();
    await store.remember('x', BOOKS, signal);
    await store.remember('x', STUDENTS, signal);
    expect(await store.remembered('x', signal)).toEqual(STUDENTS);
    expect(JSON.parse(await readFile(path, 'utf8')).shapes).toHaveLength(1);
  });

  it('is forgotten when a person wants it, twice if need be', async () => {
    const store = open();
    await store.remember('x', BOOKS, signal);
    await store.remember('y', BOOKS, signal);
    await store.forget('x', signal);
    await store.forget('x', signal);
    expect(await store.remembered('x', signal)).toBeNull();
    expect(await store.remembered('y', signal)).toEqual(BOOKS);
  });

  it.runIf(process.platform !== 'win32')("is its owner's alone, folder and file", async () => {
    await open().remember('x', BOOKS, signal);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(home, 'accession'))).mode & 0o777).toBe(0o700);
  });

  it('is kept for the 500 shapes that were said last', async () => {
    const shapes = Array.from({ length: 500 }, (_, at) => ({ shape: `s${at}`, mapping: BOOKS }));
    const full = join(home, 'full.json');
    await writeFile(full, JSON.stringify({ version: 1, shapes }));
    const store = open(full);
    await store.remember('s0', STUDENTS, signal);
    await store.remember('new', BOOKS, signal);
    expect(await store.remembered('s0', signal)).toEqual(STUDENTS);
    expect(await store.remembered('s1', signal)).toBeNull();
    expect(await store.remembered('s2', signal)).toEqual(BOOKS);
    expect(JSON.parse(await readFile(full, 'utf8')).shapes).toHaveLength(500);
  });

  it('is complete when many files are remembered at once', async () => {
    const store = open();
    const shapes = Array.from({ length: 20 }, (_, at) => `s${at}`);
    await Promise.all(shapes.map((shape) => store.remember(shape, BOOKS, signal)));
    const all = await Promise.all(shapes.map((shape) => store.remembered(shape, signal)));
    expect(all).toEqual(shapes.map(() => BOOKS));
  });

  it('leaves nothing but the file itself behind', async () => {
    await open().remember('x', BOOKS, signal);
    expect(await readdir(join(home, 'accession'))).toEqual(['mappings.json']);
  });

  it('is not written for a signal that is aborted, and the next call works', async () => {
    const store = open();
    const reason = new Error('enough');
    await expect(store.remember('x', BOOKS, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(await store.remembered('x', signal)).toBeNull();
  });
});

describe('a memory that is damaged', () => {
  it.each(['{"version": 1, "shapes": [', '', '[]', '{"version": 9, "shapes": []}'])(
    'with %o is set aside as it is, told, and begun anew',
    async (text) => {
      const damaged = join(home, 'mappings.json');
      await writeFile(damaged, text);
      const store = open(damaged);
      expect(await store.remembered('x', signal)).toBeNull();
      const keptAs = `${damaged}.corrupt-2026-11-25T09-40-00.000Z`;
      expect(notices).toMatchObject([{ keptAs }]);
      expect(await readFile(keptAs, 'utf8')).toBe(text);
      await store.remember('x', BOOKS, signal);
      expect(await store.remembered('x', signal)).toEqual(BOOKS);
      expect(notices).toHaveLength(1);
    },
  );

  it('in one entry only has lost that entry only', async () => {
    const partly = join(home, 'mappings.json');
    const shapes = [
      { shape: 'bad', mapping: { version: 1, type: 'loans' } },
      { shape: 'good', mapping: BOOKS },
    ];
    await writeFile(partly, JSON.stringify({ version: 1, shapes }));
    expect(await open(partly).remembered('bad', signal)).toBeNull();
    expect(await open(partly).remembered('good', signal)).toEqual(BOOKS);
    expect(notices).toEqual([]);
  });
});

describe('a memory that cannot be reached', () => {
  it('is an error with a way to mend it, when it is read and when it is written', async () => {
    await writeFile(join(home, 'file'), '');
    const store = open(join(home, 'file', 'mappings.json'));
    await expect(store.remembered('x', signal)).rejects.toMatchObject({ code: 'mapping.unreadable' });
    const folder = open(home);
    await expect(folder.remembered('x', signal)).rejects.toMatchObject({ code: 'mapping.unreadable' });
  });
});
