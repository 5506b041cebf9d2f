import { describe, expect, it } from 'vitest';
import { dateOrderEvidence } from '../../../shared/records/coerce-date.ts';
import { dateOrderQuestions } from '../../../shared/records/date-order.ts';
import type { SavedMapping } from '../../../shared/records/saved-mapping.ts';
import type { CheckoutRecord, DateOrder } from '../../../shared/records/types.ts';
import { checkMapped, mapHeader, source } from './checking.ts';

const HEADER = ['student_id', 'book_id', 'Date Out', 'Returned'];

function inOrder(dates: DateOrder): SavedMapping {
  return {
    version: 1,
    type: 'checkouts',
    columns: { checkout_date: { from: 'Date Out', dates }, return_date: { dates } },
  };
}

function check(order: DateOrder, cell: string, returned = '') {
  const mapping = mapHeader('checkouts', HEADER, inOrder(order));
  const { accepted, issues } = checkMapped(mapping, [source(['S1', 'B1', cell, returned])]);
  return { record: (accepted[0]?.record ?? null) as CheckoutRecord | null, issues };
}

describe('a column whose order of day and month was said', () => {
  it.each<[DateOrder, string, string]>([
    ['month-first', '9/3/2026', '2026-09-03'],
    ['day-first', '9/3/2026', '2026-03-09'],
    ['month-first', '09-03-2026', '2026-09-03'],
    ['day-first', '09.03.2026', '2026-03-09'],
    ['day-first', '29/2/2024', '2024-02-29'],
    ['month-first', '1/5/2026 10:15', '2026-01-05'],
    ['month-first', '1/5/2026 10:15:30 PM', '2026-01-05'],
    ['month-first', '1/5/2026, 9:05 a.m.', '2026-01-05'],
    ['day-first', '2026-03-09', '2026-03-09'],
    ['month-first', '2026-03-09T10:00Z', '2026-03-09'],
  ])('%s: %s is %s', (order, cell, day) => {
    const { record, issues } = check(order, cell);
    expect(issues).toEqual([]);
    expect(record?.checkout_date).toBe(day);
  });

  it.each<[DateOrder, string, RegExp]>([
    ['month-first', '13/3/2026', /month\/day\/year/],
    ['day-first', '3/13/2026', /day\/month\/year/],
    ['day-first', '29/2/2025', /day\/month\/year/],
    ['month-first', '1/5/26', /two digits/],
    ['month-first', '1/5/2026 soon', /date of the calendar/],
    ['month-first', '1/5/2026-2', /date of the calendar/],
  ])('%s: %s is no date, with words and no value to help', (order, cell, message) => {
    const { issues } = check(order, cell);
    expect(issues).toMatchObject([
      { code: 'value.not-a-date', severity: 'error', column: 'checkout_date', value: cell },
    ]);
    expect(issues[0]?.message).toMatch(message);
    expect(issues[0]?.suggestion?.value ?? null).toBeNull();
  });

  it('is compared in that order too, and the cell that is too early is named', () => {
    const { issues } = check('day-first', '5/2/2026', '3/2/2026');
    expect(issues).toMatchObject([{ code: 'return.before-checkout', value: '3/2/2026' }]);
  });

  it('says nothing about another column', () => {
    const saved: SavedMapping = {
      version: 1,
      type: 'checkouts',
      columns: { checkout_date: { dates: 'day-first' } },
    };
    const mapping = mapHeader('checkouts', HEADER, saved);
    expect(mapping.dateOrders).toEqual({ checkout_date: 'day-first' });
    const { issues } = checkMapped(mapping, [source(['S1', 'B1', '5/2/2026', '6/2/2026'])]);
    expect(issues).toMatchObject([{ code: 'value.date-order', column: 'return_date' }]);
  });
});

describe('dateOrderEvidence', () => {
  it('counts cells that are dates in one order only, and those that are other dates in both', () => {
    const cells = [
      '9/3/2026',
      '3/13/2026',
      '13/3/2026',
      ' 14.3.26 ',
      '3/3/2026',
      '13/13/2026',
      '2026-03-09',
      'x',
      '',
    ];
    expect(dateOrderEvidence(cells)).toEqual({ monthFirst: 1, dayFirst: 2, ambiguous: 1 });
  });

  it('reads what it is given once', () => {
    function* cells() {
      yield '9/3/2026';
    }
    expect(dateOrderEvidence(cells())).toEqual({ monthFirst: 0, dayFirst: 0, ambiguous: 1 });
  });
});

describe('dateOrderQuestions', () => {
  const sample = [
    ['S1', 'B1', '9/13/2026', '2026-09-20'],
    ['S2', 'B2', '9/3/2026', ''],
  ];

  it('asks for each column that cannot be read without an answer, with the evidence', () => {
    expect(dateOrderQuestions(mapHeader('checkouts', HEADER), sample)).toEqual([
      {
        column: 'checkout_date',
        heading: 'Date Out',
        evidence: { monthFirst: 1, dayFirst: 0, ambiguous: 1 },
      },
    ]);
  });

  it('does not ask again', () => {
    expect(dateOrderQuestions(mapHeader('checkouts', HEADER, inOrder('month-first')), sample)).toEqual([]);
  });

  it('asks for the birth date from which an age is worked out', () => {
    const mapping = mapHeader('students', ['student_id', 'grade', 'teacher', 'lunch', 'DOB'], {
      version: 1,
      type: 'students',
      columns: { age: { from: 'DOB', derive: 'age-on', date: '2025-09-01' } },
    });
    expect(dateOrderQuestions(mapping, [['S1', '4', 'T', '1', '5/6/2016']])).toMatchObject([
      { column: 'age', heading: 'DOB' },
    ]);
  });
});
