import { readFileSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { BOOKS, CHECKOUTS, draftBench, fileOf, STUDENTS } from './draft-bench.ts';

type Step = 'open' | 'clear' | 'check';

/** Where a process that is to die waits, until its test is over. */
let dying: { step: Step; reached: PromiseWithResolvers<void>; over: PromiseWithResolvers<void> } | null =
  null;

function dieAt(step: Step): Promise<void> {
  dying = { step, reached: Promise.withResolvers<void>(), over: Promise.withResolvers<void>() };
  return dying.reached.promise;
}

async function mayDie(step: Step): Promise<void> {
  if (dying?.step !== step) return;
  dying.reached.resolve();
  await dying.over.promise;
}

const ends: (() => void)[] = [];
const bench = draftBench({
  change: (ports) => {
    const { checker, files, workspace } = ports.check;
    const check: typeof checker.check = async function* (...given) {
      for await (const range of checker.check(...given)) {
        await mayDie('check');
        yield range;
      }
    };
    const open: typeof files.open = async (...given) => {
      const opened = await files.open(...given);
      await mayDie('open');
      return opened;
    };
    // Once on behalf of who asks for another reading; the check itself comes after it.
    let cleared = 0;
    const clearFindings: typeof workspace.clearFindings = async (...given) => {
      if (dying?.step === 'clear') cleared += 1;
      if (cleared > 1) await mayDie('clear');
      await workspace.clearFindings(...given);
    };
    return {
      ...ports,
      check: {
        ...ports.check,
        checker: { ...checker, check },
        files: { ...files, open },
        workspace: overlaid(workspace, { clearFindings }),
      },
    };
  },
});

// Behind the bench's own, and so before it: the dead ones go on, and can be closed.
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

function overlaid<T extends object>(whole: T, part: Partial<T>): T {
  return new Proxy(whole, {
    get(target, name) {
      const value: unknown = Reflect.get(name in part ? part : target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const TERM = {
  'books.csv': `${BOOKS}B1,,x\nB2,Holes,233\nB3,Hatchet,\n`,
  'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\n`,
  'checkouts.csv': `${CHECKOUTS}S1,B1,2026-09-01\nS1,B2,2026-09-02\n`,
};

/** All that a page sees but for what a new process counts anew. */
function lasting({ revision: _, files, ...draft }: DraftView) {
  return { ...draft, files: files.map(({ bytesChecked: __, ...file }) => file) };
}

async function mended(): Promise<{ draftId: string; fileNo: number }> {
  const draft = await bench.open(TERM);
  const { draftId } = draft;
  const { fileNo } = fileOf(draft, 'books.csv');
  await bench.edit(draftId, fileNo, 1, 1, 'Matilda');
  await bench.edit(draftId, fileNo, 1, 2, '240');
  await bench.ask('drafts.skip', { draftId, fileNo, rows: [2], skipped: true });
  await bench.edit(draftId, fileNo, 3, 2, '195');
  await bench.ask('drafts.undo', { draftId });
  return { draftId, fileNo };
}

async function afterDeath(draftId: string): Promise<DraftView> {
  if (dying !== null) ends.push(dying.over.resolve);
  dying = null;
  bench.kill();
  return bench.ready(draftId);
}

const copyOf = (draftId: string, fileNo: number, ending: string): string =>
  join(bench.world.dir, 'workspace', draftId, `file-${fileNo}.${ending}`);

describe('after a restart', () => {
  it('every edit, left-out row, undone operation and count is there', async () => {
    const { draftId, fileNo } = await mended();
    const seen = await bench.ready(draftId);
    const before = [lasting(seen), await bench.rows(draftId, fileNo)];
    await bench.restart();
    // A page that was there before takes what it says for newer.
    expect((await bench.ready(draftId)).revision).toBeGreaterThan(seen.revision);
    expect([lasting(await bench.ready(draftId)), await bench.rows(draftId, fileNo)]).toEqual(before);
    const { draft } = await bench.ask('drafts.redo', { draftId });
    expect([draft.undo, fileOf(draft, 'books.csv').editedCells]).toEqual(['Changed page_count in row 3', 3]);
    expect(await bench.issues(draftId, fileOf(draft, 'checkouts.csv').fileNo)).toEqual([
      '2 reference.missing-book book_id',
    ]);
  });

  it('the originals need not be there any more', async () => {
    const { draftId, fileNo } = await mended();
    for (const name of Object.keys(TERM)) rmSync(join(bench.world.dir, name));
    await bench.restart();
    const draft = await bench.ready(draftId);
    expect(draft.files.map(({ state }) => state)).toEqual(['checked', 'checked', 'checked']);
    await bench.edit(draftId, fileNo, 1, 1, 'Madeline');
    expect((await bench.rows(draftId, fileNo))[0]?.cells).toEqual(['B1', 'Madeline', '240']);
  });

  it('a death in the middle changes nothing of that', async () => {
    const { draftId, fileNo } = await mended();
    const before = await bench.rows(draftId, fileNo);
    bench.kill();
    await bench.ready(draftId);
    expect(await bench.rows(draftId, fileNo)).toEqual(before);
  });
});

describe('a death in the middle of a check', () => {
  /** Dies while the file is checked anew by another mapping, with an edit in it. */
  async function dieChecking(step: Step = 'check'): Promise<{ draftId: string; fileNo: number }> {
    const draft = await bench.open({ 'books.csv': TERM['books.csv'] });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    await bench.edit(draftId, fileNo, 1, 1, 'Matilda');
    const { mapping } = await bench.ask('drafts.columns', { draftId, fileNo });
    const reached = dieAt(step);
    await bench.ask('drafts.read', {
      draftId,
      fileNo,
      mapping: { ...mapping, columns: { ...mapping.columns, genre: { constant: 'humor' } } },
    });
    await reached;
    return { draftId, fileNo };
  }

  it.each(['check', 'clear'] as const)(
    'begins it anew as it was asked for, and keeps the edits (%s)',
    async (step) => {
      const { draftId, fileNo } = await dieChecking(step);
      const draft = await afterDeath(draftId);
      expect(draft.files[0]).toMatchObject({ state: 'checked', accepted: 2, rejected: 1, editedCells: 1 });
      const { canonical } = await bench.ask('drafts.columns', { draftId, fileNo });
      expect(canonical.find(({ column }) => column === 'genre')?.source).toEqual({
        kind: 'constant',
        value: 'humor',
      });
    },
  );

  it('reads the copy that is whole, though the original is gone', async () => {
    const { draftId } = await dieChecking();
    unlinkSync(join(bench.world.dir, 'books.csv'));
    expect((await afterDeath(draftId)).files[0]).toMatchObject({ state: 'checked', editedCells: 1 });
  });

  it('copies the file again where the copy is torn', async () => {
    const { draftId, fileNo } = await dieChecking();
    truncateSync(copyOf(draftId, fileNo, 'csv'), 30);
    unlinkSync(copyOf(draftId, fileNo, 'json'));
    const draft = await afterDeath(draftId);
    expect(draft.files[0]).toMatchObject({ state: 'checked', rows: 3, editedCells: 1 });
    expect((await bench.rows(draftId, fileNo))[0]?.cells).toEqual(['B1', 'Matilda', 'x']);
  });

  it('says on its card that the original is missing where nothing else is left', async () => {
    const { draftId, fileNo } = await dieChecking();
    unlinkSync(copyOf(draftId, fileNo, 'json'));
    unlinkSync(join(bench.world.dir, 'books.csv'));
    expect((await afterDeath(draftId)).files[0]).toMatchObject({
      state: 'failed',
      error: { code: 'file.missing' },
    });
  });
});

describe('a death while a file is added', () => {
  it('leaves the file in the draft, under its own number', async () => {
    const { draftId } = await bench.open({ 'books.csv': TERM['books.csv'] });
    const reached = dieAt('open');
    const path = bench.file('students.csv', TERM['students.csv']);
    const adding = bench.ask('drafts.add', { draftId, files: [path] }).catch(() => undefined);
    await reached;
    const { files } = await afterDeath(draftId);
    expect(files.map(({ fileNo, name, state, accepted }) => [fileNo, name, state, accepted])).toEqual([
      [0, 'books.csv', 'checked', 2],
      [1, 'students.csv', 'checked', 1],
    ]);
    void adding;
  });
});

describe('a note that is damaged', () => {
  it('is left out of the list and harms nothing', async () => {
    const { draftId } = await bench.open({ 'books.csv': TERM['books.csv'] });
    const other = await bench.open({ 'students.csv': TERM['students.csv'] });
    await bench.restart();
    const note = join(bench.world.dir, 'drafts', `${draftId}.json`);
    writeFileSync(note, readFileSync(note, 'utf8').slice(0, 40));
    const { drafts } = await bench.ask('drafts.list', {});
    expect(drafts.map((one) => one.draftId)).toEqual([other.draftId]);
    expect(await bench.refusal('drafts.show', { draftId })).toBe('draft.unknown');
    expect((await bench.ready(other.draftId)).files[0]?.state).toBe('checked');
  });
});

describe('findings that are damaged', () => {
  /** Returns what mends it. */
  function damage(draftId: string): () => void {
    const dir = join(bench.world.dir, 'workspace', draftId);
    const path = join(dir, 'state.sqlite');
    for (const ending of ['-wal', '-shm']) rmSync(`${path}${ending}`, { force: true });
    const whole = readFileSync(path);
    writeFileSync(path, 'no database at all, but long enough to be taken for one');
    return () => writeFileSync(path, whole);
  }

  it('are read again by the next who asks, once they are whole', async () => {
    const { draftId } = await bench.open({ 'books.csv': TERM['books.csv'] });
    await bench.restart();
    const mend = damage(draftId);
    expect(await bench.refusal('drafts.show', { draftId })).toBe('workspace.failed');
    mend();
    expect((await bench.ready(draftId)).files[0]).toMatchObject({ state: 'checked', rejected: 1 });
  });

  it('are told, and the draft can be discarded', async () => {
    const { draftId } = await bench.open({ 'books.csv': TERM['books.csv'] });
    await bench.restart();
    damage(draftId);
    expect(await bench.refusal('drafts.show', { draftId })).toBe('workspace.failed');
    await bench.ask('drafts.discard', { draftId });
    expect((await bench.ask('drafts.list', {})).drafts).toEqual([]);
  });
});
