import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileIds } from '../../../electron/main/chosen-files.ts';
import type { NoticeToBackend } from '../../../shared/desktop/notices.ts';

let dir = '';

beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), 'accession-chosen-')));
  writeFileSync(join(dir, 'books.csv'), 'book_id,title\n');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function ids() {
  const posted: NoticeToBackend[] = [];
  let last = 0;
  const fileIds = createFileIds({
    newId: () => {
      last += 1;
      return `id-${last}`;
    },
    post: (notice) => posted.push(notice),
  });
  return { fileIds, posted };
}

test('a file gets an id, and its path goes to the backend alone', async () => {
  const { fileIds, posted } = ids();
  const taken = await fileIds.take([join(dir, 'books.csv')]);
  expect(taken).toEqual({ files: [{ id: 'id-1', name: 'books.csv', sizeBytes: 14 }], refused: [] });
  expect(posted).toEqual([{ kind: 'file-chosen', fileId: 'id-1', path: join(dir, 'books.csv') }]);
});

test('the same file keeps its id, by whatever way it comes', async () => {
  const { fileIds } = ids();
  symlinkSync(join(dir, 'books.csv'), join(dir, 'link.csv'));
  const first = await fileIds.take([join(dir, 'books.csv')]);
  const second = await fileIds.take([join(dir, 'link.csv')]);
  expect(second.files).toEqual([{ id: first.files[0]?.id, name: 'link.csv', sizeBytes: 14 }]);
});

test('of a folder the tables are taken, however deep, and other things in it are refused by name', async () => {
  const { fileIds } = ids();
  mkdirSync(join(dir, 'term', 'autumn'), { recursive: true });
  writeFileSync(join(dir, 'term', 'students.CSV'), 'student_id\n');
  writeFileSync(join(dir, 'term', 'letter.docx'), '');
  writeFileSync(join(dir, 'term', '.DS_Store'), '');
  writeFileSync(join(dir, 'term', '~$books.xlsx'), '');
  writeFileSync(join(dir, 'term', 'autumn', 'books.xlsx'), '');
  symlinkSync(join(dir, 'term'), join(dir, 'term', 'autumn', 'round'));
  const taken = await fileIds.take([join(dir, 'term'), join(dir, 'books.csv')]);
  expect(taken.files.map(({ name }) => name)).toEqual(['students.CSV', 'books.xlsx', 'books.csv']);
  expect(taken.refused.map(({ name, error }) => [name, error.code])).toEqual([
    ['letter.docx', 'file.unknown-type'],
    ['round', 'file.unknown-type'],
  ]);
});

test('of a folder with more than a thousand things in it the first thousand are looked at', async () => {
  const { fileIds } = ids();
  mkdirSync(join(dir, 'home'));
  for (let n = 0; n < 1_001; n += 1) writeFileSync(join(dir, 'home', `${n}.csv`), '');
  const taken = await fileIds.take([join(dir, 'home')]);
  expect(taken.files).toHaveLength(1_000);
  expect(taken.refused.map(({ name, error }) => [name, error.message])).toEqual([
    ['home', 'This folder holds more than 1,000 files and folders; the rest of it was not looked at.'],
  ]);
});

test('a folder of no tables and a file that is gone are refused in words, without their paths, and the rest is taken', async () => {
  const { fileIds } = ids();
  mkdirSync(join(dir, 'term.csv'));
  const taken = await fileIds.take([join(dir, 'term.csv'), join(dir, 'gone.csv'), join(dir, 'books.csv')]);
  expect(taken.files.map(({ name }) => name)).toEqual(['books.csv']);
  expect(taken.refused.map(({ name, error }) => [name, error.code])).toEqual([
    ['term.csv', 'file.is-directory'],
    ['gone.csv', 'file.missing'],
  ]);
  expect(JSON.stringify(taken)).not.toContain(dir);
});

test('a backend that was started anew is told of every id', async () => {
  const { fileIds, posted } = ids();
  await fileIds.take([join(dir, 'books.csv')]);
  posted.length = 0;
  fileIds.announceAll();
  expect(posted).toEqual([{ kind: 'file-chosen', fileId: 'id-1', path: join(dir, 'books.csv') }]);
});
