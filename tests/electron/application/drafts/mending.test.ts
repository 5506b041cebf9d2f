import { describe, expect, it } from 'vitest';
import type { DraftView } from '../../../../shared/contract/drafts.ts';
import { BOOKS, CHECKOUTS, draftBench, fileOf, STUDENTS } from './draft-bench.ts';

const bench = draftBench();

async function opened(files: Readonly<Record<string, string>>): Promise<{
  draftId: string;
  no(name: string): number;
}> {
  const draft = await bench.open(files);
  return { draftId: draft.draftId, no: (name) => fileOf(draft, `${name}.csv`).fileNo };
}

async function counts(draftId: string): Promise<string[]> {
  const { draft } = await bench.ask('drafts.show', { draftId });
  return draft.files.map(({ accepted, rejected, skipped }) => `${accepted} ${rejected} ${skipped}`);
}

describe('mending', () => {
  it('of one cell is checked at once and told in words', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,Matilda,many\n` });
    const { outcome } = await bench.ask('drafts.edit', {
      draftId,
      fileNo: no('books'),
      edits: [{ row: 1, position: 2, text: '240' }],
    });
    expect(outcome).toMatchObject({ label: 'Changed page_count in row 1', cells: 1, rows: 1 });
    expect(outcome?.draft.undo).toBe('Changed page_count in row 1');
    expect(outcome?.draft.files[0]).toMatchObject({ accepted: 1, rejected: 0, errors: 0, editedCells: 1 });
  });

  it('of a block of cells is one operation, and what reads so already is no part of it', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,,x\nB2,Holes,x\n` });
    const { outcome } = await bench.ask('drafts.edit', {
      draftId,
      fileNo: no('books'),
      edits: [
        { row: 1, position: 1, text: 'Matilda' },
        { row: 1, position: 2, text: '' },
        { row: 2, position: 1, text: 'Holes' },
        { row: 2, position: 2, text: '233' },
      ],
    });
    expect(outcome).toMatchObject({ label: 'Changed 4 cells', cells: 3, rows: 2 });
    expect(await counts(draftId)).toEqual(['2 0 0']);
    const { outcome: undone } = await bench.ask('drafts.undo', { draftId });
    expect(undone).toMatchObject({ cells: 3 });
    expect(await counts(draftId)).toEqual(['0 2 0']);
  });

  it('says in which file undo and redo would turn something, and forgets those of a file that was taken out', async () => {
    const { draftId, no } = await opened({
      'books.csv': `${BOOKS}B1,,x\n`,
      'students.csv': `${STUDENTS}S1,four,9,Ms. Okafor,1\n`,
    });
    await bench.edit(draftId, no('books'), 1, 1, 'Matilda');
    await bench.edit(draftId, no('students'), 1, 1, '4');
    const turns = async () => {
      const { undoFileNo, redoFileNo } = await bench.ready(draftId);
      return [undoFileNo, redoFileNo];
    };
    expect(await turns()).toEqual([no('students'), null]);
    await bench.ask('drafts.undo', { draftId });
    expect(await turns()).toEqual([no('books'), no('students')]);
    await bench.ask('drafts.redo', { draftId });
    await bench.ask('drafts.remove', { draftId, fileNo: no('students') });
    expect(await turns()).toEqual([no('books'), null]);
    expect((await bench.ask('drafts.undo', { draftId })).outcome?.cells).toBe(1);
    expect(await turns()).toEqual([null, no('books')]);
  });

  it('takes an edit back with null', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,Matilda,many\n` });
    await bench.edit(draftId, no('books'), 1, 2, '240');
    await bench.edit(draftId, no('books'), 1, 2, null);
    const [row] = await bench.rows(draftId, no('books'));
    expect([row?.cells[2], row?.edited, row?.state]).toEqual(['many', [], 'rejected']);
  });

  it('leaves rows out and takes them back', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,,\nB2,Holes,\n` });
    const fileNo = no('books');
    const skip = (rows: number[], skipped: boolean) =>
      bench.ask('drafts.skip', { draftId, fileNo, rows, skipped });
    const { outcome } = await skip([1, 2], true);
    expect(outcome?.label).toBe('Left out 2 rows');
    expect(await counts(draftId)).toEqual(['0 0 2']);
    expect(await bench.issues(draftId, fileNo)).toEqual([]);
    expect((await skip([1], false)).outcome?.label).toBe('Took back row 1');
    expect(await counts(draftId)).toEqual(['0 1 1']);
    expect(await bench.issues(draftId, fileNo)).toEqual(['1 value.required title']);
    expect((await skip([1], false)).outcome).toBeNull();
  });

  it('of a repeated key brings its twin back', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,Matilda,\nB1,Holes,\n` });
    expect(await bench.issues(draftId, no('books'))).toEqual(['1 key.repeated book_id']);
    await bench.edit(draftId, no('books'), 2, 0, 'B2');
    expect(await bench.issues(draftId, no('books'))).toEqual([]);
    expect(await counts(draftId)).toEqual(['2 0 0']);
  });

  it('of a book’s id is felt by its checkouts', async () => {
    const { draftId, no } = await opened({
      'books.csv': `${BOOKS}B1,Matilda,\n`,
      'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\n`,
      'checkouts.csv': `${CHECKOUTS}S1,B1,2026-09-01\n`,
    });
    await bench.edit(draftId, no('books'), 1, 0, 'B2');
    expect(await bench.issues(draftId, no('checkouts'))).toEqual(['1 reference.missing-book book_id']);
    await bench.ask('drafts.undo', { draftId });
    expect(await bench.issues(draftId, no('checkouts'))).toEqual([]);
    expect(await counts(draftId)).toEqual(['1 0 0', '1 0 0', '1 0 0']);
  });

  it('of a cell that does not exist changes nothing', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,Matilda,x\n` });
    const fileNo = no('books');
    for (const wrong of [
      { row: 2, position: 0 },
      { row: 1, position: 3 },
    ]) {
      const edits = [
        { row: 1, position: 2, text: '240' },
        { ...wrong, text: 'x' },
      ];
      expect(await bench.refusal('drafts.edit', { draftId, fileNo, edits })).toBe('draft.file-unknown');
    }
    expect(await bench.refusal('drafts.skip', { draftId, fileNo, rows: [1, 9], skipped: true })).toBe(
      'draft.file-unknown',
    );
    expect(
      await bench.refusal('drafts.edit', { draftId, fileNo: 7, edits: [{ row: 1, position: 0, text: '' }] }),
    ).toBe('draft.file-unknown');
    expect(await counts(draftId)).toEqual(['0 1 0']);
    expect((await bench.ask('drafts.operations', { draftId })).operations).toEqual([]);
  });

  it('is undone and redone to both ends', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,,x\n` });
    const turn = async (route: 'drafts.undo' | 'drafts.redo'): Promise<string | null> => {
      const { outcome, draft } = await bench.ask(route, { draftId });
      expect(draft.draftId).toBe(draftId);
      return outcome?.label ?? null;
    };
    await bench.edit(draftId, no('books'), 1, 1, 'Matilda');
    await bench.edit(draftId, no('books'), 1, 2, '240');
    await bench.ask('drafts.skip', { draftId, fileNo: no('books'), rows: [1], skipped: true });
    expect(await turn('drafts.redo')).toBeNull();
    expect([await turn('drafts.undo'), await turn('drafts.undo'), await turn('drafts.undo')]).toEqual([
      'Left out row 1',
      'Changed page_count in row 1',
      'Changed title in row 1',
    ]);
    expect(await turn('drafts.undo')).toBeNull();
    expect(await counts(draftId)).toEqual(['0 1 0']);
    expect([await turn('drafts.redo'), await turn('drafts.redo'), await turn('drafts.redo')]).toEqual([
      'Changed title in row 1',
      'Changed page_count in row 1',
      'Left out row 1',
    ]);
    expect(await counts(draftId)).toEqual(['0 0 1']);
    await turn('drafts.undo');
    const { operations } = await bench.ask('drafts.operations', { draftId });
    expect(operations).toEqual([
      { label: 'Changed title in row 1', undone: false },
      { label: 'Changed page_count in row 1', undone: false },
      { label: 'Left out row 1', undone: true },
    ]);
  });
});

describe('several at once', () => {
  it('edits of two pages follow each other and none is lost', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `B${i + 1},,x`).join('\n');
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}${rows}\n` });
    const fileNo = no('books');
    const all = Array.from({ length: 20 }, (_, i) => [
      bench.edit(draftId, fileNo, i + 1, 1, `Title ${i + 1}`),
      bench.edit(draftId, fileNo, i + 1, 2, `${i + 1}`),
    ]);
    await Promise.all(all.flat());
    expect(await counts(draftId)).toEqual(['20 0 0']);
    expect((await bench.ask('drafts.operations', { draftId })).operations).toHaveLength(40);
  });

  it('an edit waits for the check that is running', async () => {
    const { draftId, no } = await opened({ 'books.csv': `${BOOKS}B1,,x\n` });
    const { fileNo, draft } = await startChecking(draftId);
    expect(draft.files.map(({ state }) => state)).toContain('opening');
    await bench.edit(draftId, no('books'), 1, 1, 'Matilda');
    const { draft: after } = await bench.ask('drafts.show', { draftId });
    expect(after.files.map(({ state }) => state)).toEqual(['checked', 'checked']);
    expect(after.files.find((file) => file.fileNo === fileNo)?.accepted).toBe(1);
  });

  it('a file that is being read cannot be edited before it is there', async () => {
    const path = bench.file('books.csv', `${BOOKS}B1,,x\n`);
    const { draft } = await bench.ask('drafts.open', { profileId: null, files: [path] });
    const { draftId } = draft;
    expect(await bench.refusal('drafts.rows', { draftId, fileNo: 0, from: 1, count: 1 })).toBe('draft.busy');
    await bench.edit(draftId, 0, 1, 1, 'Matilda');
    expect((await bench.rows(draftId, 0))[0]?.cells[1]).toBe('Matilda');
  });
});

async function startChecking(draftId: string): Promise<{ fileNo: number; draft: DraftView }> {
  const path = bench.file('students.csv', `${STUDENTS}S1,4,9,Ms. Okafor,1\n`);
  const { draft } = await bench.ask('drafts.add', { draftId, files: [path] });
  return { fileNo: fileOf(draft, 'students.csv').fileNo, draft };
}
