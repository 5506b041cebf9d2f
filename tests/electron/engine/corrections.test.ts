import { describe, expect, it } from 'vitest';
import { correctionsIn } from '../../../electron/engine/corrections.ts';
import { correcting, DRAFT, withCell } from './correcting.ts';

/** Rows 2, 3 and 5 are rejected: no grade, no age, an age that is no number. */
const STUDENTS =
  'student_id,grade_level,age,homeroom_teacher,lunch_period\n' +
  '001,4,9,Ms. Ahn,1\n' +
  '002,,9,Ms. Ahn,1\n' +
  '003,4,,Mr. Boe,2\n' +
  '004,4,10,Mr. Boe,2\n' +
  '005,5,ten,=Cee,2\n';

describe.each(['csv', 'xlsx'] as const)('rejected rows that come back as %s', (format) => {
  const correct = correcting();

  it('hold the cells, what is wrong, and a mark of draft, file and row', async () => {
    await correct.open(STUDENTS);
    const [header = [], ...rows] = await correct.exported(format);
    expect(header).toEqual([
      ...['student_id', 'grade_level', 'age', 'homeroom_teacher', 'lunch_period'],
      ...['What is wrong', `accession_row ${DRAFT}/0`],
    ]);
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ['002', '', '9', 'Ms. Ahn', '1'],
      ['003', '4', '', 'Mr. Boe', '2'],
      ['005', '5', 'ten', format === 'csv' ? "'=Cee" : '=Cee', '2'],
    ]);
    expect(rows.map((row) => row[5]?.split(':')[0])).toEqual(['grade_level', 'age', 'age']);
    expect(rows.map((row) => row[6]?.slice(0, 3))).toEqual(['r2-', 'r3-', 'r5-']);
  });

  it('change nothing where nothing was corrected', async () => {
    await correct.open(STUDENTS);
    const plan = await correct.plan(await correct.saved(await correct.exported(format), format));
    expect(plan).toEqual({
      ...{ edits: [], rows: 0, returned: 3, notFound: 0, repeated: 0 },
      ...{ changedSince: 0, cut: 0, beyond: 0, retyped: 0 },
    });
  });

  it('give exactly the cells that were corrected, which then load', async () => {
    await correct.open(STUDENTS);
    const table = withCell(withCell(await correct.exported(format), 1, 1, '4'), 3, 2, '10');
    const plan = await correct.plan(await correct.saved(table, format, `another name.${format}`));
    expect(plan.edits).toEqual([
      { fileNo: 0, row: 2, position: 1, text: '4' },
      { fileNo: 0, row: 5, position: 2, text: '10' },
    ]);
    expect(plan.rows).toBe(2);
    await correct.session.edit('Corrections', plan.edits);
    expect(correct.file.facts.counts()).toMatchObject({ accepted: 4, rejected: 1 });
  });

  it('are found again when sorted another way, with rows deleted and added', async () => {
    await correct.open(STUDENTS);
    const [header = [], first = [], , third = []] = await correct.exported(format);
    const added = ['006', '1', '6', 'Ms. Dee', '1', '', ''];
    const table = [header, added, third.with(2, '11'), first.with(1, '3')];
    const plan = await correct.plan(await correct.saved(table, format));
    expect(plan.edits.map(({ row, text }) => `${row} ${text}`)).toEqual(['2 3', '5 11']);
    expect(plan).toMatchObject({ returned: 2, notFound: 1 });
  });

  it('are found again when columns were moved, added and taken away', async () => {
    await correct.open(STUDENTS);
    const table = await correct.exported(format);
    const moved = table.map(([id = '', grade = '', age = '', , lunch = '', , mark = '']) => [
      ...[mark, age, 'mine', lunch, grade, id],
    ]);
    const named = withCell(moved, 0, 2, 'My own notes');
    expect(await correct.edits(withCell(withCell(named, 2, 1, '9'), 1, 4, '4'), format)).toEqual([
      '2 1 4',
      '3 2 9',
    ]);
  });

  it('leave alone what was changed in the draft since, and take the rest', async () => {
    await correct.open(STUDENTS);
    const table = await correct.exported(format);
    await correct.session.edit('By hand', [{ fileNo: 0, row: 2, position: 1, text: '6' }]);
    const returned = withCell(withCell(withCell(table, 1, 1, '4'), 1, 2, '8'), 2, 2, '9');
    const plan = await correct.plan(await correct.saved(returned, format));
    expect(plan.edits.map(({ row, position, text }) => `${row} ${position} ${text}`)).toEqual([
      '2 2 8',
      '3 2 9',
    ]);
    expect(plan.changedSince).toBe(1);
  });

  it('are no conflict where both wrote the same, or only the draft changed', async () => {
    await correct.open(STUDENTS);
    const table = await correct.exported(format);
    await correct.session.edit('By hand', [
      { fileNo: 0, row: 2, position: 1, text: '4' },
      { fileNo: 0, row: 3, position: 2, text: '9' },
    ]);
    const plan = await correct.plan(await correct.saved(withCell(table, 1, 1, '4'), format));
    expect(plan).toMatchObject({ edits: [], changedSince: 0 });
  });

  it('take the cells as they stood in the draft when they were exported', async () => {
    await correct.open(STUDENTS);
    await correct.session.edit('By hand', [{ fileNo: 0, row: 5, position: 2, text: 'eleven' }]);
    const table = await correct.exported(format);
    expect(table[3]?.[2]).toBe('eleven');
    expect(await correct.edits(withCell(table, 3, 2, '11'), format)).toEqual(['5 2 11']);
  });

  it('are refused in words where rows and marks no longer belong together', async () => {
    await correct.open(STUDENTS);
    const [header = [], one = [], two = [], three = []] = await correct.exported(format);
    const table = [header, one.with(6, two[6] ?? ''), two.with(6, one[6] ?? ''), three];
    await expect(correct.plan(await correct.saved(table, format))).rejects.toMatchObject({
      code: 'draft.corrections-mixed',
    });
  });

  it('are refused in words by another draft', async () => {
    await correct.open(STUDENTS);
    const returned = await correct.saved(await correct.exported(format), format);
    await expect(correct.plan(returned, '11111111-3f40-4152-8364-758697a8b9ca')).rejects.toMatchObject({
      code: 'draft.corrections-foreign',
    });
  });

  it('take no row that came back twice in different ways', async () => {
    await correct.open(STUDENTS);
    const [header = [], one = [], two = []] = await correct.exported(format);
    const table = [header, one.with(1, '4'), one.with(1, '5'), two.with(2, '9'), two.with(2, '9')];
    const plan = await correct.plan(await correct.saved(table, format));
    expect(plan.edits.map(({ row, text }) => `${row} ${text}`)).toEqual(['3 9']);
    expect(plan.repeated).toBe(1);
  });

  it('leave sound cells alone that a spreadsheet only wrote in another way', async () => {
    await correct.open(STUDENTS);
    const table = await correct.exported(format);
    const plan = await correct.plan(
      await correct.saved(withCell(withCell(table, 1, 0, '2'), 1, 1, '4'), format),
    );
    expect(plan.edits.map(({ position, text }) => `${position} ${text}`)).toEqual(['1 4']);
    expect(plan.retyped).toBe(1);
  });

  it('take a new way of writing for a cell that was wrong', async () => {
    await correct.open('student_id,book_id,checkout_date\n01,B1,9/3/2026\n');
    const table = withCell(await correct.exported(format), 1, 2, '2026-09-03');
    expect(await correct.edits(withCell(table, 1, 0, '1'), format)).toEqual(['1 2 2026-09-03']);
  });

  it('give back a text with line breaks and quotes without a change', async () => {
    await correct.open(STUDENTS.replace('002,,9,Ms. Ahn', '002,,9,"Ms. ""A""\r\nAhn\t"'));
    const table = await correct.exported(format);
    const teacher = table[1]?.[3] ?? '';
    expect(await correct.edits(withCell(table, 1, 3, teacher.replaceAll('\r\n', '\n')), format)).toEqual([]);
  });

  it('merge nothing back into a cell that was exported cut', async () => {
    const long = `Ms. ${'x'.repeat(40_000)}`;
    await correct.open(STUDENTS.replace('002,,9,Ms. Ahn', `002,,9,${long}`));
    const table = await correct.exported(format);
    expect(table[1]?.[3]).toHaveLength(32_000 + (table[1]?.[3] ?? '').slice(32_000).length);
    expect(table[1]?.[3]).toContain('40004 characters, cut here');
    const untouched = await correct.plan(await correct.saved(table, format));
    expect(untouched).toMatchObject({ edits: [], cut: 0 });
    const plan = await correct.plan(await correct.saved(withCell(table, 1, 3, 'Ms. X'), format));
    expect(plan).toMatchObject({ edits: [], cut: 1 });
  });

  it('show cells behind the last heading, and take back that they were cleared', async () => {
    await correct.open(STUDENTS.replace('002,,9,Ms. Ahn,1', '002,4,9,Ahn, Ms.,1'));
    const table = await correct.exported(format);
    expect(table[0]?.slice(4, 7)).toEqual(['lunch_period', 'Extra cell 6', 'What is wrong']);
    const returned = [[3, 'Ms. Ahn'] as const, [4, '1'] as const, [5, ''] as const].reduce(
      (so, [column, text]) => withCell(so, 1, column, text),
      withCell(table, 2, 5, 'typed where the row has no cell'),
    );
    const plan = await correct.plan(await correct.saved(returned, format));
    expect(plan.edits.map(({ row, position, text }) => `${row} ${position} ${text}`)).toEqual([
      ...['2 3 Ms. Ahn', '2 4 1', '2 5 '],
    ]);
    expect(plan.beyond).toBe(1);
  });
});

describe('a file that is dropped', () => {
  const correct = correcting();

  it('is none of rejected rows where no heading says so', async () => {
    await correct.open(STUDENTS);
    expect(correctionsIn(await correct.opened('plain.csv', 'accession_row,age\n1,2\n'))).toBeNull();
  });

  it('is recognised as a workbook saved as CSV with semicolons in an old encoding', async () => {
    await correct.open(STUDENTS.replace('Mr. Boe,2\n004', 'Mr. Böe,2\n004'));
    const table = withCell(await correct.exported('xlsx'), 2, 2, '9');
    const text = table.map((row) => row.join(';')).join('\r\n');
    const returned = await correct.opened('saved.csv', text.replaceAll('ö', '?'));
    expect((await correct.plan(returned)).edits).toEqual([{ fileNo: 0, row: 3, position: 2, text: '9' }]);
    expect((await correct.plan(returned)).retyped).toBe(1);
  });

  it('is refused in words where all of its rows are those of the file as it was read before', async () => {
    await correct.open(STUDENTS);
    const table = await correct.exported('csv');
    const other = table.map((row, at) =>
      at === 0 ? row : row.with(6, (row[6] ?? '').replace(/^(r\d+-)..../, '$1zzzz')),
    );
    await expect(correct.plan(await correct.saved(other, 'csv'))).rejects.toMatchObject({
      code: 'draft.corrections-foreign',
    });
  });
});
