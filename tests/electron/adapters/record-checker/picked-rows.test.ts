import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROW_STATE } from '../../../../electron/engine/checker-port.ts';
import type { CellChangeRule } from '../../../../shared/records/cell-change.ts';
import type { RowEdit } from '../../../../shared/records/row-edits.ts';
import { never } from '../workspace/open-files.ts';
import { booksText, joined, openedTexts, rangesOf } from './opened-texts.ts';

let texts: ReturnType<typeof openedTexts>;
beforeEach(() => {
  texts = openedTexts();
});
afterEach(() => texts.remove());

const retitled = (title: string): RowEdit => ({ cells: new Map([[1, title]]), skipped: false });
const LEFT_OUT: RowEdit = { cells: new Map(), skipped: true };

describe('checking some rows again', () => {
  it('gives their keys and issues as they are with the edits', async () => {
    const { file, mapping } = await texts.open('books', booksText(20));
    const edits = new Map([
      [6, retitled('')],
      [7, retitled('Found again')],
      [14, LEFT_OUT],
    ]);
    const options = { edits, withIds: true };
    const { ids, issues, facts } = await texts
      .checker()
      .recheck(file, mapping, [5, 6, 7, 14], options, never);
    expect(ids).toEqual([
      { row: 5, line: 6, key: 'B5', refs: null },
      { row: 6, line: 7, key: '', refs: null },
      { row: 7, line: 8, key: 'B7', refs: null },
      { row: 14, line: 15, key: '', refs: null },
    ]);
    expect(issues).toMatchObject([{ row: 6, line: 7, column: 'title', code: 'value.required' }]);
    expect([...facts.states]).toEqual([ROW_STATE.fits, 0, ROW_STATE.fits, ROW_STATE.skipped]);
  });

  it('gives the ids that a checkout points at', async () => {
    const text = 'student_id,book_id,checkout_date\nS1,B1,2026-03-02\nS2,B2,soon\n';
    const { file, mapping } = await texts.open('checkouts', text);
    const options = { edits: new Map(), withIds: true };
    const { ids, issues, facts } = await texts.checker().recheck(file, mapping, [1, 2], options, never);
    expect(ids.map(({ key, refs }) => [key, refs])).toEqual([
      ['S1\u001fB1\u001f2026-03-02', { studentId: 'S1', bookId: 'B1' }],
      ['', null],
    ]);
    expect(issues).toMatchObject([{ row: 2, line: 3, code: 'value.not-a-date' }]);
    expect(facts.refs).toHaveLength(12);
  });

  it.each([1, 3])('keeps their order where they are many, on %i threads', async (threads) => {
    const books = await texts.open('books', booksText(12_000));
    const picked = Array.from({ length: 10_000 }, (_, i) => i + 1 + Math.floor(i / 5));
    const edits = new Map([
      [picked[4_094] ?? 0, retitled('At the end of a part')],
      [picked[9_999] ?? 0, retitled('')],
    ]);
    const checker = texts.checker(threads);
    const options = { edits, withIds: true };
    const again = await checker.recheck(books.file, books.mapping, picked, options, never);
    const all = joined(await rangesOf(checker, books, { edits: () => edits }));
    const asked = new Set(picked);
    expect(again.ids.map(({ row, line }) => [row, line])).toEqual(picked.map((row) => [row, row + 1]));
    expect(again.issues).toEqual(all.issues.filter(({ row }) => asked.has(row)));
    expect(again.issues.at(-1)).toMatchObject({ row: 11_999, code: 'value.required' });
    expect([...again.facts.states]).toEqual(picked.map((row) => all.states[row - 1]));
    expect([...again.facts.keys]).toEqual(picked.flatMap((row) => all.keys.slice(3 * row - 3, 3 * row)));
    expect(again.facts.refs).toBeNull();
  });

  it('spells out ids only where they are asked for', async () => {
    const { file, mapping } = await texts.open('books', booksText(5_000));
    for (const rows of [[1, 2], Array.from({ length: 5_000 }, (_, i) => i + 1)]) {
      const options = { edits: new Map(), withIds: false };
      const { ids, facts } = await texts.checker().recheck(file, mapping, rows, options, never);
      expect([ids, facts.states.length]).toEqual([[], rows.length]);
    }
  });

  it('is no work for no rows', async () => {
    const { file, mapping } = await texts.open('books', booksText(3));
    const options = { edits: new Map(), withIds: true };
    const { ids, issues, facts } = await texts.checker().recheck(file, mapping, [], options, never);
    expect([ids, issues, facts.states.length, facts.keys.length, facts.refs]).toEqual([[], [], 0, 0, null]);
  });
});

describe('finding the cells that a rule would change', () => {
  const rule: CellChangeRule = {
    kind: 'replace',
    find: 'title ',
    replacement: 'No. ',
    whole: false,
    matchCase: false,
  };

  async function changed(
    text: string,
    change: CellChangeRule,
    { edits = new Map(), position = 1 }: { edits?: ReadonlyMap<number, RowEdit>; position?: number } = {},
  ): Promise<{ cells: (readonly [number, string | undefined])[]; before: string[] }> {
    const { file } = await texts.open('books', text);
    const cells: (readonly [number, string | undefined])[] = [];
    const before: string[] = [];
    for await (const some of texts.checker(2).changes(file, position, change, () => edits, never)) {
      cells.push(...[...some.rows].map((row, i) => [row, some.after[i]] as const));
      before.push(...some.before);
    }
    return { cells, before };
  }

  it('gives them in row order, before and after', async () => {
    expect(await changed(booksText(6), rule)).toEqual({
      cells: [
        [1, 'No. 1'],
        [2, 'No. 2'],
        [3, 'No. 3'],
        [4, 'No. 4'],
        [6, 'No. 6'],
      ],
      before: ['Title 1', 'Title 2', 'Title 3', 'Title 4', 'Title 6'],
    });
  });

  it('looks at the cells as they are with the edits, and at no row that was left out', async () => {
    const edits = new Map([
      [1, retitled('Emma')],
      [2, LEFT_OUT],
      [5, retitled('Title five')],
    ]);
    expect(await changed(booksText(5), rule, { edits })).toEqual({
      cells: [
        [3, 'No. 3'],
        [4, 'No. 4'],
        [5, 'No. five'],
      ],
      before: ['Title 3', 'Title 4', 'Title five'],
    });
  });

  it('passes over records that are no CSV and those without such a cell', async () => {
    const text = 'book_id,title,isbn\nB1,Title 1,\n"B2,Title 2\nB3\nB4,Title 4,\n';
    expect((await changed(text, rule)).cells.map(([row]) => row)).toEqual([1, 4]);
  });

  it('repairs what the damage doctor proposes, on threads as well', async () => {
    const repair = { kind: 'repair', repair: { kind: 'isbn-leading-zero' } } as const;
    const { cells, before } = await changed(booksText(9_000), repair, { position: 2 });
    expect(cells).toHaveLength(818);
    expect([cells[0], cells.at(-1)]).toEqual([
      [11, '0141439513'],
      [8_998, '0141439513'],
    ]);
    expect(new Set(before)).toEqual(new Set(['141439513']));
  });
});
