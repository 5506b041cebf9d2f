import { describe, expect, it } from 'vitest';
import { type Asked, BOOKS, draftBench, fileOf, STUDENTS } from './draft-bench.ts';

const bench = draftBench();

type Bulk = Asked<'drafts.plan'>['bulk'];

async function opened(name: string, text: string): Promise<{ draftId: string; fileNo: number }> {
  const draft = await bench.open({ [name]: text });
  return { draftId: draft.draftId, fileNo: fileOf(draft, name).fileNo };
}

/** Plans, does, undoes and does again; returns what was planned and the column's cells after each of them. */
async function thereAndBack(file: { draftId: string; fileNo: number }, bulk: Bulk, position: number) {
  const cells = async (): Promise<string[]> =>
    (await bench.rows(file.draftId, file.fileNo)).map((row) => row.cells[position] ?? '');
  const before = await cells();
  const plan = await bench.ask('drafts.plan', { ...file, bulk });
  expect(await cells()).toEqual(before);
  const { outcome } = await bench.ask('drafts.apply', { ...file, bulk });
  expect(outcome).toMatchObject({ label: plan.label, cells: plan.cells });
  const after = await cells();
  await bench.ask('drafts.undo', { draftId: file.draftId });
  expect(await cells()).toEqual(before);
  await bench.ask('drafts.redo', { draftId: file.draftId });
  expect(await cells()).toEqual(after);
  return { plan, after };
}

describe('a bulk edit does what its plan says', () => {
  const students = `${STUDENTS}S1,Grade 4,9,Ms. Okafor,1\nS2,grade 5,9,Ms. Okafor,1\nS3,Grade 4,9,Ms. Okafor,1\nS4,,9,Ms. Okafor,1\n`;

  it('with the suggestion for all cells alike', async () => {
    const file = await opened('students.csv', students);
    const bulk = {
      kind: 'suggestions',
      code: 'value.not-a-number',
      column: 'grade_level',
      value: 'Grade 4',
    } as const;
    const { plan, after } = await thereAndBack(file, bulk, 1);
    expect(plan).toMatchObject({
      label: 'Write it as a plain number: 2 cells of grade_level',
      cells: 2,
      examples: [
        { row: 1, before: 'Grade 4', after: '4' },
        { row: 3, before: 'Grade 4', after: '4' },
      ],
    });
    expect(after).toEqual(['4', 'grade 5', '4', '']);
  });

  it('with the suggestion for every cell of the column', async () => {
    const file = await opened('students.csv', students);
    const bulk = {
      kind: 'suggestions',
      code: 'value.not-a-number',
      column: 'grade_level',
      value: null,
    } as const;
    expect((await thereAndBack(file, bulk, 1)).after).toEqual(['4', '5', '4', '']);
  });

  it('unless something was mended since: then it does what there is to do now', async () => {
    const file = await opened('students.csv', students);
    const bulk = {
      kind: 'suggestions',
      code: 'value.not-a-number',
      column: 'grade_level',
      value: null,
    } as const;
    expect(await bench.ask('drafts.plan', { ...file, bulk })).toMatchObject({ cells: 3 });
    await bench.edit(file.draftId, file.fileNo, 2, 1, '6');
    const { outcome } = await bench.ask('drafts.apply', { ...file, bulk });
    expect(outcome).toMatchObject({ label: 'Write it as a plain number: 2 cells of grade_level', cells: 2 });
    const rows = await bench.rows(file.draftId, file.fileNo);
    expect(rows.map(({ cells }) => cells[1])).toEqual(['4', '6', '4', '']);
  });

  it('and not that of another one which was shown last', async () => {
    const file = await opened('students.csv', students);
    const bulk = { kind: 'suggestions', code: 'value.not-a-number', column: 'grade_level' } as const;
    await bench.ask('drafts.plan', { ...file, bulk: { ...bulk, value: null } });
    const { outcome } = await bench.ask('drafts.apply', { ...file, bulk: { ...bulk, value: 'grade 5' } });
    expect(outcome).toMatchObject({ cells: 1 });
  });

  it('by replacing a part of the cells', async () => {
    const file = await opened('books.csv', `${BOOKS}B1,The  End,\nB2,the end,\nB3,Holes,\n`);
    const bulk = {
      kind: 'replace',
      position: 1,
      find: 'the',
      replacement: 'A',
      whole: false,
      matchCase: true,
    } as const;
    const { plan, after } = await thereAndBack(file, bulk, 1);
    expect(plan).toMatchObject({ label: 'Replaced text: 1 cell of title', cells: 1, rules: [] });
    expect(after).toEqual(['The  End', 'A end', 'Holes']);
  });

  it('by replacing whole cells with nothing', async () => {
    const file = await opened('books.csv', `${BOOKS}B1,Matilda,unknown\nB2,Holes, Unknown \nB3,Hatchet,1\n`);
    const bulk = {
      kind: 'replace',
      position: 2,
      find: 'unknown',
      replacement: '',
      whole: true,
      matchCase: false,
    } as const;
    const { plan, after } = await thereAndBack(file, bulk, 2);
    expect(plan.rules).toEqual(['In Page count, “unknown” means nothing']);
    expect(after).toEqual(['', '', '1']);
  });

  it('by what the damage doctor found', async () => {
    const isbns = ['306406152', '140328726', '064404994', '439023483', '786838655'];
    const rows = isbns.map((isbn, i) => `B${i + 1},Title ${i + 1},${isbn}`).join('\n');
    const file = await opened('books.csv', `book_id,title,isbn\n${rows}\n`);
    const { findings } = await bench.ask('drafts.damage', file);
    const zeros = findings.find(({ kind }) => kind === 'isbn-leading-zero');
    expect(zeros).toMatchObject({ position: 2, repairable: true, onItsOwn: true, cells: 5 });
    const { after } = await thereAndBack(
      file,
      { kind: 'repair', position: 2, damage: 'isbn-leading-zero' },
      2,
    );
    expect(after[0]).toBe('0306406152');
  });

  it('by leaving out every row with an error, or with this one', async () => {
    const file = await opened('students.csv', students);
    const skip = async (code: 'value.required' | null, column: string | null) => {
      const bulk = { kind: 'skip', code, column } as const;
      const plan = await bench.ask('drafts.plan', { ...file, bulk });
      const { outcome } = await bench.ask('drafts.apply', { ...file, bulk });
      return [plan.cells, outcome?.cells, outcome?.label];
    };
    expect(await skip('value.required', 'grade_level')).toEqual([1, 1, 'Left out 1 row']);
    expect(await skip(null, null)).toEqual([3, 3, 'Left out 3 rows']);
    const { draft } = await bench.ask('drafts.undo', { draftId: file.draftId });
    expect(draft.files[0]).toMatchObject({ rejected: 3, skipped: 1 });
  });

  it('by leaving out no row that has only a warning', async () => {
    const file = await opened('books.csv', 'book_id,title,isbn\nB1,Matilda,123\nB2,,\n');
    const bulk = { kind: 'skip', code: null, column: null } as const;
    expect((await bench.ask('drafts.apply', { ...file, bulk })).outcome?.cells).toBe(1);
    const rows = await bench.rows(file.draftId, file.fileNo);
    expect(rows.map(({ state }) => state)).toEqual(['accepted', 'skipped']);
  });

  it('and nothing where nothing is alike', async () => {
    const file = await opened('students.csv', students);
    const none: Bulk[] = [
      { kind: 'suggestions', code: 'value.not-a-number', column: 'age', value: null },
      { kind: 'replace', position: 1, find: 'zzz', replacement: '', whole: true, matchCase: false },
      { kind: 'replace', position: 99, find: '4', replacement: '', whole: true, matchCase: false },
      { kind: 'repair', position: 1, damage: 'isbn-leading-zero' },
      { kind: 'skip', code: 'isbn.invalid', column: null },
    ];
    for (const bulk of none) {
      expect((await bench.ask('drafts.plan', { ...file, bulk })).cells).toBe(0);
      expect((await bench.ask('drafts.apply', { ...file, bulk })).outcome).toBeNull();
    }
    expect((await bench.ask('drafts.operations', { draftId: file.draftId })).operations).toEqual([]);
  });
});
