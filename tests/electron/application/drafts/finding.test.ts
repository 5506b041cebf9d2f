import { describe, expect, it } from 'vitest';
import { BOOKS, draftBench, fileOf } from './draft-bench.ts';

const bench = draftBench();

async function open(text: string): Promise<{ draftId: string; fileNo: number }> {
  const draft = await bench.open({ 'books.csv': text });
  return { draftId: draft.draftId, fileNo: fileOf(draft, 'books.csv').fileNo };
}

const START = { row: 0, position: -1 };
const END = { row: 1_000_000, position: 0 };

describe('finding a text', () => {
  /** 5,000 books: more than are looked through at once. */
  const many = `${BOOKS}${Array.from({ length: 5_000 }, (_, i) => `B${i + 1},Title,${i === 2_500 ? 'Needle' : ''}${i === 4 ? 'Pin' : ''}`).join('\n')}\n`;

  it('goes from cell to cell in both directions, whatever the capitals', async () => {
    const file = await open(`${BOOKS}B1,Holes,holes\nB2,Matilda,1\nB3,Black holes,1\n`);
    const find = async (after: { row: number; position: number }, backwards = false) =>
      (await bench.ask('drafts.find', { ...file, text: 'HOLES', after, backwards })).found;
    expect(await find(START)).toEqual({ row: 1, position: 1 });
    expect(await find({ row: 1, position: 1 })).toEqual({ row: 1, position: 2 });
    expect(await find({ row: 1, position: 2 })).toEqual({ row: 3, position: 1 });
    expect(await find({ row: 3, position: 1 })).toBeNull();
    expect(await find(END, true)).toEqual({ row: 3, position: 1 });
    expect(await find({ row: 3, position: 1 }, true)).toEqual({ row: 1, position: 2 });
    expect(await find({ row: 1, position: 2 }, true)).toEqual({ row: 1, position: 1 });
    expect(await find({ row: 1, position: 1 }, true)).toBeNull();
  });

  it('finds it in the middle of many rows from either end', async () => {
    const file = await open(many);
    const find = async (after: { row: number; position: number }, backwards: boolean) =>
      (await bench.ask('drafts.find', { ...file, text: 'needle', after, backwards })).found;
    expect(await find(START, false)).toEqual({ row: 2_501, position: 2 });
    expect(await find(END, true)).toEqual({ row: 2_501, position: 2 });
    expect(await find({ row: 2_501, position: 2 }, true)).toBeNull();
    const pin = await bench.ask('drafts.find', { ...file, text: 'pin', after: END, backwards: true });
    expect(pin.found).toEqual({ row: 5, position: 2 });
  });

  it('reads cells as they were edited', async () => {
    const file = await open(many);
    await bench.edit(file.draftId, file.fileNo, 2_501, 2, '');
    await bench.edit(file.draftId, file.fileNo, 4_999, 1, 'A needle in hay');
    const find = async (backwards: boolean) =>
      (await bench.ask('drafts.find', { ...file, text: 'needle', after: backwards ? END : START, backwards }))
        .found;
    expect(await find(false)).toEqual({ row: 4_999, position: 1 });
    expect(await find(true)).toEqual({ row: 4_999, position: 1 });
  });
});

describe('the next problem', () => {
  /** Row 2: two cells of their own and the whole row; row 4: a warning; row 5: an error. */
  const text = `book_id,title,isbn,page_count
B1,Matilda,,1
B2,,123
B3,Holes,,1
B4,Hatchet,123,1
B5,,,1
`;
  type Place = { row: number; position: number };

  const walk = async (file: { draftId: string; fileNo: number }, from: Place, backwards: boolean) => {
    const seen: string[] = [];
    let after = from;
    for (;;) {
      const { found } = await bench.ask('drafts.nextProblem', { ...file, after, backwards });
      if (found === null) return seen;
      seen.push(`${found.row} ${found.position} ${found.issue.code}`);
      after = { row: found.row, position: found.position ?? -1 };
    }
  };
  const ORDER = [
    '2 null csv.cells-missing',
    '2 1 value.required',
    '2 2 isbn.invalid',
    '4 2 isbn.invalid',
    '5 1 value.required',
  ];

  it('goes through a row from the row as a whole to its last cell, then on', async () => {
    expect(await walk(await open(text), START, false)).toEqual(ORDER);
  });

  it('goes back the same way', async () => {
    expect(await walk(await open(text), END, true)).toEqual(ORDER.toReversed());
  });

  it('passes over what is of another severity', async () => {
    const file = await open(text);
    const next = async (severity: 'error' | 'warning', after: Place) =>
      (await bench.ask('drafts.nextProblem', { ...file, after, severity })).found?.row;
    expect(await next('warning', { row: 2, position: 2 })).toBe(4);
    expect(await next('error', { row: 2, position: 1 })).toBe(5);
    expect(await next('warning', { row: 4, position: 2 })).toBeUndefined();
  });

  it('begins in the middle of a row', async () => {
    const file = await open(text);
    const next = async (after: Place, backwards: boolean) =>
      (await bench.ask('drafts.nextProblem', { ...file, after, backwards })).found?.position;
    expect(await next({ row: 2, position: 1 }, false)).toBe(2);
    expect(await next({ row: 2, position: 2 }, true)).toBe(1);
    expect(await next({ row: 2, position: 0 }, true)).toBeNull();
    expect(await next({ row: 2, position: -1 }, true)).toBeUndefined();
  });

  it('is none of the header’s', async () => {
    const file = await open('book_id,title,colour\nB1,Matilda,red\n');
    expect(await bench.issues(file.draftId, file.fileNo)).toEqual(['0 column.unknown colour']);
    expect(await walk(file, START, false)).toEqual([]);
    expect(await walk(file, END, true)).toEqual([]);
  });
});

describe('the list of issues', () => {
  it('is narrowed by code, column and severity, and comes in pages', async () => {
    const file = await open(`${BOOKS}B1,,x\nB2,,1\nB3,Holes,x\n`);
    const list = async (narrow: object) =>
      (await bench.ask('drafts.issues', { ...file, offset: 0, limit: 10, ...narrow })).issues.map(
        ({ row, column }) => `${row} ${column}`,
      );
    expect(await list({ column: 'title' })).toEqual(['1 title', '2 title']);
    expect(await list({ code: 'value.not-a-number' })).toEqual(['1 page_count', '3 page_count']);
    expect(await list({ severity: 'warning' })).toEqual([]);
    expect(await list({ offset: 3 })).toEqual(['3 page_count']);
  });
});
