import { describe, expect, it } from 'vitest';
import { BOOKS, draftBench, fileOf } from './draft-bench.ts';

const bench = draftBench();

describe('a page of rows', () => {
  it('has the cells as they are, what would be loaded of them, states and issues', async () => {
    const draft = await bench.open({
      'books.csv': `book_id,title,isbn,genre,publication_year,page_count
B1,Matilda,306406152,"[""humor"", ""school""]",2008.0,4.0
B2,,,school,1990,100
B3,Holes,,N/A,1998,
`,
    });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    const rows = await bench.rows(draftId, fileNo);
    expect(rows.map(({ row, line, state, edited }) => ({ row, line, state, edited }))).toEqual([
      { row: 1, line: 2, state: 'accepted', edited: [] },
      { row: 2, line: 3, state: 'rejected', edited: [] },
      { row: 3, line: 4, state: 'accepted', edited: [] },
    ]);
    expect(rows[0]?.cells[4]).toBe('2008.0');
    // The list is written as it is loaded, so nothing is told of it.
    expect(rows[0]?.coerced).toEqual([
      { position: 2, text: '0306406152' },
      { position: 4, text: '2008' },
      { position: 5, text: '4' },
    ]);
    expect(rows[2]?.coerced).toEqual([{ position: 3, text: '' }]);
    expect(rows[1]?.issues.map(({ code, column }) => [code, column])).toEqual([['value.required', 'title']]);
  });

  it('shows what is loaded of the first of two columns that says something', async () => {
    const draft = await bench.open({ 'books.csv': 'book_id,title,pages,page_count\nB1,One,,240.0\n' });
    expect((await bench.rows(draft.draftId, 0))[0]?.coerced).toEqual([{ position: 3, text: '240' }]);
  });

  it('shows an edited cell with the text of the file beside it', async () => {
    const draft = await bench.open({ 'books.csv': `${BOOKS}B1,Matilda,many\n` });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    await bench.edit(draftId, fileNo, 1, 2, '240.0');
    const [row] = await bench.rows(draftId, fileNo);
    expect(row).toEqual({
      row: 1,
      line: 2,
      cells: ['B1', 'Matilda', '240.0'],
      state: 'accepted',
      edited: [{ position: 2, original: 'many' }],
      coerced: [{ position: 2, text: '240' }],
      issues: [],
    });
  });

  it('begins anywhere and ends with the file', async () => {
    const books = Array.from({ length: 30 }, (_, i) => `B${i + 1},Title ${i + 1},`).join('\n');
    const draft = await bench.open({ 'books.csv': `${BOOKS}${books}\n` });
    const { fileNo } = fileOf(draft, 'books.csv');
    const numbers = async (from: number, count: number): Promise<number[]> =>
      (await bench.rows(draft.draftId, fileNo, from, count)).map(({ row }) => row);
    expect(await numbers(0, 2)).toEqual([1, 2]);
    expect(await numbers(29, 5)).toEqual([29, 30]);
    expect(await numbers(31, 5)).toEqual([]);
  });
});

/** 1,000 books; every 100th has no title. */
function manyBooks(): string {
  const row = (i: number): string => `B${i},${i % 100 === 0 ? '' : `Title ${i}`},${i % 3 === 0 ? 'x' : '10'}`;
  return `${BOOKS}${Array.from({ length: 1_000 }, (_, i) => row(i + 1)).join('\n')}\n`;
}

describe('a filtered list', () => {
  it('has the right rows with their own edits and issues, however many lie between', async () => {
    const draft = await bench.open({ 'books.csv': manyBooks() });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    const edits = Array.from({ length: 900 }, (_, i) => ({ row: i + 101, position: 2, text: '7' }));
    await bench.ask('drafts.edit', { draftId, fileNo, edits });
    const filter = { show: 'errors', code: 'value.required', column: 'title' } as const;
    const { view, rows } = await bench.ask('drafts.filter', { draftId, fileNo, filter });
    expect(rows).toBe(10);
    const page = await bench.ask('drafts.rows', { draftId, fileNo, view, from: 0, count: 500 });
    expect(page.rows.map(({ row, edited, issues }) => [row, edited.length, issues.length])).toEqual([
      [100, 0, 1],
      ...[200, 300, 400, 500, 600, 700, 800, 900, 1_000].map((row) => [row, 1, 1]),
    ]);
    const second = await bench.ask('drafts.rows', { draftId, fileNo, view, from: 8, count: 2 });
    expect(second.rows.map(({ row }) => row)).toEqual([900, 1_000]);
  });

  it('stays as it was while rows in it are mended', async () => {
    const draft = await bench.open({ 'books.csv': manyBooks() });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    const filter = { show: 'errors', code: 'value.required' } as const;
    const { view } = await bench.ask('drafts.filter', { draftId, fileNo, filter });
    await bench.edit(draftId, fileNo, 100, 1, 'Matilda');
    const { rows } = await bench.ask('drafts.rows', { draftId, fileNo, view, from: 0, count: 2 });
    expect(rows.map(({ row, state }) => [row, state])).toEqual([
      [100, 'accepted'],
      [200, 'rejected'],
    ]);
    expect((await bench.ask('drafts.filter', { draftId, fileNo, filter })).rows).toBe(9);
  });

  it('is forgotten after eight others, the one looked at last being kept', async () => {
    const draft = await bench.open({ 'books.csv': manyBooks() });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    const filtered = () => bench.ask('drafts.filter', { draftId, fileNo, filter: { show: 'errors' } });
    const { view: first } = await filtered();
    const { view: second } = await filtered();
    for (let i = 0; i < 6; i += 1) await filtered();
    const look = (view: string) => bench.refusal('drafts.rows', { draftId, fileNo, view, from: 0, count: 1 });
    expect(await look(first)).toBe('');
    await filtered();
    expect(await look(first)).toBe('');
    expect(await look(second)).toBe('draft.view-gone');
  });

  it('tells the place of a row, or of the first behind it', async () => {
    const draft = await bench.open({ 'books.csv': manyBooks() });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    const filter = { show: 'errors', code: 'value.required' } as const;
    const { view } = await bench.ask('drafts.filter', { draftId, fileNo, filter });
    const place = async (row: number): Promise<number> =>
      (await bench.ask('drafts.place', { draftId, fileNo, view, row })).place;
    expect([await place(1), await place(100), await place(101), await place(1_000)]).toEqual([0, 0, 1, 9]);
    expect(await place(1_001)).toBe(10);
  });

  it('shows what was edited, what was left out and what would not be loaded', async () => {
    const draft = await bench.open({ 'books.csv': `${BOOKS}B1,,1\nB2,Holes,x\nB3,Hatchet,1\nB4,,x\n` });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'books.csv');
    await bench.edit(draftId, fileNo, 2, 2, '233');
    await bench.ask('drafts.skip', { draftId, fileNo, rows: [4], skipped: true });
    const shown = async (show: 'edited' | 'skipped' | 'rejected' | 'problems' | 'warnings') => {
      const { view } = await bench.ask('drafts.filter', { draftId, fileNo, filter: { show } });
      const { rows } = await bench.ask('drafts.rows', { draftId, fileNo, view, from: 0, count: 9 });
      expect(rows.every(({ state }) => show !== 'skipped' || state === 'skipped')).toBe(true);
      return rows.map(({ row }) => row);
    };
    expect(await shown('edited')).toEqual([2]);
    expect(await shown('skipped')).toEqual([4]);
    expect(await shown('rejected')).toEqual([1]);
    expect(await shown('problems')).toEqual([1]);
    expect(await shown('warnings')).toEqual([]);
  });
});
