import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { IssueCode } from '../../../shared/records/types.ts';
import { describeWith } from '../../services/available.ts';
import { AFTER_FIRST_LOAD, AFTER_SECOND_LOAD, EVENTS, REJECTED_AT_THE_END } from '../term/loaded-term.ts';
import { type MessyTerm, writeMessyTerm } from '../term/messy-term.ts';
import { rejectedIn } from '../term/rejected-file.ts';
import { type Door, type DoorKind, doors } from './doors.ts';
import type { Hand } from './hand.ts';
import { openTermDoor, PROFILE, type TermDoor } from './term-door.ts';
import { mendTerm } from './term-mending.ts';
import {
  beginLoad,
  chooseTarget,
  codesOf,
  reportOf,
  review,
  saveRejected,
  waitForReady,
} from './term-steps.ts';

const CORRECT = join(import.meta.dirname, '..', 'term', 'correct.py');
const FILES = ['books.csv', 'students.csv', 'checkouts.csv', 'checkouts-may.csv'];

/**
 * Every kind that a file can have is in the messy term, but csv.record-too-long, for which a record of megabytes is
 * needed: tests/integration/bad-files-huge.test.ts.
 */
const ALL_CODES: Readonly<Record<Exclude<IssueCode, 'csv.record-too-long'>, true>> = {
  ...{ 'csv.quote-unclosed': true, 'csv.quote-text-after': true, 'csv.cells-missing': true },
  ...{ 'csv.cells-surplus': true, 'csv.cells-surplus-blank': true, 'csv.no-rows': true },
  ...{ 'file.encoding-guessed': true, 'file.characters-lost': true, 'file.other-sheets': true },
  ...{ 'column.unknown': true, 'column.repeated': true, 'column.synonym-unused': true },
  ...{ 'column.left-out': true, 'column.by-content': true },
  ...{ 'value.lost-character': true, 'value.required': true, 'value.not-a-number': true },
  ...{ 'value.not-whole': true, 'value.out-of-range': true, 'value.not-a-date': true },
  ...{ 'value.date-order': true, 'value.not-a-choice': true, 'value.old-word': true },
  ...{ 'value.too-long': true, 'value.forbidden-character': true, 'value.not-a-list': true },
  ...{ 'isbn.invalid': true, 'isbn.scientific': true, 'return.before-checkout': true },
  ...{ 'key.repeated': true, 'reference.missing-book': true, 'reference.missing-student': true },
  'database.refused': true,
};

/** The whole way of the messy term, by one hand, in every door there is. */
export function describeWholeTerm(handOf: (door: Door) => Hand, how: string): void {
  describeWith(
    ['postgresUrl', 'kafkaBrokers', 'pythonBin'],
    `a messy term, mended and loaded ${how}`,
    (services) => {
      for (const kind of doors()) {
        if (kind.missing === null) describe(`in ${kind.name}`, () => inDoor(kind, handOf, services));
        else
          describe.skip(`in ${kind.name} (skipped: ${kind.missing})`, () => inDoor(kind, handOf, services));
      }
    },
  );
}

function inDoor(
  kind: DoorKind,
  handOf: (door: Door) => Hand,
  services: { postgresUrl: string; kafkaBrokers: string; pythonBin: string },
): void {
  // Four times what it takes by itself: beside other tests a step may wait long.
  vi.setConfig({ testTimeout: 180_000 });
  let at: TermDoor;
  let hand: Hand;
  let term: MessyTerm;
  let originals: Buffer[];
  const codes = new Set<IssueCode>();
  /** What comes next is about what came before. */
  let done = 0;
  const only = (step: number, context: { skip: (why: string) => void }): void => {
    if (done < step) context.skip('what came before was not done');
  };
  const paths = (): string[] => [
    term.books,
    term.students,
    term.checkouts,
    term.noCheckouts,
    term.lateStudents,
  ];

  beforeAll(async () => {
    at = await openTermDoor(kind, services);
    hand = handOf(at.door);
    await at.door.page.evaluate(() => {
      const tally = { pointed: 0 };
      Object.assign(window, { tally });
      for (const event of ['pointerdown', 'pointermove', 'mousedown', 'drop'])
        window.addEventListener(event, () => (tally.pointed += 1), true);
    });
    const sent = join(at.folder, 'sent');
    mkdirSync(sent);
    term = writeMessyTerm(sent);
    originals = paths().map((path) => readFileSync(path));
  });
  afterAll(() => at?.close());

  async function lookAt(file: string): Promise<void> {
    for (const code of await codesOf(at.door.page, hand, file)) codes.add(code);
  }

  test('what was mended is loaded, and the numbers of review, report and database are the same', async () => {
    const { page } = at.door;
    const { school } = at;
    await hand.bring([term.books, term.students, term.checkouts, term.noCheckouts]);
    await waitForReady(page, 12);
    await chooseTarget(page, hand, PROFILE);
    await waitForReady(page, 12);
    for (const file of FILES) await lookAt(file);
    await mendTerm(page, hand);
    await waitForReady(page, 21);

    await hand.bring([term.lateStudents]);
    await waitForReady(page, 22);
    await lookAt('late students.xlsx');
    await page.getByText('What you taught changed 1 cell', { exact: true }).waitFor();

    expect(await review(page, hand)).toEqual({
      'books.csv': [14, 0, 0, 6, 1],
      'students.csv': [5, 0, 0, 2, 0],
      'late students.xlsx': [1, 0, 0, 0, 0],
      'checkouts.csv': [2, 0, 0, 5, 0],
      'checkouts-may.csv': [0, 0, 0, 0, 0],
    });
    const alarms = page.getByRole('region', { name: 'Look at these before you load' });
    await alarms.getByText('books.csv: 6 of 20 rows would be rejected.').waitFor();
    await alarms.getByText('checkouts.csv: 5 of 7 rows would be rejected.').waitFor();
    expect(await school.rows(), 'a review writes nothing').toEqual({
      catalog: [],
      students: [],
      checkout: [],
    });

    await beginLoad(page, hand, `Load 22 rows into ${PROFILE} – production`, PROFILE);
    expect(await reportOf(page)).toEqual({
      'books.csv': [21, 13, 0, 0, 7, 1, 9],
      'students.csv': [7, 5, 0, 0, 2, 0, 2],
      'late students.xlsx': [1, 1, 0, 0, 0, 0, 1],
      'checkouts.csv': [7, 2, 0, 0, 5, 0, 2],
      'checkouts-may.csv': [0, 0, 0, 0, 0, 0, 1],
    });
    expect(await school.rows()).toEqual(AFTER_FIRST_LOAD);
    done = 1;
  });

  test('rejected rows that were corrected in a workbook and in a CSV come back, and are loaded', async (context) => {
    only(1, context);
    const { page } = at.door;
    const { folder } = at;
    const correct = (path: string, corrections: (string | number)[][]): void =>
      void execFileSync(services.pythonBin, [CORRECT, path, JSON.stringify(corrections)]);
    await page.getByText('books.csv: 7 rejected rows', { exact: true }).waitFor();
    const books = await saveRejected(page, hand, { file: 'books.csv', format: 'workbook', folder });
    correct(books, [
      ['book_id', 'B-05', 'Pages', 312],
      ['book_id', 'B-06', 'Rating', 4.7],
      ['book_id', 'B-20', 'Pages', 99],
    ]);
    const checkouts = await saveRejected(page, hand, { file: 'checkouts.csv', format: 'CSV', folder });
    correct(checkouts, [
      ['checkout_id', 'X-2', 'return_date', '2026-09-18'],
      ['checkout_id', 'X-3', 'When', '2026-09-30'],
      ['checkout_id', 'X-4', 'student_rating', '4'],
      ['student_id', '1007', 'checkout_id', 'X-7'],
    ]);

    await hand.press(page.getByRole('link', { name: 'Back to the files' }));
    await lookAt('books.csv');
    expect(Object.keys(ALL_CODES).filter((code) => !codes.has(code as IssueCode))).toEqual([]);
    await hand.bring([books]);
    await page.getByText('3 cells in 3 rows merged into books.csv.', { exact: true }).waitFor();
    await hand.bring([checkouts]);
    await page.getByText('4 cells in 4 rows merged into checkouts.csv.', { exact: true }).waitFor();
    await waitForReady(page, 28);

    expect(await review(page, hand)).toEqual({
      'books.csv': [3, 0, 13, 4, 1],
      'students.csv': [0, 0, 5, 2, 0],
      'late students.xlsx': [0, 0, 1, 0, 0],
      'checkouts.csv': [4, 0, 2, 1, 0],
      'checkouts-may.csv': [0, 0, 0, 0, 0],
    });
    await beginLoad(page, hand, `Load 7 rows into ${PROFILE} – production`, null);
    expect(await reportOf(page)).toEqual({
      'books.csv': [21, 3, 0, 13, 4, 1, 9],
      'students.csv': [7, 0, 0, 5, 2, 0, 2],
      'late students.xlsx': [1, 0, 0, 1, 0, 0, 1],
      'checkouts.csv': [7, 4, 0, 2, 1, 0, 2],
      'checkouts-may.csv': [0, 0, 0, 0, 0, 0, 1],
    });
    done = 2;
  });

  test('in the end the database holds what was written by hand, and the rejected files hold the rest', async (context) => {
    only(2, context);
    const { page } = at.door;
    const { folder, school } = at;
    expect(await school.rows()).toEqual(AFTER_SECOND_LOAD);
    const rejected: Record<string, unknown> = {};
    for (const file of ['books.csv', 'students.csv', 'checkouts.csv'])
      rejected[file] = rejectedIn(await saveRejected(page, hand, { file, format: 'CSV', folder }));
    expect(rejected).toEqual(REJECTED_AT_THE_END);
  });

  test('the other services were told of each change once, and of nothing else', async (context) => {
    only(2, context);
    const { books, students, checkouts, enrichment, metrics } = await at.school.events();
    expect(books.flatMap(({ value }) => value.book_ids).toSorted()).toEqual(EVENTS.bookIds);
    for (const { key, value } of books) {
      expect(key).toBe(value.book_ids[0]);
      expect(value).toMatchObject({ event_type: 'books_added', count: value.book_ids.length });
    }
    const [summary, ...added] = students.toSorted((a, b) =>
      (a.value.count ?? 0) < (b.value.count ?? 0) ? 1 : -1,
    );
    expect(summary?.value).toMatchObject({ event_type: 'students_added', count: EVENTS.studentIds.length });
    expect(added.map(({ key, value }) => [key, value.event_type, value.student_id]).toSorted()).toEqual(
      EVENTS.studentIds.map((id) => [id, 'student_added', id]),
    );
    expect(checkouts.map(({ key, value }) => [key, value.book_id, value.checkout_date]).toSorted()).toEqual(
      EVENTS.checkouts,
    );
    expect(enrichment.map(({ key, value }) => [key, value.event_type])).toEqual(EVENTS.enrichment);
    // One for each of the two loads, which the first summary of the students has for its key, too.
    expect(metrics.map(({ value }) => value.books_processed).toSorted((a, b) => a - b)).toEqual([13, 16]);
    expect(metrics.map(({ key }) => key)).toContain(summary?.key);
  });

  test('a pointer was used by whoever has one, and by nobody else', async (context) => {
    only(2, context);
    const pointed = await at.door.page.evaluate(
      () => (window as unknown as { tally: { pointed: number } }).tally.pointed,
    );
    expect(pointed > 0).toBe(hand.points);
  });

  test('the files that were sent are as they were, byte for byte', () => {
    expect(paths().map((path) => readFileSync(path))).toEqual(originals);
  });
}
