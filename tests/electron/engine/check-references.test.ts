import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Checked, checkFiles } from '../../../electron/engine/check.ts';
import type { IdLookup } from '../../../electron/engine/references.ts';
import type { RowIssue } from '../../../shared/records/types.ts';
import { describeEachDatabase } from '../../contract/database-harness.ts';
import { type Bench, createBench } from './load-harness.ts';

const NEVER = new AbortController().signal;
const SIGNALS = { stop: NEVER, abort: NEVER };
const BOOKS = 'book_id,title\nB1,One\n';
const STUDENTS = 'student_id,grade_level,age,homeroom_teacher,lunch_period\nS1,4,9,Ms. T,2\n';
const CHECKOUTS = 'student_id,book_id,checkout_date\nS1,B1,2026-09-01\nS1,B9,2026-09-02\nS9,B1,2026-09-03\n';

describeEachDatabase('a check of checkouts', (target) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = createBench(await target.open());
  });
  afterEach(() => bench.close());

  const check = (texts: Record<string, string>, lookup: IdLookup | null): Promise<Checked> => {
    const paths = Object.entries(texts).map(([name, text]) => bench.file(`${name}.csv`, text));
    const reading = { reading: {}, mapping: null, useRemembered: false, dateOrder: null };
    const request = { paths, type: null, ...reading, lookup };
    return checkFiles(bench.ports, bench.tuning, request, () => undefined, SIGNALS);
  };
  /** What is missing, row by row, and how many rows fit. */
  const seen = async (
    checked: Checked,
  ): Promise<{ accepted: number; missing: [number, string, string][] }> => {
    const file = checked.files.find(({ mapping }) => mapping.type === 'checkouts');
    if (file === undefined) throw new Error('no checkouts');
    const page = { offset: 0, limit: 100 };
    const issues: RowIssue[] = await bench.ports.workspace.issues(checked.checkId, file.fileNo, page, NEVER);
    await checked.close();
    return {
      accepted: file.facts.counts().accepted,
      missing: issues.map(({ row, code, value }) => [row, code, value ?? '']),
    };
  };

  it('finds books and students in the database and among the files alike', async () => {
    await bench.load([bench.file('stored.csv', 'book_id,title\nB9,Nine\n')]);
    const { knownIds } = bench.opened.database;
    const checked = await check({ students: STUDENTS, books: BOOKS, checkouts: CHECKOUTS }, knownIds);
    expect(await seen(checked)).toEqual({
      accepted: 2,
      missing: [[3, 'reference.missing-student', 'S9']],
    });
  });

  it('asks the database alone where the load has no such file', async () => {
    await bench.load([bench.file('books.csv', BOOKS), bench.file('students.csv', STUDENTS)]);
    const checked = await check({ checkouts: CHECKOUTS }, bench.opened.database.knownIds);
    expect(await seen(checked)).toEqual({
      accepted: 1,
      missing: [
        [2, 'reference.missing-book', 'B9'],
        [3, 'reference.missing-student', 'S9'],
      ],
    });
  });

  it('says nothing of what no file and no database can tell', async () => {
    expect(await seen(await check({ checkouts: CHECKOUTS }, null))).toEqual({ accepted: 3, missing: [] });
    const withBooks = await check({ books: BOOKS, checkouts: CHECKOUTS }, null);
    expect(await seen(withBooks)).toEqual({
      accepted: 2,
      missing: [[2, 'reference.missing-book', 'B9']],
    });
  });

  it('agrees with what the load then does', async () => {
    const texts = { students: STUDENTS, books: BOOKS, checkouts: CHECKOUTS };
    const { accepted } = await seen(await check(texts, bench.opened.database.knownIds));
    const report = await bench.load(Object.keys(texts).map((name) => `${bench.dir}/${name}.csv`));
    expect(report.files.find(({ type }) => type === 'checkouts')?.accepted).toBe(accepted);
  });
});
