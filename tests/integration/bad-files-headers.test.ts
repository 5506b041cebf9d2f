import { afterAll, describe, expect, it } from 'vitest';
import { checkBench, error, warning, words } from './bad-files.ts';

const bench = checkBench();
afterAll(() => bench.close());

const unknown = (column: string, heading: string) =>
  warning(
    [0, 1, column],
    'column.unknown',
    `The column "${heading}" is not known; it is left out when books are loaded.`,
    { value: column },
  );
const unnamed = (position: number) =>
  warning(
    [0, 1, `column ${position}`],
    'column.unknown',
    `Column ${position} has no heading; it is left out when books are loaded.`,
    { value: '' },
  );

describe('a file without content', () => {
  it.each([
    ['no byte', ''],
    ['a mark alone', '\ufeff'],
    ['blank lines alone', '\r\n\r\n   \r\n'],
    ['a sep= line alone', 'sep=;\n'],
  ])('is refused: %s', async (_name, content) => {
    expect(await bench.refusal(bench.file('books.csv', content))).toEqual({
      code: 'file.empty',
      message: 'books.csv is empty.',
      hint: 'Choose a CSV file that begins with the headings of its columns.',
    });
    expect(bench.leftBehind()).toEqual([]);
  });

  it.each([
    ['with a line break', 'book_id,title\n'],
    ['without one', 'book_id,title'],
  ])('but headings %s has no rows, and this is said', async (_name, content) => {
    const seen = await bench.check(bench.file('books.csv', content));
    expect(seen).toMatchObject({ type: 'books', rows: 0, accepted: 0, rejected: 0 });
    expect(seen.issues).toEqual([
      warning([0, 1, null], 'csv.no-rows', 'books.csv has headings but no rows below them.', {
        suggestion: words('Check that the export was not empty.'),
      }),
    ]);
  });
});

describe('headings that are missing', () => {
  const records = 'B001,The Hobbit,310\nB002,Dune,412\nB003,Emma,474\n';

  it('are noticed, and no record is taken for them', async () => {
    for (const type of [null, 'books'] as const)
      expect(await bench.refusal(bench.file('plain.csv', records), { type })).toEqual({
        code: 'file.no-header',
        message: 'The first line of plain.csv looks like a record, not like the headings of its columns.',
        hint: 'Add a first line with the names of the columns, or use a mapping file with "header": false that says which column is which.',
      });
  });

  it('can be made up for by a mapping', async () => {
    const seen = await bench.check(bench.file('plain.csv', records), {
      mapping: {
        version: 1,
        type: 'books',
        header: false,
        columns: { book_id: 1, title: 2, page_count: 3 },
      },
    });
    expect(seen).toMatchObject({ header: ['Column 1', 'Column 2', 'Column 3'], rows: 3, accepted: 3 });
    expect(seen.records[0]).toEqual({ row: 1, line: 1, cells: ['B001', 'The Hobbit', '310'], fault: null });
    expect(seen.issues).toEqual([]);
  });

  it('for a required column are named', async () => {
    const path = bench.file('shelf.csv', 'book_id,shelf\nB1,A\n');
    expect(await bench.refusal(path, { type: 'books' })).toEqual({
      code: 'file.missing-column',
      message:
        'shelf.csv cannot be loaded as books: it has no column title. Its headings are: book_id, shelf.',
      hint: 'Add the missing column or rename the one that holds it, say in a mapping where it comes from, or choose another type for this file.',
    });
  });

  it('that tell no kind of record are a question, not a guess', async () => {
    expect(await bench.refusal(bench.file('prose.csv', 'just some text\nmore of it\n'))).toEqual({
      code: 'file.unknown-type',
      message: 'prose.csv: the columns do not tell whether these are books, students or checkouts.',
      hint: 'Its first line was taken as the header and has 1 column. Give the columns their usual names (book_id and title; student_id and grade_level; student_id, book_id and checkout_date), or say what the file holds: on its card in the window, with --type or --mapping on the command line.',
    });
  });
});

describe('two columns of one name', () => {
  it('are read as first and second choice, and each further one is told', async () => {
    const repeated = (position: number) =>
      warning(
        [0, 1, 'title'],
        'column.repeated',
        `Column ${position} holds the title a second time; it is used only where the first one is blank or cannot be read.`,
        { value: 'title', suggestion: words('Keep one of the two columns.') },
      );
    const seen = await bench.check(
      bench.file('twice.csv', 'book_id,title,title,title\nB1,A,B,C\nB2,,C,\nB3,,,\n'),
    );
    expect(seen).toMatchObject({ rows: 3, accepted: 2, rejected: 1, warnings: 2 });
    expect(seen.cells).toEqual([
      ['B1', 'A', 'B', 'C'],
      ['B2', '', 'C', ''],
      ['B3', '', '', ''],
    ]);
    expect(seen.issues).toEqual([
      repeated(3),
      repeated(4),
      error([3, 4, 'title'], 'value.required', 'The title is missing.', {
        value: '',
        suggestion: words('Fill in the title.'),
      }),
    ]);
  });
});

describe('names that mean something to JavaScript', () => {
  it('are headings and cells like any other', async () => {
    const rows = [
      ['__proto__', 'constructor', 'a', 'b', 'c'],
      ['constructor', '__proto__', 'a', 'b', 'c'],
      ['toString', 'hasOwnProperty', 'a', 'b', 'c'],
      ['__proto__', 'again', '', '', ''],
    ];
    const header = ['book_id', 'title', '__proto__', 'constructor', 'toString'];
    const text = [header, ...rows].map((cells) => cells.join(',')).join('\n');
    const seen = await bench.check(bench.file('names.csv', text));
    expect(seen).toMatchObject({ header, rows: 4, accepted: 3, rejected: 1 });
    expect(seen.cells).toEqual(rows);
    expect(seen.issues).toEqual([
      unknown('__proto__', '__proto__'),
      unknown('constructor', 'constructor'),
      unknown('toString', 'toString'),
      error(
        [1, 2, 'book_id'],
        'key.repeated',
        'The same book_id comes again in row 4 (line 5). The last one counts, so this row is not loaded.',
        { value: '__proto__', suggestion: words('Correct one of the two rows, or leave this one out.') },
      ),
    ]);
  });

  it('can be mapped, and are genres as well', async () => {
    const path = bench.file(
      'proto.csv',
      '__proto__,constructor,toString\nB1,A,"[""__proto__""]"\nB2,B,"[{""__proto__"": 1}]"\n',
    );
    const seen = await bench.check(path, {
      mapping: {
        version: 1,
        type: 'books',
        columns: { book_id: '__proto__', title: 'constructor', genre: 'toString' },
      },
    });
    expect(seen).toMatchObject({ type: 'books', rows: 2, accepted: 2, issues: [] });
  });

  it('join students, books and checkouts', async () => {
    const books = bench.file('books.csv', 'book_id,title\n__proto__,A\n');
    const checkouts = bench.file(
      'checkouts.csv',
      'student_id,book_id,checkout_date\nS1,__proto__,2026-03-09\nS1,constructor,2026-03-09\n',
    );
    const [, seen] = await bench.checkAll([checkouts, books]);
    expect(seen).toMatchObject({ type: 'checkouts', rows: 2, accepted: 1, rejected: 1 });
    expect(seen?.issues.map(({ row, code, value }) => [row, code, value])).toEqual([
      [2, 'reference.missing-book', 'constructor'],
    ]);
  });
});

describe('headings as spreadsheets write them', () => {
  it('behind a mark and in quotes are known', async () => {
    const seen = await bench.check(bench.file('marked.csv', '\ufeff"book_id","title"\r\n"B1","A"\r\n'));
    expect(seen).toMatchObject({ header: ['book_id', 'title'], rows: 1, accepted: 1, issues: [] });
  });

  it('with a line break inside are known, and the lines below count on', async () => {
    const seen = await bench.check(
      bench.file('tall.csv', '"book\nid",title,"shelf\r\nmark"\nB1,A,s\nB2,,s\n'),
    );
    expect(seen).toMatchObject({ header: ['book\nid', 'title', 'shelf\r\nmark'], rows: 2, accepted: 1 });
    expect(seen.issues).toEqual([
      unknown('shelf\r\nmark', 'shelf mark'),
      error([2, 5, 'title'], 'value.required', 'The title is missing.', {
        value: '',
        suggestion: words('Fill in the title.'),
      }),
    ]);
  });

  it('that are blank are called by their places', async () => {
    const seen = await bench.check(bench.file('blank.csv', 'book_id,title,, ,x\nB1,A,s,t,u\n'));
    expect(seen).toMatchObject({ rows: 1, accepted: 1 });
    expect(seen.issues).toEqual([unnamed(3), unnamed(4), unknown('x', 'x')]);
  });

  it('are told short and on one line, without what a terminal would obey', async () => {
    const endless = 'y'.repeat(1_000);
    const seen = await bench.check(bench.file('odd.csv', `book_id,title,\x1b[31mred,${endless}\nB1,A,s,t\n`));
    expect(seen).toMatchObject({ rows: 1, accepted: 1 });
    expect(seen.issues).toEqual([unknown('\x1b[31mred', '[31mred'), unknown(endless, `${'y'.repeat(80)}…`)]);
  });
});
