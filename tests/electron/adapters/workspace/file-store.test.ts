import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { allCells, type FileFolder, fileFolder, never } from './open-files.ts';

let folder: FileFolder;
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

describe('opening a CSV file', () => {
  it('tells its header, size and dialect', async () => {
    const path = folder.write('books.csv', '\n\nbook_id;title\nB1;Matilda\n');
    const file = await folder.open(path, { key: 3 });
    expect(file).toMatchObject({
      key: 3,
      path,
      name: 'books.csv',
      bytes: 27,
      delimiter: ';',
      workbook: null,
      header: ['book_id', 'title'],
      headerLine: 3,
      sample: [['B1', 'Matilda']],
    });
    expect(await file.ready(Number.POSITIVE_INFINITY, never)).toEqual({
      rows: 1,
      bytesRead: 27,
      ended: true,
      encoding: 'utf-8',
      encodingSure: true,
      lostCharacters: 0,
    });
    expect(file.reading()).toMatchObject({ rows: 1, ended: true });
  });

  it('finds no records, and no fault, behind a header alone', async () => {
    const file = await folder.open(folder.write('books.csv', 'book_id,title'));
    expect(await file.ready(0, never)).toMatchObject({ rows: 0, ended: true });
    expect(await file.page(1, 10, never)).toEqual([]);
    expect(file.sample).toEqual([]);
  });

  it('gives 500 records as a sample, and all of a smaller file', async () => {
    const large = await folder.open(folder.write('large.csv', `n\n${'1\n'.repeat(501)}`));
    expect(large.sample).toHaveLength(500);
    const small = await folder.open(folder.write('small.csv', 'n\n1\n2\n'), { key: 1 });
    expect(small.sample).toEqual([['1'], ['2']]);
  });

  it.each([
    ['no bytes', ''],
    ['blank lines only', '\n \r\n\n'],
    ['a byte order mark only', '\ufeff'],
  ])('refuses a file of %s as file.empty, with a header or without', async (_, content) => {
    const path = folder.write('books.csv', content);
    await expect(folder.open(path)).rejects.toMatchObject({ code: 'file.empty' });
    await expect(folder.open(path, { reading: { header: false } })).rejects.toMatchObject({
      code: 'file.empty',
    });
  });

  it('refuses what is not there as file.missing, naming the path', async () => {
    const path = join(folder.path, 'nowhere', 'books.csv');
    await expect(folder.open(path)).rejects.toMatchObject({
      code: 'file.missing',
      message: expect.stringContaining(path),
    });
    const inside = join(folder.write('file', 'x'), 'books.csv');
    await expect(folder.open(inside)).rejects.toMatchObject({ code: 'file.missing' });
  });

  it('refuses a folder as file.is-directory', async () => {
    mkdirSync(join(folder.path, 'books'));
    await expect(folder.open(join(folder.path, 'books'))).rejects.toMatchObject({
      code: 'file.is-directory',
      message: expect.stringContaining('books'),
    });
  });

  it.skipIf(process.platform === 'win32')('refuses a pipe without waiting for a writer', async () => {
    const path = join(folder.path, 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(folder.open(path)).rejects.toMatchObject({ code: 'file.unreadable' });
  });

  it('refuses a header that cannot be taken apart, naming its line', async () => {
    await expect(folder.open(folder.write('books.csv', '\na,"b\n1,2\n'))).rejects.toMatchObject({
      code: 'file.unreadable',
      message: expect.stringContaining('line 2'),
    });
  });

  it('keeps the files of a load apart by their keys', async () => {
    const a = await folder.open(folder.write('a.csv', 'n\na\n'), { key: 0 });
    const b = await folder.open(folder.write('b.csv', 'n\nb\n'), { key: 1 });
    expect([await allCells(a), await allCells(b)]).toEqual([[['a']], [['b']]]);
  });
});

describe('records of an opened file', () => {
  const open = () =>
    folder.open(folder.write('books.csv', 'a,b\n1,x\n\n2,"y\nz"\n3,"never\n4,w\n5\n'), { key: 0 });

  it('come by their numbers, as they stand in the file, as often as they are asked for', async () => {
    const file = await open();
    const second = [{ row: 2, line: 4, cells: ['2', 'y\nz'], fault: null }];
    expect(await file.page(2, 1, never)).toEqual(second);
    expect(await file.page(2, 1, never)).toEqual(second);
    expect(await file.page(3, 2, never)).toEqual([
      { row: 3, line: 6, cells: ['3,"never'], fault: 'quote-unclosed' },
      { row: 4, line: 7, cells: ['4', 'w'], fault: null },
    ]);
  });

  it('are as many as there are: fewer at the end, none behind it', async () => {
    const file = await open();
    expect((await file.page(4, 100, never)).map(({ row }) => row)).toEqual([4, 5]);
    expect(await file.page(6, 100, never)).toEqual([]);
    expect(await file.page(1_000, 10, never)).toEqual([]);
    expect(await file.page(1, 0, never)).toEqual([]);
  });

  it('are picked by their numbers', async () => {
    const file = await open();
    await file.ready(Number.POSITIVE_INFINITY, never);
    expect((await file.pick([1, 3, 5], never)).map(({ row, line, cells }) => [row, line, cells])).toEqual([
      [1, 2, ['1', 'x']],
      [3, 6, ['3,"never']],
      [5, 8, ['5']],
    ]);
    expect(await file.pick([], never)).toEqual([]);
  });

  it('begin on the lines that are asked for, in any order and more than once', async () => {
    const file = await open();
    await file.ready(Number.POSITIVE_INFINITY, never);
    expect(await file.lines([5, 2, 5, 1], never)).toEqual([8, 4, 8, 2]);
    expect(await file.lines([], never)).toEqual([]);
  });

  it('are found wherever they lie in a large file, near each other or far apart', async () => {
    const numbers = Array.from({ length: 60_000 }, (_, i) => i + 1);
    const text = numbers.map((n) => `${n},${'x'.repeat(n % 50)}\n`).join('');
    const file = await folder.open(folder.write('large.csv', `n,text\n${text}`));
    await file.ready(Number.POSITIVE_INFINITY, never);
    const rows = numbers.filter((n) => n % 7_001 === 1 || (n > 30_000 && n < 30_010) || n === 60_000);
    const picked = await file.pick(rows, never);
    expect(picked.map(({ row, line, cells: [n] }) => [row, line, n])).toEqual(
      rows.map((row) => [row, row + 1, String(row)]),
    );
    expect(await file.lines(rows, never)).toEqual(rows.map((row) => row + 1));
    expect((await file.page(29_990, 20_000, never)).map(({ cells: [n] }) => Number(n))).toEqual(
      numbers.slice(29_989, 49_989),
    );
  });
});
