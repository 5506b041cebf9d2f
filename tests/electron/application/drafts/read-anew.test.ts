import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Asked } from './draft-bench.ts';
import { BOOKS, CHECKOUTS, draftBench, fileOf } from './draft-bench.ts';

const bench = draftBench();

type Said = Omit<Asked<'drafts.read'>, 'draftId' | 'fileNo'>;

async function opened(name: string, content: string | Uint8Array) {
  const { draft } = await bench.ask('drafts.open', { profileId: null, files: [bench.file(name, content)] });
  const { draftId } = draft;
  const fileNo = fileOf(await bench.ready(draftId), name).fileNo;
  const file = { draftId, fileNo };
  return {
    ...file,
    async read(said: Said) {
      await bench.ask('drafts.read', { ...file, ...said });
      const [view] = (await bench.ready(draftId)).files;
      if (view === undefined) throw new Error('It is gone.');
      return view;
    },
    refused: (said: Said) => bench.refusal('drafts.read', { ...file, ...said }),
    cells: async () => (await bench.rows(draftId, fileNo)).map(({ cells }) => cells),
    columns: () => bench.ask('drafts.columns', file),
  };
}

describe('another type', () => {
  it('checks the same rows by other rules, and keeps the edits', async () => {
    const text = 'student_id,book_id,title,grade_level,age,homeroom_teacher,lunch_period\n';
    const file = await opened('all.csv', `${text}S1,B1,,4,9,Ms. Okafor,1\n`);
    expect(await file.read({ type: 'books' })).toMatchObject({ type: 'books', accepted: 0, errors: 1 });
    await bench.edit(file.draftId, file.fileNo, 1, 2, 'Matilda');
    expect(await file.read({ type: 'students' })).toMatchObject({
      type: 'students',
      accepted: 1,
      editedCells: 1,
    });
    expect(await file.read({ type: 'books' })).toMatchObject({ type: 'books', accepted: 1 });
  });
});

it('the type that it had before finds the columns again that somebody matched', async () => {
  const file = await opened('books.csv', 'nr,what\nB1,Matilda\n');
  const mapping = { version: 1, type: 'books', columns: { book_id: 'nr', title: 'what' } } as const;
  expect(await file.read({ mapping })).toMatchObject({ state: 'checked', accepted: 1 });
  expect(await file.read({ type: 'students' })).toMatchObject({ state: 'failed', type: 'students' });
  expect(await file.read({ type: 'books' })).toMatchObject({ state: 'checked', type: 'books', accepted: 1 });
});

describe('another mapping', () => {
  it('swaps columns, fills one with a constant, leaves one out', async () => {
    const file = await opened('books.csv', 'book_id,title,author\nB1,Roald Dahl,Matilda\n');
    const { mapping } = await file.columns();
    await bench.edit(file.draftId, file.fileNo, 1, 2, 'Matilda!');
    const view = await file.read({
      mapping: {
        ...mapping,
        columns: { ...mapping.columns, title: 'author', author: 'title', genre: { constant: 'humor' } },
      },
    });
    expect(view).toMatchObject({ state: 'checked', accepted: 1, editedCells: 1 });
    const columns = await file.columns();
    expect(columns.canonical.filter(({ source }) => source.kind !== 'none')).toEqual([
      { column: 'book_id', label: 'book id', required: true, source: { kind: 'cells', positions: [0] } },
      { column: 'title', label: 'title', required: true, source: { kind: 'cells', positions: [2] } },
      { column: 'author', label: 'author', required: false, source: { kind: 'cells', positions: [1] } },
      { column: 'genre', label: 'genre', required: false, source: { kind: 'constant', value: 'humor' } },
    ]);
    expect(view.mapped.map(({ position, column }) => [position, column])).toEqual([
      [0, 'book_id'],
      [2, 'title'],
      [1, 'author'],
    ]);
  });

  it('works a column out from another', async () => {
    const file = await opened(
      'students.csv',
      'student_id,class of,age,homeroom_teacher,lunch_period\nS1,2035,9,Ms. Okafor,1\n',
    );
    const view = await file.read({
      mapping: {
        version: 1,
        type: 'students',
        columns: {
          grade_level: { from: 'class of', derive: 'grade-from-graduation-year', schoolYearEnds: 2027 },
        },
      },
    });
    expect(view).toMatchObject({ state: 'checked', accepted: 1 });
    const { canonical, columns } = await file.columns();
    expect(canonical.find(({ column }) => column === 'grade_level')?.source).toEqual({
      kind: 'derived',
      position: 1,
      rule: 'grade-from-graduation-year',
      date: null,
    });
    expect(columns[1]).toEqual({ position: 1, heading: 'class of', samples: ['2035'] });
    expect((await bench.rows(file.draftId, file.fileNo))[0]?.coerced).toEqual([{ position: 1, text: '4' }]);
  });

  it('is remembered for the next file of the shape, and forgotten when asked', async () => {
    const text = 'nr,what\nB1,Matilda\n';
    const mapping = { version: 1, type: 'books', columns: { book_id: 'nr', title: 'what' } } as const;
    const first = await opened('first.csv', text);
    expect(await first.read({ mapping })).toMatchObject({ state: 'checked', remembered: false });
    const second = await opened('second.csv', text);
    const [seen] = (await bench.ready(second.draftId)).files;
    expect(seen).toMatchObject({ state: 'checked', type: 'books', remembered: true });
    expect(await second.read({ mapping: null })).toMatchObject({
      state: 'failed',
      error: { code: 'file.unknown-type' },
    });
    const third = await opened('third.csv', text);
    expect((await bench.ready(third.draftId)).files[0]).toMatchObject({ state: 'failed' });
  });

  it('that does not fit leaves a card that says so and can be mended, and is not remembered', async () => {
    const file = await opened('books.csv', `${BOOKS}B1,Matilda,\n`);
    const wrong = { version: 1, type: 'books', columns: { title: 'no such heading' } } as const;
    expect(await file.read({ mapping: wrong })).toMatchObject({
      state: 'failed',
      error: { code: 'mapping.invalid' },
    });
    const next = await opened('next.csv', `${BOOKS}B2,Holes,\n`);
    expect((await bench.ready(next.draftId)).files[0]).toMatchObject({ state: 'checked', remembered: false });
    expect(await file.read({ mapping: null })).toMatchObject({ state: 'checked', accepted: 1, error: null });
  });

  it('that was remembered and fits no longer is forgotten from its failed card', async () => {
    const { ports } = bench.process;
    const file = await opened('books.csv', `${BOOKS}B1,Matilda,\n`);
    const wrong = { version: 1, type: 'books', columns: { title: 'no such heading' } } as const;
    const { headerShape } = await import('../../../../shared/records/headings.ts');
    const shape = headerShape(['book_id', 'title', 'page_count']);
    await ports.check.mappings.remember(shape, wrong, new AbortController().signal);
    const next = await opened('next.csv', `${BOOKS}B2,Holes,\n`);
    expect((await bench.ready(next.draftId)).files[0]).toMatchObject({ state: 'failed' });
    expect(await next.read({ mapping: null })).toMatchObject({ state: 'checked' });
    const third = await opened('third.csv', `${BOOKS}B3,Hatchet,\n`);
    expect((await bench.ready(third.draftId)).files[0]).toMatchObject({
      state: 'checked',
      remembered: false,
    });
    expect((await bench.ready(file.draftId)).files[0]?.state).toBe('checked');
  });
});

describe('the order of day and month', () => {
  const text = `${CHECKOUTS}S1,B1,9/3/2026\nS1,B2,9/25/2026\n`;
  const readable = (issues: readonly string[]): string[] =>
    issues.filter((one) => !one.includes('reference'));

  it('is asked once, and known for the next file of the shape', async () => {
    const file = await opened('checkouts.csv', text);
    const [asked] = (await bench.ready(file.draftId)).files;
    expect(asked?.dateOrders).toEqual([
      {
        column: 'checkout_date',
        heading: 'checkout_date',
        evidence: { monthFirst: 1, dayFirst: 0, ambiguous: 1 },
      },
    ]);
    const view = await file.read({ dateOrders: { checkout_date: 'month-first' } });
    expect([view.dateOrders, readable(await bench.issues(file.draftId, file.fileNo))]).toEqual([[], []]);
    const next = await opened('october.csv', text);
    const [seen] = (await bench.ready(next.draftId)).files;
    expect([seen?.remembered, seen?.dateOrders]).toEqual([true, []]);
    expect(readable(await bench.issues(next.draftId, next.fileNo))).toEqual([]);
  });

  it('is asked again once it was forgotten, of this file and of the next', async () => {
    const file = await opened('checkouts.csv', text);
    await file.read({ dateOrders: { checkout_date: 'month-first' } });
    const view = await file.read({ mapping: null });
    expect(view.dateOrders).toHaveLength(1);
    const next = await opened('october.csv', text);
    expect((await bench.ready(next.draftId)).files[0]?.dateOrders).toHaveLength(1);
  });

  it('is the one that a mapping says, when that was said later', async () => {
    const file = await opened('checkouts.csv', `${CHECKOUTS}S1,B1,9/3/2026\n`);
    await file.read({ dateOrders: { checkout_date: 'month-first' } });
    const { mapping } = await file.columns();
    await file.read({
      mapping: { ...mapping, columns: { ...mapping.columns, checkout_date: { dates: 'day-first' } } },
    });
    const [row] = await bench.rows(file.draftId, file.fileNo);
    expect(row?.coerced).toEqual([{ position: 2, text: '2026-03-09' }]);
  });
});

describe('another encoding, delimiter or header', () => {
  const latin = Buffer.from(`${BOOKS}B1,Les Misérables,\nB2,Holes,x\n`, 'latin1');

  it('makes other cells', async () => {
    const file = await opened('books.csv', latin);
    expect((await file.read({ encoding: 'iso-8859-5' })).reading?.encoding).toBe('iso-8859-5');
    expect((await file.cells())[0]).toEqual(['B1', 'Les Misщrables', '']);
    await file.read({ encoding: 'windows-1252' });
    expect((await file.cells())[0]).toEqual(['B1', 'Les Misérables', '']);
    expect((await file.read({ encoding: null })).reading?.encodingSure).toBe(false);
  });

  it('leaves nothing of the reading that was given up: no copy, and no list of its rows', async () => {
    const file = await opened('books.csv', latin);
    const { draftId, fileNo } = file;
    const { view } = await bench.ask('drafts.filter', { draftId, fileNo, filter: { show: 'errors' } });
    await file.read({ encoding: 'iso-8859-5' });
    const left = readdirSync(join(bench.world.dir, 'workspace', draftId));
    expect(left.filter((name) => name.startsWith('file-')).toSorted()).toEqual([
      'file-0.csv',
      'file-0.index',
      'file-0.json',
    ]);
    expect(await bench.refusal('drafts.rows', { draftId, fileNo, view, from: 0, count: 9 })).toBe(
      'draft.view-gone',
    );
  });

  it('makes other issues, too: nothing is read from the earlier copy', async () => {
    const file = await opened('books.csv', 'book_id,title,page_count\nB1,Ä,1\n');
    expect(await bench.issues(file.draftId, file.fileNo)).toEqual([]);
    await file.read({
      header: false,
      mapping: { version: 1, type: 'books', header: false, columns: { book_id: 1, title: 2, page_count: 3 } },
    });
    expect(await bench.issues(file.draftId, file.fileNo)).toEqual(['1 value.not-a-number page_count']);
    expect(await file.cells()).toEqual([
      ['book_id', 'title', 'page_count'],
      ['B1', 'Ä', '1'],
    ]);
  });

  it('is refused while there are edits, until somebody says that they may go', async () => {
    const file = await opened('books.csv', latin);
    await bench.edit(file.draftId, file.fileNo, 2, 2, '233');
    for (const said of [{ encoding: 'iso-8859-5' }, { delimiter: ';' }, { header: true }, { sheet: 'One' }])
      expect(await file.refused(said)).toBe('draft.edits-lost');
    expect((await bench.ready(file.draftId)).files[0]).toMatchObject({ editedCells: 1, accepted: 2 });
    expect(await file.read({ encoding: 'iso-8859-5', loseEdits: true })).toMatchObject({
      editedCells: 0,
      rejected: 1,
    });
    const { undo, redo } = await bench.ready(file.draftId);
    expect([undo, redo]).toEqual([null, null]);
  });

  it('that the file cannot be read in leaves all as it was', async () => {
    const file = await opened('books.csv', latin);
    await bench.edit(file.draftId, file.fileNo, 2, 2, '233');
    rmSync(join(bench.world.dir, 'books.csv'));
    expect(await file.refused({ encoding: 'iso-8859-5', loseEdits: true })).toBe('file.missing');
    const [view] = (await bench.ready(file.draftId)).files;
    expect(view).toMatchObject({ state: 'checked', editedCells: 1, accepted: 2 });
  });

  it('forgets what was undone of the cells that are no more', async () => {
    const file = await opened('books.csv', latin);
    await bench.edit(file.draftId, file.fileNo, 2, 2, '233');
    await bench.ask('drafts.undo', { draftId: file.draftId });
    await file.read({ encoding: 'iso-8859-5' });
    expect((await bench.ask('drafts.redo', { draftId: file.draftId })).outcome).toBeNull();
  });
});
