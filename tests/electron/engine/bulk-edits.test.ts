import { expect, it } from 'vitest';
import { type BulkEdit, type PlannedEdit, planBulkEdit } from '../../../electron/engine/bulk-edits.ts';
import { damageOf } from '../../../electron/engine/check.ts';
import { BOOKS, editing, STUDENTS } from './editing.ts';

const on = editing();

const plan = (bulk: BulkEdit, fileNo = 0): Promise<PlannedEdit> =>
  planBulkEdit(on.checked.context, on.file(fileNo), bulk);
const texts = ({ edits }: PlannedEdit): [number, number, string | null][] =>
  edits.map(({ row, position, text }) => [row, position, text]);
const notANumber = (column: string, value: string | null = null): BulkEdit => ({
  kind: 'suggestions',
  code: 'value.not-a-number',
  column,
  value,
});

it('suggestions are applied to every cell that has one, and words alone change nothing', async () => {
  await on.open([`${STUDENTS}S1,Grade 4,9,T,1\nS2,five,10,T,1\nS3,Grade 5,10,T,1\nS4,6,11,T,1\n`]);
  const planned = await plan(notANumber('grade_level'));
  expect(texts(planned)).toEqual([
    [1, 1, '4'],
    [3, 1, '5'],
  ]);
  expect(planned.examples).toEqual([
    { row: 1, before: 'Grade 4', after: '4' },
    { row: 3, before: 'Grade 5', after: '5' },
  ]);
  expect(planned.label).toBe('Write it as a plain number: 2 cells of grade_level');
  await on.session.edit(planned.label, planned.edits);
  expect(await on.told(0)).toEqual(['2 value.not-a-number grade_level']);
});

it('suggestions are told of the column as the file calls it', async () => {
  await on.open(['book_id,title,Reading Level\nB1,One,"4,4"\nB2,Two,Level 3.1\n']);
  const planned = await plan(notANumber('reading_level'));
  expect(texts(planned)).toEqual([
    [1, 2, '4.4'],
    [2, 2, '3.1'],
  ]);
  expect(planned.label).toBe('Write it as a plain number: 2 cells of Reading Level');
  await on.session.edit(planned.label, planned.edits);
});

it('suggestions may be applied to one text alone, wherever it stands', async () => {
  await on.open([`${STUDENTS}S1,Grade 4,9,T,1\nS2,Grade 5,10,T,1\nS3,Grade 4,9,T,1\n`]);
  const planned = await plan(notANumber('grade_level', 'Grade 4'));
  expect(texts(planned).map(([row]) => row)).toEqual([1, 3]);
  await on.session.edit(planned.label, planned.edits);
});

it('suggestions go to the cell they were made for, where two columns hold the same thing', async () => {
  await on.open(['book_id,title,pages,page_count\nB1,One,about 90,\nB2,Two,,about 80\n']);
  const planned = await plan(notANumber('page_count'));
  expect(texts(planned)).toEqual([
    [1, 2, '90'],
    [2, 3, '80'],
  ]);
  await on.session.edit(planned.label, planned.edits);
});

it('text is replaced as the cells are now, edits included and rows that are left out excluded', async () => {
  await on.open([`${BOOKS}B1,Old Yeller,1\nB2,Yeller too,1\nB3,Other,1\nB4,Yeller,1\n`]);
  await on.edit(0, 3, 1, 'Yeller again');
  await on.session.skip('Leave it out', 0, [4], true);
  const rule = {
    kind: 'replace',
    find: 'yeller',
    replacement: 'Dog',
    whole: false,
    matchCase: false,
  } as const;
  const planned = await plan({ kind: 'change', position: 1, rule });
  expect(texts(planned)).toEqual([
    [1, 1, 'Old Dog'],
    [2, 1, 'Dog too'],
    [3, 1, 'Dog again'],
  ]);
  expect(planned.label).toBe('Replaced text: 3 cells of title');
  await on.session.edit(planned.label, planned.edits);
  await on.session.undo();
  expect((await on.session.page(0, 3, 1))[0]?.cells[1]).toBe('Yeller again');
});

it('a finding of the damage doctor is put right in its column, and nowhere else', async () => {
  await on.open(['book_id,title,isbn\nB1,CafÃ© Noir,439023483\nB2,Sound,0439023483\n']);
  const [zeros, garbled] = ['isbn-leading-zero', 'mojibake'].map((kind) =>
    damageOf(on.file(0)).find((finding) => finding.kind === kind),
  );
  if (zeros === undefined || garbled === undefined) throw new Error('the damage was not found');
  const isbns = await plan({ kind: 'repair', finding: zeros });
  const titles = await plan({ kind: 'repair', finding: garbled });
  expect([...texts(isbns), ...texts(titles)]).toEqual([
    [1, 2, '0439023483'],
    [1, 1, 'Café Noir'],
  ]);
  await on.session.edit(isbns.label, isbns.edits);
  await on.session.edit(titles.label, titles.edits);
  expect((await on.session.page(0, 1, 1))[0]?.cells).toEqual(['B1', 'Café Noir', '0439023483']);
});
