import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { BOOKS, CHECKOUTS, draftBench, fileOf, STUDENTS } from './draft-bench.ts';

const bench = draftBench();

const TERM = {
  'checkouts.csv': `${CHECKOUTS}S1,B1,2026-09-01\nS9,B1,2026-09-02\nS1,B2,2026-09-03\n`,
  'students.csv': `${STUDENTS}S1,4,9,Ms. Okafor,1\nS2,four,9,Ms. Okafor,1\n`,
  'books.csv': `${BOOKS}B1,Matilda,240\nB2,,100\nB3,Holes,4.0\n`,
};

describe('a term that is opened in one go', () => {
  it('is recognised file by file and put into loading order, with counts', async () => {
    const draft = await bench.open(TERM);
    expect(
      draft.files.map(({ name, state, type, rows, accepted, rejected, skipped }) => ({
        name,
        state,
        type,
        counts: [rows, accepted, rejected, skipped],
      })),
    ).toEqual([
      { name: 'books.csv', state: 'checked', type: 'books', counts: [3, 2, 1, 0] },
      { name: 'students.csv', state: 'checked', type: 'students', counts: [2, 1, 1, 0] },
      { name: 'checkouts.csv', state: 'checked', type: 'checkouts', counts: [3, 1, 2, 0] },
    ]);
    expect(draft.files.map(({ errors, warnings }) => [errors, warnings])).toEqual([
      [1, 0],
      [1, 0],
      [2, 0],
    ]);
    expect(draft.lookup).toEqual({ kind: 'asked' });
  });

  it('has its issues at the right rows, references between the files included', async () => {
    const { draftId, files } = await bench.open(TERM);
    const told = await Promise.all(files.map(({ fileNo }) => bench.issues(draftId, fileNo)));
    expect(told).toEqual([
      ['2 value.required title'],
      ['2 value.not-a-number grade_level'],
      ['2 reference.missing-student student_id', '3 reference.missing-book book_id'],
    ]);
  });

  it('tells every step, the last of them with all files checked', async () => {
    const { draftId, revision } = await bench.open(TERM);
    const own = bench.world.changes.filter((change) => change.draftId === draftId);
    expect(own.length).toBeGreaterThan(5);
    expect(own.at(-1)?.revision).toBe(revision);
  });

  it('is answered before any file is open', async () => {
    const { draft } = await bench.ask('drafts.open', {
      profileId: null,
      files: [bench.file('books.csv', TERM['books.csv'])],
    });
    expect(draft.files.map(({ name, state, type, rows }) => [name, state, type, rows])).toEqual([
      ['books.csv', 'opening', null, 0],
    ]);
    await bench.ready(draft.draftId);
  });
});

describe('a file that cannot be read', () => {
  it('says so on its own card while the others are checked', async () => {
    const folder = join(bench.world.dir, 'a-folder');
    mkdirSync(folder);
    const paths = [
      folder,
      bench.file('empty.csv', ''),
      bench.file('sums.csv', 'alpha,beta\n1,2\n3,4\n'),
      join(bench.world.dir, 'gone.csv'),
      bench.file('books.csv', TERM['books.csv']),
    ];
    const { draft } = await bench.ask('drafts.open', { profileId: null, files: paths });
    const ready = await bench.ready(draft.draftId);
    expect(ready.files.map(({ name, state, error }) => [name, state, error?.code])).toEqual([
      ['books.csv', 'checked', undefined],
      ['a-folder', 'failed', 'file.is-directory'],
      ['empty.csv', 'failed', 'file.empty'],
      ['sums.csv', 'failed', 'file.unknown-type'],
      ['gone.csv', 'failed', 'file.missing'],
    ]);
    const { fileNo } = fileOf(ready, 'sums.csv');
    expect(await bench.refusal('drafts.rows', { draftId: draft.draftId, fileNo, from: 1, count: 1 })).toBe(
      'file.unknown-type',
    );
  });

  it('is brought in once somebody says what it holds', async () => {
    const opened = await bench.open({ 'list.csv': 'id,name,pages\nB1,Matilda,240\n' });
    const { draftId } = opened;
    const { fileNo, state } = fileOf(opened, 'list.csv');
    expect(state).toBe('failed');
    const mapping = {
      version: 1,
      type: 'books',
      columns: { book_id: 'id', title: 'name', page_count: 'pages' },
    } as const;
    await bench.ask('drafts.read', { draftId, fileNo, mapping });
    const { files } = await bench.ready(draftId);
    expect(files.map(({ state, type, accepted, error }) => [state, type, accepted, error])).toEqual([
      ['checked', 'books', 1, null],
    ]);
  });

  it('is brought in by its type alone where that is all that was missing', async () => {
    const text = 'student_id,book_id,title,grade_level,age,homeroom_teacher,lunch_period,checkout_date\n';
    const opened = await bench.open({ 'all.csv': `${text}S1,B1,Matilda,4,9,Ms. Okafor,1,2026-09-01\n` });
    const { draftId } = opened;
    const { fileNo } = fileOf(opened, 'all.csv');
    await bench.ask('drafts.read', { draftId, fileNo, type: 'students' });
    const { files } = await bench.ready(draftId);
    expect(files.map(({ state, type, accepted }) => [state, type, accepted])).toEqual([
      ['checked', 'students', 1],
    ]);
  });

  it('is brought in without a header, its columns named by number', async () => {
    const opened = await bench.open({
      'bare.csv': 'B1,Matilda,240\nB2,Holes,233\nB3,Hatchet,195\n',
    });
    const { draftId } = opened;
    const { fileNo, state, error } = fileOf(opened, 'bare.csv');
    expect([state, error?.code]).toEqual(['failed', 'file.no-header']);
    await bench.ask('drafts.read', {
      draftId,
      fileNo,
      header: false,
      mapping: { version: 1, type: 'books', header: false, columns: { book_id: 1, title: 2, page_count: 3 } },
    });
    const { files } = await bench.ready(draftId);
    expect(
      files.map(({ state, rows, accepted, reading }) => [state, rows, accepted, reading?.header]),
    ).toEqual([['checked', 3, 3, false]]);
  });

  it('is brought in by the delimiter that was guessed wrong', async () => {
    // Every title holds a comma, so that commas look like the delimiter.
    const opened = await bench.open({ 'odd.csv': 'book_id~title\nB1~Lions, again\nB2~Bears, too\n' });
    const { draftId } = opened;
    const { fileNo, state } = fileOf(opened, 'odd.csv');
    expect(state).toBe('failed');
    await bench.ask('drafts.read', { draftId, fileNo, delimiter: '~' });
    const { files } = await bench.ready(draftId);
    expect(files.map(({ state, accepted, reading }) => [state, accepted, reading?.delimiter])).toEqual([
      ['checked', 2, '~'],
    ]);
    const [first] = await bench.rows(draftId, fileNo);
    expect(first?.cells).toEqual(['B1', 'Lions, again']);
  });
});

describe('cells that were pasted', () => {
  const text = 'student_id\tgrade_level\nS1\t4\n';
  const paste = { draftId: null, profileId: null, text };

  it('are written only when a note tells of them, so that nothing stays behind unseen', async () => {
    const noted: string[] = [];
    const { pasted, drafts } = bench.process.ports;
    const write = pasted.write.bind(pasted);
    pasted.write = async (draftId, cells) => {
      noted.push((await drafts.read(draftId))?.draftId ?? '');
      return write(draftId, cells);
    };
    const { draft } = await bench.ask('drafts.paste', paste);
    expect(noted).toEqual([draft.draftId]);
  });

  it('leave neither draft nor folder where they cannot be written', async () => {
    const { pasted } = bench.process.ports;
    const write = pasted.write.bind(pasted);
    pasted.write = async (draftId, cells) => {
      await write(draftId, cells);
      throw new AppError({ code: 'workspace.failed', message: 'The disk is full.', hint: 'Make room.' });
    };
    expect(await bench.refusal('drafts.paste', paste)).toBe('workspace.failed');
    expect((await bench.ask('drafts.list', {})).drafts).toEqual([]);
    const folder = join(bench.world.dir, 'workspace');
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it('are a file of their own, and go with their draft', async () => {
    const text = 'book_id\ttitle\nB1\tMatilda\n';
    const { draft } = await bench.ask('drafts.paste', { draftId: null, profileId: null, text });
    const { draftId, files } = await bench.ready(draft.draftId);
    expect(files.map(({ state, type, accepted }) => [state, type, accepted])).toEqual([
      ['checked', 'books', 1],
    ]);
    await bench.ask('drafts.paste', { draftId, profileId: null, text: 'book_id\ttitle\nB2\tHoles\n' });
    expect((await bench.ready(draftId)).files.map(({ accepted }) => accepted)).toEqual([1, 1]);
  });
});
