import { expect, it } from 'vitest';
import { editsOf, NEVER } from './edit-harness.ts';
import { BOOKS, editing } from './editing.ts';

const on = editing();

it('a mended cell makes its row accepted and takes its issue away', async () => {
  await on.open([`${BOOKS}B1,One,100\nB2,Two,many\n`]);
  expect(await on.told(0)).toEqual(['2 value.not-a-number page_count']);
  expect(await on.edit(0, 2, 2, '200', 'Mend it')).toEqual({ label: 'Mend it', cells: 1, rows: 1 });
  expect(await on.told(0)).toEqual([]);
  expect(on.states(0)).toEqual(['fits', 'fits']);
  expect(on.file(0).facts.counts()).toEqual({ rows: 2, accepted: 2, rejected: 0, skipped: 0 });
});

it('a spoilt cell rejects its row, with the new text as the value of the issue', async () => {
  await on.open([`${BOOKS}B1,One,100\nB2,Two,200\n`]);
  await on.edit(0, 1, 2, 'lots');
  expect(on.states(0)).toEqual(['', 'fits']);
  const issues = await on.checked.context.ports.workspace.issues(
    on.checked.checkId,
    0,
    { offset: 0, limit: 9 },
    NEVER,
  );
  expect(issues.map(({ row, line, code, value }) => ({ row, line, code, value }))).toEqual([
    { row: 1, line: 2, code: 'value.not-a-number', value: 'lots' },
  ]);
});

it('a page shows the edited cells, what stood there before, and the state of each row', async () => {
  await on.open([`${BOOKS}B1,One,100\nB2,Two,200\n`]);
  await on.edit(0, 2, 1, '');
  expect(await on.session.page(0, 1, 10)).toEqual([
    { row: 1, line: 2, cells: ['B1', 'One', '100'], fault: null, state: 1, edited: [] },
    {
      row: 2,
      line: 3,
      cells: ['B2', '', '200'],
      fault: null,
      state: 0,
      edited: [{ position: 1, original: 'Two' }],
    },
  ]);
});

it('an edit of a skipped row waits until the row is taken back in', async () => {
  await on.open([`${BOOKS}B1,One,x\n`]);
  await on.session.skip('Skip', 0, [1], true);
  await on.edit(0, 1, 2, '12');
  expect(on.states(0)).toEqual(['skipped']);
  await on.session.skip('Take in', 0, [1], false);
  expect(on.states(0)).toEqual(['fits']);
});

it('a row whose quote never closes is typed anew, and is what it was once the cells are given back', async () => {
  await on.open([`${BOOKS}B1,"One,1\nB2,Two,2\n`]);
  expect(await on.told(0)).toEqual(['1 csv.quote-unclosed null']);
  const typed = ['B1', 'One', '1'].map((text, position) => ({ fileNo: 0, row: 1, position, text }));
  await on.session.edit('Type it anew', typed);
  expect(on.states(0)).toEqual(['fits', 'fits']);
  expect((await on.session.page(0, 1, 1))[0]).toMatchObject({ cells: ['B1', 'One', '1'], fault: null });
  await on.session.edit(
    'Back',
    typed.map((one) => ({ ...one, text: null })),
  );
  expect(await on.told(0)).toEqual(['1 csv.quote-unclosed null']);
  expect((await on.session.page(0, 1, 1))[0]).toMatchObject({ fault: 'quote-unclosed', edited: [] });
});

it('the text of a broken row typed into its first cell is an edit: the row is no longer broken', async () => {
  await on.open([`${BOOKS}"B1\nB2,Two,2\n`]);
  const [row] = await on.session.page(0, 1, 1);
  await on.edit(0, 1, 0, row?.cells[0] ?? '');
  expect(await on.told(0)).toEqual(['1 csv.cells-missing null', '1 value.required title']);
});

it('a broken row of which only one cell is typed has nothing of its old text in the others', async () => {
  await on.open([`${BOOKS}"B1\n`]);
  await on.edit(0, 1, 1, 'One');
  expect((await on.session.page(0, 1, 1))[0]?.cells).toEqual(['', 'One']);
  expect(await on.told(0)).toEqual(['1 csv.cells-missing null', '1 value.required book_id']);
});

it('an edit behind the last cell fills the gap with blanks', async () => {
  await on.open([`${BOOKS}B1\n`]);
  expect(await on.told(0)).toEqual(['1 csv.cells-missing null', '1 value.required title']);
  await on.edit(0, 1, 2, '12');
  expect(await on.told(0)).toEqual(['1 value.required title']);
  expect((await on.session.page(0, 1, 1))[0]).toMatchObject({
    cells: ['B1', '', '12'],
    edited: [{ position: 2, original: '' }],
  });
  await on.edit(0, 1, 1, 'One');
  expect(on.states(0)).toEqual(['fits']);
});

it('surplus cells that are blanked no longer reject their row', async () => {
  await on.open([`${BOOKS}B1,One,1,left,over\n`]);
  expect(await on.told(0)).toEqual(['1 csv.cells-surplus null']);
  await on.session.edit(
    'Blank them',
    [3, 4].map((position) => ({ fileNo: 0, row: 1, position, text: '' })),
  );
  expect(await on.told(0)).toEqual(['1 csv.cells-surplus-blank null']);
  expect(on.states(0)).toEqual(['fits']);
});

it('edits that change nothing are no operation', async () => {
  await on.open([`${BOOKS}B1,One,1\nB2,Two,2\n`]);
  expect(await on.session.edit('None', [])).toBeNull();
  expect(await on.edit(0, 1, 1, 'One')).toBeNull();
  expect(await on.edit(0, 1, 1, null)).toBeNull();
  expect(await on.session.skip('Not left out', 0, [1], false)).toBeNull();
  await on.edit(0, 1, 1, 'Uno');
  expect(await on.edit(0, 1, 1, 'Uno')).toBeNull();
  const both = [
    { fileNo: 0, row: 1, position: 1, text: 'Uno' },
    { fileNo: 0, row: 2, position: 1, text: 'Dos' },
  ];
  expect(await on.session.edit('One of two', both)).toEqual({ label: 'One of two', cells: 1, rows: 1 });
  expect(await on.labels()).toEqual(['Edit', 'One of two']);
});

it('the text of the file typed again is the cell given back', async () => {
  await on.open([`${BOOKS}B1,One,1\n`]);
  await on.edit(0, 1, 1, 'Uno');
  await on.edit(0, 1, 1, 'One');
  expect(editsOf(on.checked)).toEqual([[0, new Map()]]);
  await on.session.undo();
  expect((await on.session.page(0, 1, 1))[0]?.cells[1]).toBe('Uno');
});

it('the last of two edits of one cell counts', async () => {
  await on.open([`${BOOKS}B1,One,x\n`]);
  const twice = ['many', '7'].map((text) => ({ fileNo: 0, row: 1, position: 2, text }));
  expect(await on.session.edit('Twice', twice)).toMatchObject({ cells: 1 });
  expect(on.states(0)).toEqual(['fits']);
});

it('a cell that no row has is refused, and nothing of the operation is done', async () => {
  await on.open([`${BOOKS}B1,One,1\n`]);
  const good = { fileNo: 0, row: 1, position: 1, text: 'Uno' };
  for (const bad of [
    { fileNo: 0, row: 2, position: 0, text: 'x' },
    { fileNo: 0, row: 0, position: 0, text: 'x' },
    { fileNo: 0, row: 1, position: 3, text: 'x' },
    { fileNo: 0, row: 1, position: -2, text: 'x' },
    { fileNo: 0, row: 1, position: 0.5, text: 'x' },
    { fileNo: 1, row: 1, position: 0, text: 'x' },
  ])
    await expect(on.session.edit('Bad', [good, bad])).rejects.toThrow(RangeError);
  expect(editsOf(on.checked)).toEqual([[0, new Map()]]);
  expect(await on.labels()).toEqual([]);
});

it('half a surrogate pair is kept as the sign for a lost character, in cell and issue alike', async () => {
  await on.open([`${BOOKS}B1,One,1\n`]);
  await on.edit(0, 1, 2, '\ud83d');
  expect((await on.session.page(0, 1, 1))[0]?.cells[2]).toBe('\ufffd');
  expect(await on.edit(0, 1, 2, '\ud83d')).toBeNull();
});
