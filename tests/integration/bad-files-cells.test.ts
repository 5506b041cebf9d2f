import { afterAll, describe, expect, it } from 'vitest';
import type { RowIssue } from '../../shared/records/types.ts';
import { checkBench, error, words } from './bad-files.ts';

const bench = checkBench();
afterAll(() => bench.close());

/** CSV in which every cell stands in quotes. */
function quoted(...rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n');
}

describe('text cells', () => {
  it('that look like formulas are texts and stay as they are', async () => {
    const rows = [
      ['=cmd', '=HYPERLINK("http://example.org","here")'],
      ['+1', '-1'],
      ['@SUM', '=1+1'],
    ];
    const seen = await bench.check(bench.file('formulas.csv', quoted(['book_id', 'title'], ...rows)));
    expect(seen).toMatchObject({ rows: 3, accepted: 3, issues: [] });
    expect(seen.cells).toEqual(rows);
  });

  it('are too long for a key past 1,000 bytes, and never in a title', async () => {
    const tooLong = (row: number, value: string) =>
      error(
        [row, row + 1, 'book_id'],
        'value.too-long',
        'The book id is longer than the database can hold (1000 bytes).',
        {
          value,
          suggestion: words('Shorten it.'),
        },
      );
    const ascii = 'k'.repeat(1_001);
    const accents = 'é'.repeat(501);
    const rows = [
      [ascii, 'A'],
      ['k'.repeat(1_000), 't'.repeat(100_000)],
      [accents, 'C'],
      ['B4', 'D'],
    ];
    const seen = await bench.check(bench.file('long.csv', quoted(['book_id', 'title'], ...rows)));
    expect(seen).toMatchObject({ rows: 4, accepted: 2, rejected: 2 });
    expect(seen.cells).toEqual(rows);
    expect(seen.issues).toEqual([tooLong(1, ascii), tooLong(3, accents)]);
  });

  it('that are white space alone are missing where they are required', async () => {
    const missing = (row: number, column: string, label: string, value: string) =>
      error([row, row + 1, column], 'value.required', `The ${label} is missing.`, {
        value,
        suggestion: words(`Fill in the ${label}.`),
      });
    const seen = await bench.check(
      bench.file(
        'white.csv',
        quoted(
          ['book_id', 'title', 'author'],
          ['   ', 'A', ' '],
          ['B2', '\u00a0\u2003\n', 'x'],
          ['B3', 'C', '\t'],
        ),
      ),
    );
    expect(seen).toMatchObject({ rows: 3, accepted: 1, rejected: 2 });
    expect(seen.issues).toEqual([
      missing(1, 'book_id', 'book id', '   '),
      missing(2, 'title', 'title', '\u00a0\u2003\n'),
    ]);
  });

  it('lose the no-break spaces around them, so that keys meet', async () => {
    const books = bench.file('books.csv', 'book_id,title\n\u00a0B1\u00a0,\u2003A\u202f\nB2,B\n');
    const students = bench.file(
      'students.csv',
      'student_id,grade_level,age,homeroom_teacher,lunch_period\nS1\u00a0,\u00a04,9,Lee,1\n',
    );
    const checkouts = bench.file(
      'checkouts.csv',
      'student_id,book_id,checkout_date\n\u00a0S1,B1\u00a0,2026-03-09\u00a0\n',
    );
    const seen = await bench.checkAll([checkouts, books, students]);
    expect(seen.map(({ type, rows, accepted, issues }) => [type, rows, accepted, issues])).toEqual([
      ['books', 2, 2, []],
      ['students', 1, 1, []],
      ['checkouts', 1, 1, []],
    ]);
  });
});

describe('numbers', () => {
  const level = (row: number, value: string, fixed: string | null) =>
    notANumber(row, 'reading_level', 'The reading level must be a number from 0.0 to 12.0', value, fixed);
  const pages = (row: number, value: string, fixed: string | null) =>
    notANumber(row, 'page_count', 'The page count must be a number from 1 upwards', value, fixed);

  function notANumber(row: number, column: string, message: string, value: string, fixed: string | null) {
    return error([row, row + 1, column], 'value.not-a-number', `${message}, written in digits.`, {
      value,
      suggestion:
        fixed === null
          ? words('Write the number in digits.')
          : { label: 'Write it as a plain number', value: fixed },
    });
  }

  it('with a decimal comma or grouped digits are errors, with the number where it is sure', async () => {
    const rows = [
      ['B1', 'A', '4,4', '1,234'],
      ['B2', 'B', 'five', '1.234'],
      ['B3', 'C', '4.4', '12 pages'],
      ['B4', 'D', '1 234', '1\u00a0234'],
      ['B5', 'E', '1,234.5', '1.234,5'],
      ['B6', 'F', ' 4.4 ', '120'],
    ];
    const header = ['book_id', 'title', 'reading_level', 'page_count'];
    const seen = await bench.check(bench.file('numbers.csv', quoted(header, ...rows)));
    expect(seen).toMatchObject({ rows: 6, accepted: 1, rejected: 5 });
    expect(seen.cells).toEqual(rows);
    const byCell = (a: RowIssue, b: RowIssue): number =>
      a.row - b.row || Number(a.column === 'page_count') - Number(b.column === 'page_count');
    expect(seen.issues.toSorted(byCell)).toEqual([
      level(1, '4,4', '4.4'),
      pages(1, '1,234', '1234'),
      level(2, 'five', null),
      error(
        [2, 3, 'page_count'],
        'value.not-whole',
        'The page count must be a whole number from 1 upwards.',
        {
          value: '1.234',
          suggestion: words('Decide on a whole number.'),
        },
      ),
      pages(3, '12 pages', '12'),
      level(4, '1 234', null),
      pages(4, '1\u00a0234', null),
      level(5, '1,234.5', null),
      pages(5, '1.234,5', null),
    ]);
  });

  it('out of range are errors that no suggestion mends', async () => {
    const seen = await bench.check(
      bench.file('range.csv', 'book_id,title,reading_level\nB1,A,12.1\nB2,B,-1\nB3,C,1e99\nB4,D,12.0\n'),
    );
    expect(seen).toMatchObject({ rows: 4, accepted: 1, rejected: 3 });
    expect(seen.issues).toEqual(
      ['12.1', '-1', '1e99'].map((value, at) =>
        error(
          [at + 1, at + 2, 'reading_level'],
          'value.out-of-range',
          'The reading level must be from 0.0 to 12.0.',
          { value, suggestion: words('Check the number.') },
        ),
      ),
    );
  });
});

describe('dates', () => {
  const NOT_A_DATE =
    'The checkout date must be a date of the calendar, written year-month-day, such as 2026-03-09.';
  const NO_ORDER = 'The checkout date does not show which part is the month and which is the day.';
  const SAY_ORDER =
    'Say once for this column whether its dates are month/day/year or day/month/year, or write them year-month-day.';

  const CASES: readonly (readonly [string, RowIssue['code'] | null, string | null])[] = [
    ['2026-03-09', null, null],
    ['2026-03-09T23:30:00-05:00', null, null],
    ['2026-03-09 10:00', null, null],
    ['9/3/2026', 'value.date-order', null],
    ['09.03.26', 'value.date-order', null],
    ['25/12/2026', 'value.date-order', '2026-12-25'],
    ['12/25/2026', 'value.date-order', '2026-12-25'],
    ['9-9-2026', 'value.date-order', '2026-09-09'],
    ['31/31/2026', 'value.not-a-date', null],
    ['2026-02-30', 'value.not-a-date', null],
    ['2025-02-29', 'value.not-a-date', null],
    ['2026-13-01', 'value.not-a-date', null],
    ['0000-00-00', 'value.not-a-date', null],
    ['2026-3-9', 'value.not-a-date', '2026-03-09'],
    ['2026/03/09', 'value.not-a-date', '2026-03-09'],
    ['20260309', 'value.not-a-date', '2026-03-09'],
    ['March 9, 2026', 'value.not-a-date', null],
    ['9 Mar 2026', 'value.not-a-date', null],
    ['46090', 'value.not-a-date', null],
    ['tomorrow', 'value.not-a-date', null],
    ['=TODAY()', 'value.not-a-date', null],
  ];
  const path = () =>
    bench.file(
      'dates.csv',
      quoted(
        ['student_id', 'book_id', 'checkout_date'],
        ...CASES.map(([date], at) => [`S${at}`, 'B1', date]),
      ),
    );

  it('in every wrong form are errors, with the day where it is sure, and ask for an order where it is not', async () => {
    const seen = await bench.check(path());
    expect(seen).toMatchObject({ type: 'checkouts', rows: CASES.length, accepted: 3, rejected: 18 });
    expect(seen.issues).toEqual(
      CASES.flatMap(([date, code, day], at) => {
        if (code === null) return [];
        const otherwise = code === 'value.date-order' ? SAY_ORDER : 'Write it as year-month-day.';
        return [
          error(
            [at + 1, at + 2, 'checkout_date'],
            code,
            code === 'value.date-order' ? NO_ORDER : NOT_A_DATE,
            {
              value: date,
              suggestion: day === null ? words(otherwise) : { label: 'Write it year-month-day', value: day },
            },
          ),
        ];
      }),
    );
  });

  it('are read in the order that a person says, and no others', async () => {
    const accepted = async (dateOrder: 'month-first' | 'day-first'): Promise<(string | undefined)[]> => {
      const seen = await bench.check(path(), { dateOrder });
      const bad = new Set(seen.issues.map(({ row }) => row));
      return seen.records.filter(({ row }) => !bad.has(row)).map(({ cells }) => cells[2]);
    };
    const iso = ['2026-03-09', '2026-03-09T23:30:00-05:00', '2026-03-09 10:00'];
    expect(await accepted('day-first')).toEqual([...iso, '9/3/2026', '25/12/2026', '9-9-2026']);
    expect(await accepted('month-first')).toEqual([...iso, '9/3/2026', '12/25/2026', '9-9-2026']);
  });
});
