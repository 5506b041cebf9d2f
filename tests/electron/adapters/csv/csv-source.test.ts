import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCsvSource } from '../../../../electron/adapters/csv/csv-source.ts';
import type { OpenedFile } from '../../../../electron/engine/ports.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accession-csv-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const never = new AbortController().signal;
const source = createCsvSource();

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function drain(file: OpenedFile, signal = never): Promise<number> {
  let rows = 0;
  for await (const batch of file.records(10, signal)) rows += batch.records.length;
  return rows;
}

describe('opening a CSV file', () => {
  it('tells its header, size and dialect', async () => {
    const file = await source.open(write('books.csv', 'book_id,title\nB1,Matilda\n'), never);
    expect(file).toMatchObject({
      name: 'books.csv',
      bytes: 25,
      encoding: 'utf-8',
      delimiter: ',',
      header: ['book_id', 'title'],
    });
  });

  it('gives the same records as often as they are asked for, and all bytes in the end', async () => {
    const file = await source.open(write('books.csv', 'a\n1\n2\n3\n'), never);
    expect(await drain(file)).toBe(3);
    const seen: number[] = [];
    for await (const batch of file.records(2, never)) seen.push(batch.records.length, batch.bytesRead);
    expect(seen).toEqual([2, 8, 1, 8]);
  });

  it('finds no records, and no fault, behind a header alone', async () => {
    expect(await drain(await source.open(write('books.csv', 'book_id,title'), never))).toBe(0);
  });

  it.each([
    ['no bytes', ''],
    ['blank lines only', '\n \r\n\n'],
    ['a byte order mark only', '\ufeff'],
  ])('refuses a file of %s as file.empty', async (_, content) => {
    await expect(source.open(write('books.csv', content), never)).rejects.toMatchObject({
      code: 'file.empty',
    });
  });

  it('refuses what is not there as file.missing, naming the path', async () => {
    const path = join(folder, 'nowhere', 'books.csv');
    await expect(source.open(path, never)).rejects.toMatchObject({
      code: 'file.missing',
      message: expect.stringContaining(path),
    });
    const inside = join(write('file', 'x'), 'books.csv');
    await expect(source.open(inside, never)).rejects.toMatchObject({ code: 'file.missing' });
  });

  it('refuses a folder as file.is-directory', async () => {
    mkdirSync(join(folder, 'books'));
    await expect(source.open(join(folder, 'books'), never)).rejects.toMatchObject({
      code: 'file.is-directory',
    });
  });

  it.skipIf(process.platform === 'win32')('refuses a pipe, which cannot be read twice', async () => {
    const path = join(folder, 'pipe');
    execFileSync('mkfifo', [path]);
    await expect(source.open(path, never)).rejects.toMatchObject({ code: 'file.unreadable' });
  });

  it('refuses a file in another encoding, at once or when it gets there', async () => {
    const atOnce = write('a.csv', Buffer.from('a\nBront\xeb\n', 'latin1'));
    await expect(source.open(atOnce, never)).rejects.toMatchObject({ code: 'file.encoding' });
    const late = Buffer.concat([Buffer.from('a\n'.repeat(200_000)), Buffer.from([0xeb, 0x0a])]);
    const file = await source.open(write('b.csv', late), never);
    await expect(drain(file)).rejects.toMatchObject({
      code: 'file.encoding',
      message: expect.stringContaining('line 200001 '),
    });
  });

  it('refuses a header that cannot be taken apart', async () => {
    await expect(source.open(write('books.csv', 'a,"b\n1,2\n'), never)).rejects.toMatchObject({
      code: 'file.unreadable',
      message: expect.stringContaining('line 1'),
    });
  });
});

describe('reading a file that changes', () => {
  it('says file.missing when it has gone', async () => {
    const path = write('books.csv', 'a\n1\n');
    const file = await source.open(path, never);
    rmSync(path);
    await expect(drain(file)).rejects.toMatchObject({ code: 'file.missing' });
  });

  it.each([
    ['shorter', 'a\n'],
    ['longer', 'a\n1\n2\n'],
    ['other columns', 'b\n1\n'],
  ])('says that it changed when it became: %s', async (_, content) => {
    const path = write('books.csv', 'a\n1\n');
    const file = await source.open(path, never);
    writeFileSync(path, content);
    await expect(drain(file)).rejects.toMatchObject({
      code: 'file.unreadable',
      message: expect.stringContaining('changed'),
    });
  });

  it('notices what is appended while it is read', async () => {
    const path = write('books.csv', `a\n${'1\n'.repeat(500_000)}`);
    const file = await source.open(path, never);
    const reading = async () => {
      let appended = false;
      for await (const _batch of file.records(10, never)) {
        if (!appended) appendFileSync(path, '2\n');
        appended = true;
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'file.unreadable' });
  });
});

describe('an aborted reader', () => {
  it('rejects with the reason of its signal, before and between batches', async () => {
    const path = write('books.csv', `a\n${'1\n'.repeat(200_000)}`);
    const reason = new Error('enough');
    await expect(source.open(path, AbortSignal.abort(reason))).rejects.toBe(reason);
    const file = await source.open(path, never);
    await expect(drain(file, AbortSignal.abort(reason))).rejects.toBe(reason);
    const controller = new AbortController();
    const reading = async () => {
      for await (const _batch of file.records(10, controller.signal)) controller.abort(reason);
    };
    await expect(reading()).rejects.toBe(reason);
  });

  it('may stop early', async () => {
    const file = await source.open(write('books.csv', 'a\n1\n2\n3\n'), never);
    for await (const batch of file.records(1, never)) {
      expect(batch.records).toMatchObject([{ row: 1, line: 2, cells: ['1'] }]);
      break;
    }
  });
});
