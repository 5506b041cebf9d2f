import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { CheckContext } from '../../../electron/engine/load-context.ts';
import { closeFiles, type MappedFile, openFiles } from '../../../electron/engine/open-files.ts';
import { type Reviewed, type ReviewParts, reviewFiles } from '../../../electron/engine/review.ts';
import { describeReviewRows } from '../../../electron/engine/review-rows.ts';
import type { Change } from '../../../shared/contract/draft-review.ts';
import { reviewSchema } from '../../../shared/contract/draft-review.ts';
import type { RowEdits } from '../../../shared/records/row-edits.ts';
import { describeEachDatabase, type OpenDatabase } from '../../contract/database-harness.ts';
import { emptyTables } from '../../contract/staged-load.ts';
import { type Bench, createBench } from './load-harness.ts';

const NEVER = new AbortController().signal;

const BOOKS = `book_id,title,author,page_count
B1,The Owl,Ann Lee,100
B2,The Fox,Bea Ash,120
B3,The Hare,Cid Orr,140
`;
const STUDENTS = `student_id,grade_level,age,homeroom_teacher,lunch_period
S1,3,8,Ms. Ames,1
S2,4,9,Ms. Ames,2
`;

describeEachDatabase('review', (target) => {
  let opened: OpenDatabase;
  let bench: Bench;
  let files: readonly MappedFile[] = [];
  // The checker knows copies by their paths, so each test has its own.
  let draft = randomUUID();
  let rehearsal = randomUUID();
  beforeAll(async () => {
    opened = await target.open();
    bench = createBench(opened);
  });
  beforeEach(() => emptyTables(opened.connection));
  const nextDraft = async () => {
    await closeFiles(files.map((file) => file.opened));
    files = [];
    draft = randomUUID();
    rehearsal = randomUUID();
  };
  afterEach(nextDraft);
  afterAll(() => bench.close());

  const context = (edits: (fileNo: number) => RowEdits = () => new Map()): CheckContext => ({
    ports: bench.ports,
    tuning: bench.tuning,
    signals: { stop: NEVER, abort: NEVER },
    loadId: rehearsal,
    edits,
    emit: () => undefined,
  });
  const parts = (more: Partial<ReviewParts> = {}): ReviewParts => ({
    embedder: bench.embedder,
    tokens: { count: async (texts) => texts.map(() => 10) },
    spendLimitUsd: null,
    history: [],
    minuteTokens: 600,
    ...more,
  });
  /** Opens the files as a draft has them and reviews them; the rows go into the draft's workspace. */
  const review = async (
    texts: Readonly<Record<string, string>>,
    edits: (fileNo: number) => RowEdits = () => new Map(),
    given: ReviewParts = parts(),
  ): Promise<Reviewed> => {
    const paths = Object.entries(texts).map(([name, text]) => bench.file(name, text));
    const request = { paths, type: null, reading: {}, mapping: null, useRemembered: false, dateOrder: null };
    files = await openFiles(bench.ports, draft, request, NEVER);
    return reviewFiles({ ...context(edits), ports: bench.ports }, files, given, (fileNo, run) =>
      bench.ports.workspace.saveReview(draft, fileNo, run, NEVER),
    );
  };
  const rowsOf = (fileNo: number, change: Change) =>
    bench.ports.workspace.reviewRows(draft, fileNo, change, { offset: 0, limit: 100 }, NEVER);

  it('says of every row what a load would do with it, and does nothing', async () => {
    await bench.load([bench.file('books.csv', BOOKS), bench.file('students.csv', STUDENTS)]);
    const reviewed = await review({
      'books.csv': `book_id,title,author,page_count
B1,The Owl,Ann Lee,100
B2,The Fox,Bea Ash,lots
B3,The Hare,Dan Orr,
B4,The Newt,Eve Poe,90
B4,The New Newt,Eve Poe,90
`,
      'checkouts.csv': `student_id,book_id,checkout_date
S1,B4,2026-09-03
S9,B1,2026-09-03
`,
    });
    expect(reviewed.files).toEqual([
      {
        ...{ fileNo: 0, name: 'books.csv', type: 'books', rows: 5 },
        ...{ inserted: 1, updated: 1, unchanged: 1, rejected: 2, skipped: 0 },
        changedColumns: [{ column: 'author', rows: 1 }],
      },
      {
        ...{ fileNo: 1, name: 'checkouts.csv', type: 'checkouts', rows: 2 },
        ...{ inserted: 1, updated: 0, unchanged: 0, rejected: 1, skipped: 0 },
        changedColumns: [],
      },
    ]);
    expect(reviewed).toMatchObject({
      written: 3,
      alarms: [],
      forecast: { texts: 2, tokens: 20, seconds: 2 },
    });
    expect(reviewSchema.parse({ ...reviewed, revision: 1, confirmation: null })).toMatchObject(reviewed);
    // Row 3 leaves out its page count, which stays.
    expect(await rowsOf(0, 'update')).toEqual([
      { row: 3, fields: [{ column: 'author', before: 'Cid Orr', after: 'Dan Orr' }] },
    ]);
    expect((await rowsOf(0, 'insert')).map(({ row }) => row)).toEqual([5]);
    expect((await rowsOf(0, 'unchanged')).map(({ row }) => row)).toEqual([1]);
    expect((await rowsOf(0, 'rejected')).map(({ row }) => row)).toEqual([2, 4]);
    expect((await rowsOf(1, 'rejected')).map(({ row }) => row)).toEqual([2]);
    expect(await bench.rows('SELECT book_id FROM public.catalog ORDER BY book_id')).toEqual([
      { book_id: 'B1' },
      { book_id: 'B2' },
      { book_id: 'B3' },
    ]);
    // The draft's own findings are as they were.
    expect(await bench.ports.workspace.issueCounts(draft, 0, NEVER)).toEqual([]);
  });

  it('agrees with the load that follows', async () => {
    await bench.load([bench.file('books.csv', BOOKS)]);
    const texts = {
      'books.csv': `${BOOKS.replace('Ann Lee', 'Ann Lea')}B4,The Newt,Eve Poe,90\n,none,X,1\n`,
    };
    const reviewed = await review(texts);
    const loaded = await bench.load([bench.file('books.csv', texts['books.csv'])]);
    const { inserted, updated, unchanged, rejected } = loaded.files[0] ?? {};
    expect(reviewed.files[0]).toMatchObject({ inserted, updated, unchanged, rejected });
    expect(reviewed.forecast?.texts).toBe(loaded.embeddings.generated);
    await nextDraft();
    const again = await review(texts);
    expect(again).toMatchObject({ written: 0, forecast: null, files: [{ unchanged: 4, rejected: 1 }] });
  });

  it('reviews what a person made of the file', async () => {
    await bench.load([bench.file('students.csv', STUDENTS)]);
    const edits: RowEdits = new Map([
      [1, { cells: new Map([[2, '9']]), skipped: false }],
      [2, { cells: new Map(), skipped: true }],
    ]);
    const reviewed = await review({ 'students.csv': STUDENTS }, () => edits);
    expect(reviewed.files).toMatchObject([
      {
        rows: 2,
        updated: 1,
        unchanged: 0,
        rejected: 0,
        skipped: 1,
        changedColumns: [{ column: 'age', rows: 1 }],
      },
    ]);
    expect(await rowsOf(0, 'update')).toEqual([
      { row: 1, fields: [{ column: 'age', before: '8', after: '9' }] },
    ]);
    expect(await rowsOf(0, 'rejected')).toEqual([]);
  });

  it('forecasts of a book in two files the text that the later one leaves', async () => {
    const counted: string[] = [];
    const count = async (texts: readonly string[]): Promise<number[]> => {
      counted.push(...texts);
      return texts.map(() => 1);
    };
    const reviewed = await review(
      {
        'first.csv': 'book_id,title\nB1,Old Owl\nB2,Fox\n',
        'second.csv': 'book_id,title\nB1,New Owl\nB2,Fox\n',
      },
      undefined,
      parts({ tokens: { count } }),
    );
    expect(counted.toSorted()).toEqual(['Fox', 'New Owl']);
    expect(reviewed).toMatchObject({ written: 3, files: [{ inserted: 2 }, { updated: 1, unchanged: 1 }] });
  });

  it('forecasts nothing where nothing is embedded', async () => {
    expect((await review({ 'students.csv': STUDENTS })).forecast).toBeNull();
    await nextDraft();
    expect((await review({ 'books.csv': BOOKS })).forecast).toMatchObject({ texts: 3 });
    await nextDraft();
    expect((await review({ 'books.csv': BOOKS }, undefined, parts({ embedder: null }))).forecast).toBeNull();
  });

  it('raises the alarms that the database and earlier loads call for', async () => {
    const many = (prefix: string, rows: number): string =>
      `book_id,title\n${Array.from({ length: rows }, (_, i) => `${prefix}${i},Title ${i}\n`).join('')}`;
    await bench.load([bench.file('books.csv', many('B', 40))]);
    const history = await opened.database.ledger.loads(20, NEVER);
    const reviewed = await review({ 'books.csv': many('0', 12) }, undefined, parts({ history }));
    expect(reviewed.alarms.map(({ kind, message }) => [kind, message])).toEqual([
      ['fewer-rows', 'The last file had 40 books; this file has 12.'],
      ['all-new', 'Every book id in this file is new, although the database has books already.'],
    ]);
  });

  it('leaves nothing behind when it is stopped half-way', async () => {
    const stop = new AbortController();
    const path = bench.file('students.csv', STUDENTS);
    const request = {
      paths: [path],
      type: null,
      reading: {},
      mapping: null,
      useRemembered: false,
      dateOrder: null,
    };
    files = await openFiles(bench.ports, draft, request, NEVER);
    const stopping = { ...context(), ports: bench.ports, signals: { stop: stop.signal, abort: NEVER } };
    const stopped = reviewFiles(
      {
        ...stopping,
        emit: (event) => event.kind === 'step-started' && event.step === 'review' && stop.abort(),
      },
      files,
      parts(),
      async () => undefined,
    );
    await expect(stopped).rejects.toMatchObject({ code: 'stopped' });
    // The one connection for TEMP tables is free again.
    await nextDraft();
    expect((await review({ 'students.csv': STUDENTS })).written).toBe(2);
  });

  it('calls reviewed rows by their keys and titles, rejected ones by what their cells say', async () => {
    await review({
      'books.csv': 'Book ID,Title,Pages\n B1 ,  The Owl ,100\nB2,,100\n',
      'checkouts.csv': 'student_id,book_id,checkout_date\nS1,B1,2026-09-13 00:00:00\nS1,B1,someday\n',
    });
    const edits: RowEdits = new Map([[1, { cells: new Map([[1, 'The Great Owl']]), skipped: false }]]);
    const [books, checkouts] = files;
    if (books === undefined || checkouts === undefined) throw new Error('Two files were opened.');
    const reviewed = [
      { row: 1, fields: [] },
      { row: 2, fields: [] },
    ];
    expect(
      await describeReviewRows(
        context(() => edits),
        books,
        reviewed,
      ),
    ).toEqual([
      { row: 1, line: 2, key: 'B1', title: 'The Great Owl', fields: [] },
      { row: 2, line: 3, key: 'B2', title: '', fields: [] },
    ]);
    expect(await describeReviewRows(context(), checkouts, reviewed)).toEqual([
      { row: 1, line: 2, key: 'S1 · B1 · 2026-09-13', title: '', fields: [] },
      { row: 2, line: 3, key: 'S1 · B1 · someday', title: '', fields: [] },
    ]);
    expect(await describeReviewRows(context(), books, [])).toEqual([]);
  });
});
