import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { packedZip } from '../electron/adapters/xlsx/packed-zip.ts';
import { inline, type TestSheet, workbookParts } from '../electron/adapters/xlsx/workbook-files.ts';
import { checkBench, error, warning, words } from './bad-files.ts';

const bench = checkBench();
afterAll(() => bench.close());

const BOOKS = 'book_id,title\nB1,Café\nB2,\nB3,C\n';
const ROWS = [
  ['B1', 'Café'],
  ['B2', ''],
  ['B3', 'C'],
];
const titleMissing = (row: number, line: number) =>
  error([row, line, 'title'], 'value.required', 'The title is missing.', {
    value: '',
    suggestion: words('Fill in the title.'),
  });

describe('a gzip', () => {
  it('is read as the file inside, whatever it is called', async () => {
    for (const name of ['books.csv.gz', 'books.csv']) {
      const seen = await bench.check(bench.file(name, gzipSync(BOOKS)));
      expect(seen).toMatchObject({ encoding: 'utf-8', rows: 3, accepted: 2, rejected: 1 });
      expect(seen.cells).toEqual(ROWS);
      expect(seen.issues).toEqual([titleMissing(2, 3)]);
    }
  });

  it('of several parts is read to its end', async () => {
    const parts = Buffer.concat([gzipSync('book_id,ti'), gzipSync('tle\nB1,Café\nB2,\nB3,C')]);
    expect((await bench.check(bench.file('parts.csv.gz', parts))).cells).toEqual(ROWS);
  });

  const packed = gzipSync(BOOKS);
  const flipped = Buffer.from(packed);
  flipped[packed.length - 6] = (packed[packed.length - 6] ?? 0) ^ 0xff;
  it.each([
    ['cut off', packed.subarray(0, packed.length - 9)],
    ['cut off behind its first bytes', packed.subarray(0, 10)],
    ['with a changed byte', flipped],
    ['with something else behind it', Buffer.concat([packed, Buffer.from('not a gzip')])],
  ])('%s is damaged', async (_name, content) => {
    expect(await bench.refusal(bench.file('damaged.csv.gz', content))).toEqual({
      code: 'file.compressed',
      message: 'The compressed file damaged.csv.gz is damaged or was not downloaded completely.',
      hint: 'Download or copy it again; or unpack it and load the CSV file inside.',
    });
    expect(bench.leftBehind()).toEqual([]);
  });

  it('of nothing is empty, of a PDF a PDF', async () => {
    expect(await bench.refusal(bench.file('nothing.gz', gzipSync('')))).toMatchObject({
      code: 'file.empty',
      message: 'nothing.gz is empty.',
    });
    expect(await bench.refusal(bench.file('list.pdf.gz', gzipSync('%PDF-1.7\n')))).toMatchObject({
      code: 'file.not-a-table',
      message: 'list.pdf.gz is a PDF document.',
    });
  });

  it.each([
    ['another gzip', gzipSync(gzipSync(BOOKS))],
    ['a workbook', gzipSync(packedZip(workbookParts({ sheets: [] })))],
  ])('of %s is to be unpacked by hand', async (_name, content) => {
    expect(await bench.refusal(bench.file('twice.gz', content))).toEqual({
      code: 'file.compressed',
      message: 'twice.gz is a compressed file with another compressed file or a workbook inside.',
      hint: 'Unpack it, and load the CSV file or the workbook that is inside.',
    });
  });
});

describe('a workbook', () => {
  const row = (...cells: string[]): string =>
    `<row>${cells.map((cell) => (cell === '' ? '<c/>' : inline(cell))).join('')}</row>`;
  const books: TestSheet = {
    name: 'Books',
    data: row('book_id', 'title') + ROWS.map((cells) => row(...cells)).join(''),
  };
  const notes: TestSheet = { name: 'Notes', data: row('book_id', 'title') + row('B9', 'Noted') };
  const blank: TestSheet = { name: 'Blank', data: '' };
  const workbook = (...sheets: TestSheet[]): Buffer => packedZip(workbookParts({ sheets }));
  const others = (sheet: string, file: string, names: string) =>
    warning(
      [0, 1, null],
      'file.other-sheets',
      `Only the sheet "${sheet}" of ${file} was read. It also has: ${names}.`,
      {
        suggestion: words('To read another sheet, choose it by its name.'),
      },
    );

  it('is read, whatever it is called; issues stand at the rows of the sheet', async () => {
    for (const name of ['books.xlsx', 'books.csv']) {
      const seen = await bench.check(bench.file(name, workbook(books)));
      expect(seen).toMatchObject({ encoding: 'xlsx', rows: 3, accepted: 2 });
      expect(seen.workbook).toEqual({ sheet: 'Books', sheets: ['Books'] });
      expect(seen.cells).toEqual(ROWS);
      expect(seen.issues).toEqual([titleMissing(2, 3)]);
    }
  });

  it('with several sheets is read by its first with content, and the others are named', async () => {
    const seen = await bench.check(bench.file('term.xlsx', workbook(blank, books, notes)));
    expect(seen.workbook).toEqual({ sheet: 'Books', sheets: ['Books', 'Notes'] });
    expect(seen).toMatchObject({ rows: 3, accepted: 2, warnings: 1 });
    expect(seen.issues).toEqual([others('Books', 'term.xlsx', '"Notes"'), titleMissing(2, 3)]);
  });

  it('with more sheets than anybody wants to read of names ten', async () => {
    const more = Array.from({ length: 12 }, (_, at) => ({ ...notes, name: `Notes ${at + 1}` }));
    const seen = await bench.check(bench.file('many.xlsx', workbook(books, ...more)));
    const named = Array.from({ length: 10 }, (_, at) => `"Notes ${at + 1}"`).join(', ');
    expect(seen.issues[0]).toEqual(others('Books', 'many.xlsx', `${named} and 2 more`));
  });

  it('is read by the sheet that is named', async () => {
    const path = bench.file('term.xlsx', workbook(books, notes));
    const seen = await bench.check(path, { reading: { sheet: 'notes' } });
    expect(seen.workbook?.sheet).toBe('Notes');
    expect(seen.cells).toEqual([['B9', 'Noted']]);
    expect(await bench.refusal(path, { reading: { sheet: 'Students' } })).toEqual({
      code: 'file.no-sheet',
      message: 'term.xlsx has no sheet "Students".',
      hint: 'Its sheets are: "Books", "Notes".',
    });
  });

  it('without content, damaged or cut off is refused', async () => {
    const whole = workbook(books);
    expect(await bench.refusal(bench.file('blank.xlsx', workbook(blank)))).toMatchObject({
      code: 'file.empty',
      message: 'No sheet of blank.xlsx holds anything.',
    });
    expect(await bench.refusal(bench.file('cut.xlsx', whole.subarray(0, whole.length / 2)))).toMatchObject({
      code: 'file.workbook-damaged',
      message: 'cut.xlsx is a damaged workbook, or was not copied completely.',
    });
    expect(bench.leftBehind()).toEqual([]);
  });
});

describe('a file that is no table says what it is', () => {
  const EXPORT = 'Export the table from your library system again and choose CSV as its format.';
  const SAVE = 'Open it in your spreadsheet and save it as "CSV UTF-8" or as .xlsx, then load that file.';
  const ole2 = (stream: string): Buffer =>
    Buffer.concat([
      Buffer.from('d0cf11e0a1b11ae1', 'hex'),
      Buffer.alloc(504),
      Buffer.from(stream, 'utf16le'),
    ]);

  it.each([
    [
      'a PDF',
      'list.csv',
      Buffer.from('%PDF-1.7\n%âãÏÓ'),
      'a PDF document',
      `A PDF is made for printing. ${EXPORT}`,
    ],
    ['a PNG', 'scan.csv', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'a picture (PNG)', EXPORT],
    ['an old workbook', 'books.xls', ole2('Workbook'), 'a workbook of the old kind (.xls)', SAVE],
    [
      'a web page',
      'books.xls',
      Buffer.from('\r\n<html><body><table><tr><td>book_id</td></tr></table>'),
      'a web page (HTML), whatever its name says',
      `Some library systems export web pages under the name .xls or .csv. ${SAVE}`,
    ],
    ['JSON', 'books.csv', Buffer.from('[{"book_id": "B1", "title": "A"}]'), 'a JSON file', EXPORT],
    [
      'bytes that mean nothing',
      'noise.csv',
      Buffer.from('0c13fe8120aa05ee'.repeat(40), 'hex'),
      'not a text file: it holds bytes that no table has',
      'Choose a CSV file or an .xlsx workbook. If this should be one, it is damaged: export or copy it again.',
    ],
  ])('%s', async (_kind, name, content, what, hint) => {
    expect(await bench.refusal(bench.file(name, content))).toEqual({
      code: 'file.not-a-table',
      message: `${name} is ${what}.`,
      hint,
    });
    expect(bench.leftBehind()).toEqual([]);
  });

  it('a workbook with a password', async () => {
    expect(await bench.refusal(bench.file('locked.csv', ole2('EncryptedPackage')))).toEqual({
      code: 'file.encrypted',
      message: 'locked.csv is protected with a password, so it cannot be read.',
      hint: 'Open it in your spreadsheet, take the password off and save it, then load it again.',
    });
  });

  it('a megabyte of random bytes', async () => {
    expect((await bench.refusal(bench.file('random.csv', randomBytes(1_000_000)))).code).toBe(
      'file.not-a-table',
    );
  });
});
