import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROW_STATE } from '../../../../electron/engine/checker-port.ts';
import { mergeSummaries } from '../../../../shared/damage/column-summary.ts';
import { hashKey } from '../../../../shared/records/key-hash.ts';
import type { RowEdit } from '../../../../shared/records/row-edits.ts';
import { fileFolder, never, slowWorkbook, WORKBOOK_BYTES } from '../workspace/open-files.ts';
import { booksText, joined, NO_EDITS, openedTexts, rangesOf } from './opened-texts.ts';

let texts: ReturnType<typeof openedTexts>;
beforeEach(() => {
  texts = openedTexts();
});
afterEach(() => texts.remove());

/** More than four ranges, the last one not full. */
const MANY = 4 * 4_096 + 10;

describe('checking every record', () => {
  it('comes to the same on one thread and on three, in row order', async () => {
    const books = await texts.open('books', booksText(MANY));
    const [one, three] = [await rangesOf(texts.checker(1), books), await rangesOf(texts.checker(3), books)];
    expect(three).toEqual(one);
    expect(one.map(({ firstRow, facts }) => [firstRow, facts.states.length])).toEqual([
      [1, 4_096],
      [4_097, 4_096],
      [8_193, 4_096],
      [12_289, 4_096],
      [16_385, 10],
    ]);
    const { states, issues, rows } = joined(one);
    expect(states).toHaveLength(MANY);
    const bad = Array.from({ length: Math.floor(MANY / 7) }, (_, i) => 7 * (i + 1));
    expect(issues.map(({ row, line, code }) => [row, line, code])).toEqual(
      bad.map((row) => [row, row + 1, 'value.required']),
    );
    expect(rows).toHaveLength(MANY - bad.length);
  });

  it('comes to the same on the calling thread, where small files are checked', async () => {
    const large = await texts.open('books', booksText(5_000));
    const small = await texts.open('books', booksText(4_096));
    const onThreads = joined((await rangesOf(texts.checker(2), large)).slice(0, 1));
    const inline = joined(await rangesOf(texts.checker(2), small));
    expect(inline).toEqual(onThreads);
    expect(inline.isbnZerosRestored).toBeGreaterThan(300);
  });

  it('sees the same damage in the columns however the file is cut', async () => {
    const large = await texts.open('books', booksText(5_000));
    const [one, three] = [await rangesOf(texts.checker(1), large), await rangesOf(texts.checker(3), large)];
    const columns = one.reduce<ReturnType<typeof mergeSummaries>>(
      (sum, next) => mergeSummaries(sum, next.columns),
      [],
    );
    expect(columns.map(({ position, cells }) => [position, cells])).toEqual([
      [0, 5_000],
      [1, 5_000 - 714],
      [2, 454],
    ]);
    expect(three.map((range) => range.columns)).toEqual(one.map((range) => range.columns));
  });

  it.each([10, 5_000])(
    'gives the rows that fit with their hashes where they are asked for, of %i rows',
    async (count) => {
      const books = await texts.open('books', booksText(count));
      const { rows } = joined(await rangesOf(texts.checker(), books));
      expect(rows[1]).toEqual({
        row: 2,
        line: 3,
        cells: ['B2', 'Title 2', ''],
        key: 'B2',
        record: expect.objectContaining({ book_id: 'B2', title: 'Title 2', isbn: '' }),
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(new Set(rows.map(({ contentHash }) => contentHash)).size).toBe(rows.length);
      const without = joined(await rangesOf(texts.checker(), books, { keepRows: false }));
      expect(without).toEqual({ ...joined(await rangesOf(texts.checker(), books)), rows: [] });
    },
  );

  it('notes of each row whether it fits, and hashes of its key and of what it points at', async () => {
    const checkouts = await texts.open(
      'checkouts',
      'student_id,book_id,checkout_date\nS1,B1,2026-03-02\nS2,B2,soon\n',
    );
    const { states, keys, refs } = joined(await rangesOf(texts.checker(), checkouts));
    expect(states).toEqual([ROW_STATE.fits, 0]);
    expect(keys).toEqual([...wordsOf('S1\u001fB1\u001f2026-03-02'), 0, 0, 0]);
    expect(refs).toEqual([...wordsOf('S1'), ...wordsOf('B1'), 0, 0, 0, 0, 0, 0]);
  });

  const EDITS: readonly (readonly [number, RowEdit])[] = [
    [7, { cells: new Map([[1, 'Found again']]), skipped: false }],
    [8, { cells: new Map([[1, '']]), skipped: false }],
    [14, { cells: new Map(), skipped: true }],
  ];

  it.each([20, 5_000])('applies edits and leaves out what a person left out, of %i rows', async (count) => {
    const books = await texts.open('books', booksText(count));
    const asked: [number, number][] = [];
    const edits = (from: number, to: number) => {
      asked.push([from, to]);
      return new Map(EDITS.filter(([row]) => row >= from && row <= to));
    };
    const before = joined(await rangesOf(texts.checker(), books));
    const after = joined(await rangesOf(texts.checker(), books, { edits }));
    expect([before, after].map(({ states }) => [7, 8, 14].map((row) => states[row - 1]))).toEqual([
      [0, ROW_STATE.fits, 0],
      [ROW_STATE.fits, 0, ROW_STATE.skipped],
    ]);
    expect(after.issues.slice(0, 2).map(({ row }) => row)).toEqual(count === 20 ? [8] : [8, 21]);
    expect(after.rows.find(({ row }) => row === 7)).toMatchObject({ cells: ['B7', 'Found again', ''] });
    expect(asked).toEqual(
      count === 20
        ? [[1, 20]]
        : [
            [1, 4_096],
            [4_097, 5_000],
          ],
    );
  });

  it('goes on with a file as it comes', async () => {
    const slow = slowWorkbook();
    const folder = fileFolder(slow.openWorkbook);
    slow.give(booksText(5_000));
    const file = await folder.open(folder.write('books.xlsx', WORKBOOK_BYTES));
    const { mapping } = await texts.open('books', booksText(1));
    const checking = rangesOf(texts.checker(), { file, mapping });
    await file.ready(4_000, never);
    slow.give('B5001,Late,\n');
    await file.ready(5_000, never);
    slow.end();
    expect(joined(await checking).rows.at(-1)).toMatchObject({ row: 5_001, key: 'B5001' });
    await folder.remove();
  });

  it('takes next year from its clock', async () => {
    const books = await texts.open('books', 'book_id,title,year\nB1,Soon,2031\n');
    const outcomes = [2029, 2030].map(async (year) => {
      const ranges = await rangesOf(texts.checker(1, new Date(year, 11, 31)), books);
      return joined(ranges).rows.length;
    });
    expect(await Promise.all(outcomes)).toEqual([0, 1]);
  });
});

describe('an aborted check', () => {
  it.each([10, MANY])('gives the reason of its signal, of %i rows', async (count) => {
    const { file, mapping } = await texts.open('books', booksText(count));
    const reason = new Error('enough');
    const options = { keepRows: false, edits: NO_EDITS };
    const aborted = AbortSignal.abort(reason);
    const checker = texts.checker(2);
    await expect(checker.check(file, mapping, options, aborted)[Symbol.asyncIterator]().next()).rejects.toBe(
      reason,
    );
    await expect(
      checker.recheck(file, mapping, [1], { edits: new Map(), withIds: false }, aborted),
    ).rejects.toBe(reason);
    const rule = { kind: 'replace', find: 'a', replacement: 'b', whole: false, matchCase: true } as const;
    await expect(
      checker.changes(file, 1, rule, NO_EDITS, aborted)[Symbol.asyncIterator]().next(),
    ).rejects.toBe(reason);
  });

  it('ends between two ranges, and the checker can be used again', async () => {
    const books = await texts.open('books', booksText(MANY));
    const checker = texts.checker(2);
    const reason = new Error('enough');
    const controller = new AbortController();
    const checking = async () => {
      const options = { keepRows: false, edits: NO_EDITS };
      for await (const range of checker.check(books.file, books.mapping, options, controller.signal)) {
        expect(range.firstRow).toBe(1);
        controller.abort(reason);
      }
    };
    await expect(checking()).rejects.toBe(reason);
    expect(joined(await rangesOf(checker, books)).states).toHaveLength(MANY);
  });

  it('may also be left by whoever has seen enough', async () => {
    const { file, mapping } = await texts.open('books', booksText(MANY));
    const checker = texts.checker(2);
    for await (const range of checker.check(file, mapping, { keepRows: false, edits: NO_EDITS }, never)) {
      expect(range.firstRow).toBe(1);
      break;
    }
    expect(joined(await rangesOf(checker, { file, mapping })).states).toHaveLength(MANY);
  });
});

function wordsOf(key: string): number[] {
  const words = new Uint32Array(3);
  hashKey(key, words, 0);
  return [...words];
}
