import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BOOKS, CHECKOUTS, draftBench, fileOf, STUDENTS } from './draft-bench.ts';

const bench = draftBench();

const BOOK = `${BOOKS}B1,Matilda,240\n`;
const STUDENT = `${STUDENTS}S1,4,9,Ms. Okafor,1\n`;
const CHECKOUT = `${CHECKOUTS}S1,B1,2026-09-01\n`;

describe('files that come and go', () => {
  it('students that come later take the errors of their checkouts away', async () => {
    const draft = await bench.open({ 'books.csv': BOOK, 'checkouts.csv': CHECKOUT });
    const { draftId } = draft;
    const { fileNo } = fileOf(draft, 'checkouts.csv');
    expect(await bench.issues(draftId, fileNo)).toEqual(['1 reference.missing-student student_id']);
    const after = await bench.add(draftId, { 'students.csv': STUDENT });
    expect(await bench.issues(draftId, fileNo)).toEqual([]);
    expect(after.files.map(({ type, accepted }) => [type, accepted])).toEqual([
      ['books', 1],
      ['students', 1],
      ['checkouts', 1],
    ]);
  });

  it('books that go leave their checkouts in error', async () => {
    const draft = await bench.open({
      'books.csv': BOOK,
      'students.csv': STUDENT,
      'checkouts.csv': CHECKOUT,
    });
    const { draftId } = draft;
    const fileNo = fileOf(draft, 'checkouts.csv').fileNo;
    expect(await bench.issues(draftId, fileNo)).toEqual([]);
    await bench.ask('drafts.remove', { draftId, fileNo: fileOf(draft, 'books.csv').fileNo });
    expect(await bench.issues(draftId, fileNo)).toEqual(['1 reference.missing-book book_id']);
    expect((await bench.ready(draftId)).files.map(({ name, accepted }) => [name, accepted])).toEqual([
      ['students.csv', 1],
      ['checkouts.csv', 0],
    ]);
  });

  it('a file that has become another type is looked up by its new one', async () => {
    const draft = await bench.open({ 'checkouts.csv': CHECKOUT, 'students.csv': STUDENT });
    const { draftId } = draft;
    const all = 'student_id,book_id,title,grade_level,age,homeroom_teacher,lunch_period,checkout_date\n';
    const added = await bench.add(draftId, { 'all.csv': `${all}S1,B1,Matilda,4,9,Ms. Okafor,1,\n` });
    const { fileNo } = fileOf(added, 'all.csv');
    await bench.ask('drafts.read', { draftId, fileNo, type: 'books' });
    await bench.ready(draftId);
    expect(await bench.issues(draftId, fileOf(draft, 'checkouts.csv').fileNo)).toEqual([]);
    await bench.ask('drafts.read', { draftId, fileNo, type: 'students' });
    await bench.ready(draftId);
    expect(await bench.issues(draftId, fileOf(draft, 'checkouts.csv').fileNo)).toEqual([
      '1 reference.missing-book book_id',
    ]);
  });

  it('what was done to a file that has gone is passed over by undo and redo', async () => {
    const draft = await bench.open({ 'books.csv': `${BOOKS}B1,,x\n`, 'students.csv': STUDENT });
    const { draftId } = draft;
    const books = fileOf(draft, 'books.csv').fileNo;
    const students = fileOf(draft, 'students.csv').fileNo;
    await bench.edit(draftId, students, 1, 1, '5');
    await bench.edit(draftId, books, 1, 1, 'Matilda');
    await bench.edit(draftId, students, 1, 2, '10');
    await bench.ask('drafts.remove', { draftId, fileNo: books });
    expect((await bench.ready(draftId)).undo).toBe('Changed age in row 1');
    await bench.ask('drafts.undo', { draftId });
    expect((await bench.ask('drafts.undo', { draftId })).outcome).toMatchObject({
      label: 'Changed grade_level in row 1',
      cells: 1,
    });
    expect((await bench.ask('drafts.undo', { draftId })).outcome).toBeNull();
    await bench.ask('drafts.redo', { draftId });
    const { draft: after } = await bench.ask('drafts.redo', { draftId });
    expect([after.undo, after.redo]).toEqual(['Changed age in row 1', null]);
  });

  it('a number is never given to another file', async () => {
    const draft = await bench.open({ 'books.csv': BOOK, 'students.csv': STUDENT });
    const { draftId } = draft;
    await bench.ask('drafts.remove', { draftId, fileNo: fileOf(draft, 'students.csv').fileNo });
    const added = await bench.add(draftId, { 'more.csv': `${BOOKS}B2,Holes,\n` });
    expect(fileOf(added, 'more.csv').fileNo).toBe(2);
    await bench.ask('drafts.remove', { draftId, fileNo: 2 });
    await bench.restart();
    const again = await bench.add(draftId, { 'last.csv': `${BOOKS}B3,Hatchet,\n` });
    expect(fileOf(again, 'last.csv').fileNo).toBe(3);
  });

  it('leaves no copy of a file that has gone', async () => {
    const draft = await bench.open({ 'books.csv': BOOK, 'students.csv': STUDENT });
    const { draftId } = draft;
    await bench.ask('drafts.remove', { draftId, fileNo: fileOf(draft, 'students.csv').fileNo });
    const left = readdirSync(join(bench.world.dir, 'workspace', draftId));
    expect(left.filter((name) => name.startsWith('file-')).sort()).toEqual([
      'file-0.csv',
      'file-0.index',
      'file-0.json',
    ]);
  });

  it('a file that is not there any more cannot be asked for or taken out', async () => {
    const { draftId } = await bench.open({ 'books.csv': BOOK });
    await bench.ask('drafts.remove', { draftId, fileNo: 0 });
    expect(await bench.refusal('drafts.remove', { draftId, fileNo: 0 })).toBe('draft.file-unknown');
    expect(await bench.refusal('drafts.rows', { draftId, fileNo: 0, from: 1, count: 1 })).toBe(
      'draft.file-unknown',
    );
    expect((await bench.ready(draftId)).files).toEqual([]);
  });

  it('two files of one name are told apart', async () => {
    const draft = await bench.open({ 'books.csv': BOOK });
    const { draftId } = draft;
    const after = await bench.add(draftId, { 'books.csv': `${BOOKS}B2,,\nB3,Holes,\n` });
    expect(after.files.map(({ fileNo, name, rows, accepted }) => [fileNo, name, rows, accepted])).toEqual([
      [0, 'books.csv', 1, 1],
      [1, 'books.csv', 2, 1],
    ]);
  });
});
