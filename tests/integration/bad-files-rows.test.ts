import { afterAll, describe, expect, it } from 'vitest';
import { checkBench, error, warning, words } from './bad-files.ts';

const bench = checkBench();
afterAll(() => bench.close());

const missing = (line: number, found: number, expected: number) =>
  warning(
    [line - 1, line, null],
    'csv.cells-missing',
    `This row has ${found} of ${expected} cells; the missing ones at its end count as blank.`,
    {
      suggestion: words('Check that no comma, or whatever stands between the cells, was lost in this row.'),
    },
  );
const surplus = (line: number, found: number, expected: number) =>
  error(
    [line - 1, line, null],
    'csv.cells-surplus',
    `This row has ${found} cells, but the heading row has only ${expected}.`,
    {
      suggestion: words(
        'Put quotation marks around a text that holds commas, or whatever stands between the cells.',
      ),
    },
  );
const surplusBlank = (line: number, found: number, expected: number) =>
  warning(
    [line - 1, line, null],
    'csv.cells-surplus-blank',
    `This row has ${found} cells, but the heading row has only ${expected}; the others are blank and left out.`,
  );

describe('cells stand between', () => {
  it.each([
    ['commas', ',', 'A; B|C'],
    ['semicolons', ';', 'A, B|C'],
    ['tabs', '\t', 'A, B; C'],
    ['bars', '|', 'A, B; C'],
  ])('%s', async (name, delimiter, title) => {
    const rows = [
      ['book_id', 'title', 'author'],
      ['B1', title, 'x'],
      ['B2', 'plain', 'y'],
    ];
    const text = rows.map((cells) => cells.join(delimiter)).join('\n');
    const seen = await bench.check(bench.file(`${name}.csv`, text));
    expect(seen).toMatchObject({ delimiter, rows: 2, accepted: 2, issues: [] });
    expect([seen.header, ...seen.cells]).toEqual(rows);
  });

  it('what a person names, whatever the file looks like', async () => {
    const path = bench.file('tildes.csv', 'book_id~title\nB1~A, B\nB2~C, D\n');
    const seen = await bench.check(path, { reading: { delimiter: '~' } });
    expect(seen).toMatchObject({ delimiter: '~', accepted: 2, issues: [] });
    expect(seen.cells).toEqual([
      ['B1', 'A, B'],
      ['B2', 'C, D'],
    ]);
  });

  it('what a first line sep=; says, which is no record but counts as a line', async () => {
    const seen = await bench.check(
      bench.file('sep.csv', 'sep=;\r\nbook_id;title\r\nB1;1,2,3\r\nB2;\r\nB3;C\r\n'),
    );
    expect(seen).toMatchObject({ delimiter: ';', header: ['book_id', 'title'], rows: 3, accepted: 2 });
    expect(seen.issues).toEqual([
      error([2, 4, 'title'], 'value.required', 'The title is missing.', {
        value: '',
        suggestion: words('Fill in the title.'),
      }),
    ]);
  });
});

describe('lines end with', () => {
  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('%s, and the last one with nothing', async (name, newline) => {
    const text = ['book_id,title', 'B1,A', 'B2,', 'B3,C'].join(newline);
    const seen = await bench.check(bench.file(`${name}.csv`, text));
    expect(seen).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
    expect(seen.cells).toEqual([
      ['B1', 'A'],
      ['B2', ''],
      ['B3', 'C'],
    ]);
    expect(seen.issues.map(({ row, line, code }) => [row, line, code])).toEqual([[2, 3, 'value.required']]);
  });

  it('LF and CRLF in one file', async () => {
    const seen = await bench.check(bench.file('mixed.csv', 'book_id,title\r\nB1,A\nB2,B\r\nB3,C'));
    expect(seen).toMatchObject({ rows: 3, accepted: 3, issues: [] });
    expect(seen.records.map(({ line, cells }) => [line, ...cells])).toEqual([
      [2, 'B1', 'A'],
      [3, 'B2', 'B'],
      [4, 'B3', 'C'],
    ]);
  });

  it('LF, so that a lone CR joins two rows, which is an error of that row alone and says so', async () => {
    const seen = await bench.check(bench.file('stray.csv', 'book_id,title\nB1,A\rB2,B\nB3,C\n'));
    expect(seen).toMatchObject({ rows: 2, accepted: 1 });
    expect(seen.cells).toEqual([
      ['B1', 'A\rB2', 'B'],
      ['B3', 'C'],
    ]);
    expect(seen.issues).toEqual([
      error(
        [1, 2, null],
        'csv.cells-surplus',
        'This row has 3 cells, but the heading row has only 2: two rows seem to have run together.',
        {
          suggestion: words(
            'Put each on a line of its own in a text editor, or save the list again from the program that made it.',
          ),
        },
      ),
    ]);
  });

  it('CRLF inside quotes as well, which joins nothing', async () => {
    const seen = await bench.check(bench.file('quoted.csv', 'book_id,title\nB1,"A\r\nB",C\nB2,D\n'));
    expect(seen.issues).toEqual([surplus(2, 3, 2)]);
  });
});

describe('row and line', () => {
  it('count on behind line breaks inside quotes', async () => {
    const seen = await bench.check(
      bench.file('inside.csv', 'book_id,title\r\nB1,"A\r\nsecond\nthird"\r\nB2,\r\nB3,"C ""c"""\r\n'),
    );
    expect(seen.records).toEqual([
      { row: 1, line: 2, cells: ['B1', 'A\r\nsecond\nthird'], fault: null },
      { row: 2, line: 5, cells: ['B2', ''], fault: null },
      { row: 3, line: 6, cells: ['B3', 'C "c"'], fault: null },
    ]);
    expect(seen.issues.map(({ row, line, code }) => [row, line, code])).toEqual([[2, 5, 'value.required']]);
  });

  it('leave blank lines out of the rows but not out of the lines', async () => {
    const seen = await bench.check(
      bench.file('blank.csv', '\n \nbook_id,title\n\nB1,A\n \t \n\u00a0\nB2,\n\n'),
    );
    expect(seen).toMatchObject({ header: ['book_id', 'title'], rows: 2, accepted: 1 });
    expect(seen.records.map(({ row, line }) => [row, line])).toEqual([
      [1, 5],
      [2, 8],
    ]);
    expect(seen.issues.map(({ row, line, code }) => [row, line, code])).toEqual([[2, 8, 'value.required']]);
  });
});

describe('a ragged row', () => {
  it('is a warning where it is short or long with blanks, an error where it is long with content', async () => {
    const path = bench.file('ragged.csv', 'book_id,title,author\nB1,A\nB2,B,x,, \nB3,C,x,more\nB4,D,y\nB5\n');
    const seen = await bench.check(path);
    expect(seen).toMatchObject({ rows: 5, accepted: 3, rejected: 2, warnings: 3 });
    expect(seen.cells).toEqual([
      ['B1', 'A'],
      ['B2', 'B', 'x', '', ' '],
      ['B3', 'C', 'x', 'more'],
      ['B4', 'D', 'y'],
      ['B5'],
    ]);
    expect(seen.issues).toEqual([
      missing(2, 2, 3),
      surplusBlank(3, 5, 3),
      surplus(4, 4, 3),
      missing(6, 1, 3),
      error([5, 6, 'title'], 'value.required', 'The title is missing.', {
        value: '',
        suggestion: words('Fill in the title.'),
      }),
    ]);
  });

  it('with a delimiter behind every line, the headings not, is a warning a row', async () => {
    const seen = await bench.check(bench.file('trailing.csv', 'book_id,title\nB1,A,\nB2,B,\n'));
    expect(seen).toMatchObject({ rows: 2, accepted: 2, rejected: 0 });
    expect(seen.issues).toEqual([surplusBlank(2, 3, 2), surplusBlank(3, 3, 2)]);
  });

  it('is none where the headings have that delimiter too: then there is a column without a heading', async () => {
    const seen = await bench.check(bench.file('trailing.csv', 'book_id,title,\nB1,A,\nB2,B,\n'));
    expect(seen).toMatchObject({ rows: 2, accepted: 2 });
    expect(seen.issues).toEqual([
      warning(
        [0, 1, 'column 3'],
        'column.unknown',
        'Column 3 has no heading; it is left out when books are loaded.',
        { value: '' },
      ),
    ]);
  });
});

describe('a quotation mark', () => {
  const unclosed = (line: number, value: string) =>
    error(
      [line - 1, line, null],
      'csv.quote-unclosed',
      'This row opens a quotation mark that is never closed, so its cells cannot be told apart.',
      {
        value,
        suggestion: words('Close the quotation mark, or write it twice where it belongs to the text.'),
      },
    );
  const textAfter = (line: number, value: string) =>
    error(
      [line - 1, line, null],
      'csv.quote-text-after',
      'In this row a closing quotation mark is followed by more text, so its cells cannot be told apart.',
      { value, suggestion: words('Write a quotation mark that belongs to the text twice, or remove it.') },
    );

  it.each([
    ['first', ['B1,"A', 'B2,B', 'B3,C'], 0],
    ['second', ['B1,A', 'B2,"B', 'B3,C'], 1],
    ['last', ['B1,A', 'B2,B', 'B3,"C'], 2],
  ])('that never closes costs its own row alone: the %s one', async (name, lines, bad) => {
    const seen = await bench.check(bench.file(`${name}.csv`, `book_id,title\n${lines.join('\n')}`));
    expect(seen).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
    expect(seen.cells).toEqual(lines.map((line, row) => (row === bad ? [line] : line.split(','))));
    expect(seen.issues).toEqual([unclosed(bad + 2, lines[bad] ?? '')]);
  });

  it('that meets the quotation mark of a later row costs the row in which it was opened', async () => {
    const seen = await bench.check(bench.file('swallows.csv', 'book_id,title\nB1,A\n"B2,B\nB3,"C"\nB4,D\n'));
    expect(seen).toMatchObject({ rows: 4, accepted: 3, rejected: 1 });
    expect(seen.cells).toEqual([['B1', 'A'], ['"B2,B'], ['B3', 'C'], ['B4', 'D']]);
    expect(seen.issues).toEqual([textAfter(3, '"B2,B')]);
  });

  it('with text behind it costs its own row alone', async () => {
    const seen = await bench.check(
      bench.file('behind.csv', 'book_id,title\nB1,"A" x\nB2,"B"\nB3,"C ""D""" y\nB4,5" nails\n'),
    );
    expect(seen).toMatchObject({ rows: 4, accepted: 2, rejected: 2 });
    expect(seen.cells).toEqual([['B1,"A" x'], ['B2', 'B'], ['B3,"C ""D""" y'], ['B4', '5" nails']]);
    expect(seen.issues).toEqual([textAfter(2, 'B1,"A" x'), textAfter(4, 'B3,"C ""D""" y')]);
  });

  it('that never closes in the headings is an error of the file', async () => {
    const path = bench.file('headings.csv', 'book_id,"title\nB1,A\nB2,B\n');
    expect(await bench.refusal(path)).toEqual({
      code: 'file.unreadable',
      message:
        'The headings of headings.csv (line 1) cannot be told apart: a quotation mark or a line break is missing or misplaced.',
      hint: 'Mend that line in a text editor, or save the file as CSV again.',
    });
    expect(bench.leftBehind()).toEqual([]);
  });
});
