import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { draftBench, fileOf, STUDENTS } from './draft-bench.ts';

const bench = draftBench();

const WRONG = `${STUDENTS}S1,four,9,Ms. Okafor,1\nS2,4,9,Ms. Okafor,1\nS3,4,nine,"Okafor, Ms.",1\n`;

async function opened(text = WRONG): Promise<{ draftId: string; fileNo: number }> {
  const draft = await bench.open({ 'students.csv': text });
  return { draftId: draft.draftId, fileNo: fileOf(draft, 'students.csv').fileNo };
}

/** Fetches a whole file, and tells in how many pieces it came. */
async function fetched(draftId: string, exportId: string): Promise<{ content: Buffer; pieces: number }> {
  const parts: Buffer[] = [];
  for (;;) {
    const offset = parts.reduce((n, part) => n + part.length, 0);
    const { base64, end } = await bench.ask('drafts.exportPiece', { draftId, exportId, offset });
    parts.push(Buffer.from(base64, 'base64'));
    if (end) return { content: Buffer.concat(parts), pieces: parts.length };
  }
}

async function exported(file: { draftId: string; fileNo: number }, format: 'csv' | 'xlsx') {
  const made = await bench.ask('drafts.export', { ...file, format });
  return { ...made, ...(await fetched(file.draftId, made.exportId)) };
}

describe('rejected rows as a file', () => {
  it('come as they are, named after their file, with what is wrong beside them', async () => {
    const { name, rows, bytes, content } = await exported(await opened(), 'csv');
    expect([name, rows, content.length]).toEqual(['students.rejected.csv', 2, bytes]);
    const lines = content.toString('utf8').replace('\ufeff', '').split('\r\n');
    expect(lines[0]).toMatch(/^student_id,grade_level,age,homeroom_teacher,lunch_period,What is wrong,/);
    expect(lines[1]).toMatch(/^S1,four,9,Ms. Okafor,1,/);
    expect(lines[2]).toMatch(/^S3,4,nine,"Okafor, Ms.",1,/);
  });

  it('are named without the ending of a file that was packed', async () => {
    const path = bench.file('students.csv.gz', gzipSync(WRONG));
    const { draft } = await bench.ask('drafts.open', { profileId: null, files: [path] });
    await bench.ready(draft.draftId);
    const { name } = await exported({ draftId: draft.draftId, fileNo: 0 }, 'csv');
    expect(name).toBe('students.rejected.csv');
  });

  it('come in pieces that give the exact bytes', async () => {
    const teacher = 'Ms. Ökafor '.repeat(12).trim();
    const rows = Array.from({ length: 6_000 }, (_, i) => `S${i},four,9,${teacher},1`);
    const file = await opened(`${STUDENTS}${rows.join('\n')}\n`);
    const { exportId } = await bench.ask('drafts.export', { ...file, format: 'csv' });
    const { content, pieces } = await fetched(file.draftId, exportId);
    expect(pieces).toBe(3);
    const draft = await bench.process.desk.get('page', file.draftId);
    const path = draft.exports.get(exportId)?.path ?? '';
    expect(content.equals(readFileSync(path))).toBe(true);
    expect(content.toString('utf8').match(/four/g)).toHaveLength(6_000);
  });

  it('are a workbook where that is asked for', async () => {
    const { name, content } = await exported(await opened(), 'xlsx');
    expect([name, content.subarray(0, 2).toString('latin1')]).toEqual(['students.rejected.xlsx', 'PK']);
  });

  it('are no file where there are none', async () => {
    const { rows, bytes, content } = await exported(await opened(`${STUDENTS}S2,4,9,Ms. Okafor,1\n`), 'csv');
    expect([rows, bytes, content.length]).toEqual([0, 0, 0]);
  });

  it('are kept five at a time', async () => {
    const file = await opened();
    const folder = join(bench.world.dir, 'workspace', file.draftId, 'exports');
    const ids: string[] = [];
    for (let i = 0; i < 6; i += 1)
      ids.push((await bench.ask('drafts.export', { ...file, format: 'csv' })).exportId);
    const look = (exportId: string | undefined) =>
      bench.refusal('drafts.exportPiece', {
        draftId: file.draftId,
        exportId: exportId ?? '',
        offset: 0,
      });
    expect([await look(ids[0]), await look(ids[1])]).toEqual(['draft.view-gone', '']);
    expect(readdirSync(folder)).toHaveLength(5);
    await bench.process.desk.clientGone('page');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('corrected rows that come back', () => {
  const corrected = async (file: { draftId: string; fileNo: number }): Promise<string> =>
    (await exported(file, 'csv')).content.toString('utf8').replace('S1,four,', 'S1,4,');

  it('are merged into their file as one operation, and are no file of their own', async () => {
    const file = await opened();
    const { draftId } = file;
    const path = bench.file('back.csv', await corrected(file));
    const { merged } = await bench.ask('drafts.add', { draftId, files: [path] });
    expect(merged).toEqual([{ name: 'back.csv', into: 'students.csv', cells: 1, rows: 1, kept: [] }]);
    const draft = await bench.ready(draftId);
    expect(draft.files.map(({ name, accepted, rejected }) => [name, accepted, rejected])).toEqual([
      ['students.csv', 2, 1],
    ]);
    expect(draft.undo).toBe('Corrections from back.csv: 1 cell');
    await bench.ask('drafts.undo', { draftId });
    expect((await bench.rows(draftId, file.fileNo))[0]?.cells[1]).toBe('four');
  });

  it('come as a workbook beside other files, too', async () => {
    const file = await opened();
    const { content } = await exported(file, 'xlsx');
    const { draftId } = file;
    const files = [bench.file('back.xlsx', content), bench.file('books.csv', 'book_id,title\nB1,Matilda\n')];
    const { merged } = await bench.ask('drafts.add', { draftId, files });
    expect(merged).toEqual([{ name: 'back.xlsx', into: 'students.csv', cells: 0, rows: 0, kept: [] }]);
    expect((await bench.ready(draftId)).files.map(({ name }) => name)).toEqual(['books.csv', 'students.csv']);
  });

  it('of a file that has gone say so on a card of their own', async () => {
    const file = await opened();
    const { draftId } = file;
    const path = bench.file('back.csv', await corrected(file));
    await bench.ask('drafts.remove', file);
    const { merged } = await bench.ask('drafts.add', { draftId, files: [path] });
    expect(merged).toEqual([]);
    expect(
      (await bench.ready(draftId)).files.map(({ name, state, error }) => [name, state, error?.code]),
    ).toEqual([['back.csv', 'failed', 'draft.corrections-foreign']]);
  });

  it('find their draft by themselves, and say what of them was not taken', async () => {
    const file = await opened();
    const { draftId, fileNo } = file;
    const path = bench.file('renamed.csv', await corrected(file));
    await bench.ask('drafts.edit', { draftId, fileNo, edits: [{ row: 1, position: 1, text: '5' }] });
    const answer = await bench.ask('drafts.open', { profileId: null, files: [path] });
    expect(answer.draft.draftId).toBe(draftId);
    expect(answer.merged).toEqual([
      {
        name: 'renamed.csv',
        into: 'students.csv',
        cells: 0,
        rows: 0,
        kept: ['One cell was changed here since the file was saved; it stays as it is here.'],
      },
    ]);
    expect((await bench.rows(draftId, fileNo))[0]?.cells[1]).toBe('5');
  });

  it('dropped together with other files open with these, and merge nothing', async () => {
    const file = await opened();
    const back = bench.file('back.csv', await corrected(file));
    const books = bench.file('books.csv', 'book_id,title\nB1,Matilda\n');
    const { draft, merged } = await bench.ask('drafts.open', { profileId: null, files: [back, books] });
    expect([draft.draftId === file.draftId, merged]).toEqual([false, []]);
    expect((await bench.ready(draft.draftId)).files.map(({ name }) => name)).toEqual([
      'books.csv',
      'back.csv',
    ]);
  });

  it('whose draft was discarded open as a file like any other', async () => {
    const file = await opened();
    const path = bench.file('back.csv', await corrected(file));
    await bench.ask('drafts.discard', { draftId: file.draftId });
    const { draft, merged } = await bench.ask('drafts.open', { profileId: null, files: [path] });
    expect([draft.draftId === file.draftId, merged]).toEqual([false, []]);
    expect((await bench.ready(draft.draftId)).files.map(({ type }) => type)).toEqual(['students']);
  });

  it('of another draft are a file like any other', async () => {
    const file = await opened();
    const path = bench.file('back.csv', await corrected(file));
    const other = await bench.open({ 'books.csv': 'book_id,title\nB1,Matilda\n' });
    const { merged } = await bench.ask('drafts.add', { draftId: other.draftId, files: [path] });
    expect(merged).toEqual([]);
    const draft = await bench.ready(other.draftId);
    expect(draft.files.map(({ name, type, accepted }) => [name, type, accepted])).toEqual([
      ['books.csv', 'books', 1],
      ['back.csv', 'students', 1],
    ]);
  });
});
