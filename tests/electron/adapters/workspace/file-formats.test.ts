import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encoded } from '../csv/reading.ts';
import { packedZip } from '../xlsx/packed-zip.ts';
import { inline, oneSheet, workbookParts } from '../xlsx/workbook-files.ts';
import { allCells, type FileFolder, fileFolder, never } from './open-files.ts';

let folder: FileFolder;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const TEXT = 'book_id,title\nB1,Brontë “Jane” – €5\nB2,"Größe\n2"\n';
const ROWS = [
  ['B1', 'Brontë “Jane” – €5'],
  ['B2', 'Größe\n2'],
];

describe('a file is read however it was written', () => {
  it.each([
    ['UTF-8', encoded(TEXT, 'utf-8'), 'utf-8', true],
    ['UTF-8 with a byte order mark', encoded(`\ufeff${TEXT}`, 'utf-8'), 'utf-8', true],
    ['Windows-1252', encoded(TEXT, 'windows-1252'), 'windows-1252', false],
    ['UTF-16 of Excel', encoded(`\ufeff${TEXT}`, 'utf-16le'), 'utf-16le', true],
    ['UTF-16 the other way round', encoded(`\ufeff${TEXT}`, 'utf-16be'), 'utf-16be', true],
    ['gzip', gzipSync(TEXT), 'utf-8', true],
    ['gzip around Windows-1252', gzipSync(encoded(TEXT, 'windows-1252')), 'windows-1252', false],
    ['CR line breaks', encoded(TEXT.replaceAll('\n', '\r'), 'utf-8'), 'utf-8', true],
    ['CRLF line breaks', encoded(TEXT.replaceAll('\n', '\r\n'), 'utf-8'), 'utf-8', true],
  ])('%s', async (_, bytes, encoding, encodingSure) => {
    const file = await folder.open(folder.write('books.csv', bytes));
    const cells = await allCells(file);
    expect(file.header).toEqual(['book_id', 'title']);
    expect(cells.map((row) => row.map((cell) => cell.replaceAll(/\r\n?/g, '\n')))).toEqual(ROWS);
    expect(file.reading()).toMatchObject({ encoding, encodingSure, lostCharacters: 0 });
    expect(file.reading().bytesRead).toBe(bytes.length);
  });

  it('Windows-1252 that shows late: what was read as UTF-8 before is the same in both', async () => {
    const late = Buffer.concat([Buffer.from(`t\n${'a\n'.repeat(200_000)}`), Buffer.from([0xeb, 0x0a])]);
    const file = await folder.open(folder.write('books.csv', late));
    const { rows, encoding, encodingSure } = await file.ready(Number.POSITIVE_INFINITY, never);
    expect([rows, encoding, encodingSure]).toEqual([200_001, 'windows-1252', false]);
    expect(await file.page(200_000, 2, never)).toMatchObject([{ cells: ['a'] }, { cells: ['ë'] }]);
  });

  it('counts the characters that no reading could recover', async () => {
    const bytes = Buffer.concat([Buffer.from('\ufefft\né\n'), Buffer.from([0xff, 0x0a, 0xc3, 0x0a])]);
    const file = await folder.open(folder.write('books.csv', bytes));
    expect(await allCells(file)).toEqual([['é'], ['\ufffd'], ['\ufffd']]);
    expect(file.reading()).toMatchObject({ encoding: 'utf-8', lostCharacters: 2 });
  });

  it('a first line that names the delimiter is no record', async () => {
    const file = await folder.open(folder.write('books.csv', 'sep=;\na;b\n1,5;2\n'));
    expect(file).toMatchObject({ delimiter: ';', header: ['a', 'b'], headerLine: 2 });
    expect(await file.page(1, 9, never)).toEqual([{ row: 1, line: 3, cells: ['1,5', '2'], fault: null }]);
  });

  it('a damaged gzip is refused as file.compressed', async () => {
    const packed = gzipSync('a,b\n'.repeat(10_000));
    const path = folder.write('books.csv.gz', packed.subarray(0, packed.length - 4));
    const opening = folder.open(path).then((file) => file.ready(Number.POSITIVE_INFINITY, never));
    await expect(opening).rejects.toMatchObject({ code: 'file.compressed' });
  });
});

describe('a workbook', () => {
  const row = (...cells: string[]) => `<row>${cells.map(inline).join('')}</row>`;

  it.each(['books.xlsx', 'books.csv'])('is read as its rows, also under the name %s', async (name) => {
    const sheet = oneSheet(row('book_id', 'title') + row('B1', 'two\nlines') + row('B2', 'Emma'));
    const path = folder.write(name, sheet);
    const file = await folder.open(path);
    expect(file).toMatchObject({
      header: ['book_id', 'title'],
      headerLine: 1,
      bytes: sheet.length,
      workbook: { sheet: 'Data', sheets: ['Data'] },
    });
    // Lines are rows of the sheet: a line break inside a cell does not count.
    expect(await file.page(1, 9, never)).toEqual([
      { row: 1, line: 2, cells: ['B1', 'two\nlines'], fault: null },
      { row: 2, line: 3, cells: ['B2', 'Emma'], fault: null },
    ]);
    expect(file.reading()).toEqual({
      rows: 2,
      bytesRead: sheet.length,
      ended: true,
      encoding: 'xlsx',
      encodingSure: true,
      lostCharacters: 0,
    });
  });

  it('is read from the sheet that a person names', async () => {
    const sheets = [
      { name: 'Notes', data: row('n') + row('x') },
      { name: 'Books', data: row('book_id') + row('B1') },
    ];
    const path = folder.write('term.xlsx', packedZip(workbookParts({ sheets })));
    const file = await folder.open(path, { reading: { sheet: 'Books' } });
    expect(file.workbook).toEqual({ sheet: 'Books', sheets: ['Notes', 'Books'] });
    expect(await allCells(file)).toEqual([['B1']]);
  });
});

describe('what a person says about a file is taken for true', () => {
  it('its encoding', async () => {
    const path = folder.write('books.csv', Buffer.from([0x74, 0x0a, 0x8e, 0x0a]));
    const file = await folder.open(path, { reading: { encoding: 'macintosh' } });
    expect(await allCells(file)).toEqual([['é']]);
    expect(file.reading()).toMatchObject({ encoding: 'macintosh', encodingSure: true });
  });

  it('its delimiter', async () => {
    const path = folder.write('books.csv', 'a,b;c\n1,2;3\n');
    const file = await folder.open(path, { reading: { delimiter: ';' } });
    expect([file.header, await allCells(file)]).toEqual([['a,b', 'c'], [['1,2', '3']]]);
  });

  it('that it has no header: columns are numbered, and the first line is a record', async () => {
    const path = folder.write('books.csv', 'B1,Emma\nB2,Persuasion,1817\n');
    const file = await folder.open(path, { reading: { header: false } });
    expect(file).toMatchObject({ header: ['Column 1', 'Column 2', 'Column 3'], headerLine: 0 });
    expect(await file.page(1, 9, never)).toEqual([
      { row: 1, line: 1, cells: ['B1', 'Emma'], fault: null },
      { row: 2, line: 2, cells: ['B2', 'Persuasion', '1817'], fault: null },
    ]);
  });

  it.each([
    ['an encoding', { encoding: 'klingon' }],
    ['a delimiter', { delimiter: 'and' }],
  ])('but not %s that does not exist', async (_, reading) => {
    const path = folder.write('books.csv', 'a,b\n');
    await expect(folder.open(path, { reading })).rejects.toMatchObject({ code: 'usage.invalid' });
  });
});
