import { describe, expect, it } from 'vitest';
import { looksHeaderless, noHeader } from '../../../shared/records/headerless.ts';
import { mapColumns } from '../../../shared/records/mapping.ts';
import { errorOf, TODAY } from './checking.ts';

const BOOK = ['B001', "Charlotte's Web", 'E.B. White', '9780064400558', '["fiction"]', '1952'];
const BOOK_2 = ['B002', 'Diary of a Wimpy Kid', 'Jeff Kinney', '9780810993136', '["humor"]', '2007'];

describe('looksHeaderless', () => {
  it.each<[boolean, string, readonly string[], readonly (readonly string[])[]]>([
    [true, 'a book above books', BOOK, [BOOK_2]],
    [true, 'a book alone', BOOK, []],
    [true, 'a checkout', ['S1', 'B1', '2026-01-05'], [['S2', 'B2', '2026-01-06']]],
    [
      true,
      'codes that count on',
      ['S001', 'Ann'],
      [
        ['S002', 'Ben'],
        ['S003', 'Cem'],
      ],
    ],
    [
      false,
      'codes of another series',
      ['Q101', 'Ann'],
      [
        ['S002', 'Ben'],
        ['S003', 'Cem'],
      ],
    ],
    [false, 'codes without anything below', ['S001', 'Ann'], []],
    [false, 'known headings', ['book_id', 'title'], [BOOK_2]],
    [false, 'a known heading of another type', ['Fecha de préstamo', '12', '13'], [['x', '14', '15']]],
    [false, 'unknown words', ['name', 'colour'], [['Ann', 'red']]],
    [
      false,
      'a number above words',
      ['name', '2024'],
      [
        ['Ann', 'red'],
        ['Ben', 'blue'],
      ],
    ],
    [false, 'one year among many words', ['a', 'b', 'c', 'd', '2024'], [['v', 'w', 'x', 'y', '7']]],
    [false, 'nothing', [], []],
    [false, 'blanks', ['', ''], [['1', '2']]],
    [false, 'numbered headings', ['Column 1', 'Column 2'], [['1', '2']]],
  ])('says %o of %s', (expected, _, header, sample) => {
    expect(looksHeaderless(header, sample)).toBe(expected);
  });
});

it('is told with both ways to mend it, and without a cell of the record', () => {
  const error = noHeader('books.csv');
  expect(error.code).toBe('file.no-header');
  expect(error.message).toContain('books.csv');
  expect(error.hint).toContain('"header": false');
});

describe('a file without headings', () => {
  const sample = [BOOK, BOOK_2];

  it('is told apart from one that lacks a column', () => {
    const request = {
      type: 'books',
      header: BOOK,
      sample: [BOOK_2],
      fileName: 'b.csv',
      today: TODAY,
    } as const;
    const error = errorOf(() => mapColumns({ ...request, saved: null }));
    expect(error.code).toBe('file.no-header');
    expect(error.message + error.hint).not.toContain('Charlotte');
  });

  it('keeps its cells out of the message also where a mapping sets constants', () => {
    const header = ['Ann Lee', 'Ms. Taylor'];
    const saved = { version: 1, type: 'students', columns: { lunch_period: { constant: '2' } } } as const;
    const error = errorOf(() =>
      mapColumns({ type: 'students', header, sample: [], fileName: 's.csv', saved, today: TODAY }),
    );
    expect(error.code).toBe('file.missing-column');
    expect(error.message + error.hint).not.toContain('Taylor');
  });

  it('is read by the numbers of its columns', () => {
    const header = BOOK.map((_, position) => `Column ${position + 1}`);
    const mapping = mapColumns({
      type: 'books',
      header,
      sample,
      fileName: 'b.csv',
      saved: {
        version: 1,
        type: 'books',
        header: false,
        columns: { book_id: 1, title: 'Column 2', author: { from: 3 } },
      },
      today: TODAY,
    });
    expect(mapping.sources).toEqual({
      book_id: { kind: 'cells', positions: [0] },
      title: { kind: 'cells', positions: [1] },
      author: { kind: 'cells', positions: [2] },
    });
  });
});
