import { describe, expect, it } from 'vitest';
import { mapColumns } from '../../../shared/records/mapping.ts';
import type { SavedColumn, SavedMapping } from '../../../shared/records/saved-mapping.ts';
import { dayOfSchoolYear } from '../../../shared/records/school-year.ts';
import type { ColumnMapping, StudentRecord } from '../../../shared/records/types.ts';
import { checkMapped, errorOf, mapHeader, source } from './checking.ts';

const HEADER = ['student_id', 'teacher', 'DOB', 'Grad Yr'];
const COLUMNS: Record<string, SavedColumn> = {
  age: { from: 'DOB', derive: 'age-on', date: '2025-09-01' },
  grade_level: { from: 'Grad Yr', derive: 'grade-from-graduation-year', schoolYearEnds: 2026 },
  lunch_period: { constant: '2' },
};

function students(columns: Record<string, SavedColumn> = {}): SavedMapping {
  return { version: 1, type: 'students', columns: { ...COLUMNS, ...columns } };
}

function check(mapping: ColumnMapping, birth: string, graduates: string) {
  const { accepted, issues } = checkMapped(mapping, [source(['S1', 'Ms. Field', birth, graduates])]);
  return { record: (accepted[0]?.record ?? null) as StudentRecord | null, issues };
}

describe('an age on a day', () => {
  const mapping = mapHeader('students', HEADER, students());

  it.each([
    ['2016-09-01', 9],
    ['2016-09-02', 8],
    ['2016-08-31', 9],
    ['2016-12-31', 8],
    ['2016-09-01T00:00:00', 9],
    [' 2016-09-01 ', 9],
    ['2004-09-01', 21],
    ['2021-09-01', 4],
  ])('born on %s is %i on 1 September 2025', (birth, age) => {
    const { record, issues } = check(mapping, birth, '2034');
    expect(issues).toEqual([]);
    expect(record?.age).toBe(age);
  });

  it.each([
    ['2025-02-28', 8],
    ['2025-03-01', 9],
  ])('takes who was born on 29 February for a year older on 1 March: on %s %i', (date, age) => {
    const leap = mapHeader('students', HEADER, students({ age: { from: 'DOB', derive: 'age-on', date } }));
    expect(check(leap, '2016-02-29', '2034').record?.age).toBe(age);
  });

  it.each([
    ['2022-09-01', 'value.out-of-range', null],
    ['2003-09-01', 'value.out-of-range', null],
    ['2030-01-01', 'value.out-of-range', null],
    ['5/6/2016', 'value.date-order', null],
    ['2016/09/01', 'value.not-a-date', '2016-09-01'],
    ['long ago', 'value.not-a-date', null],
    ['', 'value.required', null],
    ['N/A', 'value.required', null],
  ])('born on %o is the error %s at the age, with the birth date as its value', (birth, code, fix) => {
    const { record, issues } = check(mapping, birth, '2034');
    expect(record).toBeNull();
    expect(issues).toMatchObject([{ column: 'age', code, severity: 'error', value: birth, row: 1 }]);
    expect(issues[0]?.message).toContain('worked out from the column "DOB"');
    expect(issues[0]?.suggestion?.value ?? null).toBe(fix);
  });

  it('reads birth dates in the order that was said', () => {
    const dayFirst = mapHeader(
      'students',
      HEADER,
      students({ age: { from: 'DOB', derive: 'age-on', date: '2025-09-01', dates: 'day-first' } }),
    );
    expect(check(dayFirst, '2/9/2016', '2034').record?.age).toBe(8);
    expect(check(dayFirst, '9/2/2016', '2034').record?.age).toBe(9);
  });

  it.each([
    ['2026-03-15', '09-01', '2025-09-01'],
    ['2026-06-30', '09-01', '2025-09-01'],
    ['2026-07-01', '09-01', '2026-09-01'],
    ['2026-11-25', '09-01', '2026-09-01'],
    ['2026-11-25', '03-01', '2027-03-01'],
  ])('means on %s by %s the day %s of the school year', (today, said, date) => {
    const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
    const { sources } = mapColumns({
      type: 'students',
      header: HEADER,
      sample: [],
      fileName: 'f',
      saved: students({ age: { from: 'DOB', derive: 'age-on', date: said } }),
      today: new Date(year, month - 1, day),
    });
    expect(sources.age).toEqual({ kind: 'derived', position: 2, rule: { kind: 'age-on', date } });
  });
});

it('knows no day of every school year that only leap years have', () => {
  expect(dayOfSchoolYear('02-29', new Date(2028, 0, 1))).toBeNull();
  expect(dayOfSchoolYear('2028-02-29', new Date(2026, 0, 1))).toBe('2028-02-29');
});

describe('a grade from the year of graduation', () => {
  const mapping = mapHeader('students', HEADER, students());

  it.each([
    ['2026', 12],
    ['2034', 4],
    ['2034.0', 4],
    ['2038', 0],
  ])('who graduates in %s is in grade %i when the school year ends in 2026', (year, grade) => {
    const { record, issues } = check(mapping, '2016-09-01', year);
    expect(issues).toEqual([]);
    expect(record?.grade_level).toBe(grade);
  });

  it.each([
    ['2025', 'value.out-of-range'],
    ['2039', 'value.out-of-range'],
    ['2045', 'value.out-of-range'],
    ['34', 'value.out-of-range'],
    ['soon', 'value.not-a-number'],
    ['', 'value.required'],
  ])('%o is the error %s at the grade, and no fix writes a grade over the year', (year, code) => {
    const { issues } = check(mapping, '2016-09-01', year);
    expect(issues).toMatchObject([{ column: 'grade_level', code, severity: 'error', value: year }]);
    expect(issues[0]?.message).toContain('worked out from the column "Grad Yr"');
    expect(issues[0]?.suggestion?.value ?? null).toBeNull();
  });

  it('takes the school year of today where none is said', () => {
    const everyYear = students({ grade_level: { from: 'Grad Yr', derive: 'grade-from-graduation-year' } });
    expect(mapHeader('students', HEADER, everyYear).sources.grade_level).toMatchObject({
      rule: { schoolYearEnds: 2026 },
    });
  });
});

it('says of an age that is out of range where to look', () => {
  const { issues } = check(mapHeader('students', HEADER, students()), '1990-01-01', '2034');
  expect(issues[0]?.suggestion).toEqual({ label: 'Check what stands in the column "DOB".', value: null });
});

describe('a constant', () => {
  it('is the value of every record, read by the rules of its column', () => {
    const mapping = mapHeader('students', HEADER, students({ lunch_period: { constant: ' 2.0 ' } }));
    expect(mapping.sources.lunch_period).toEqual({ kind: 'constant', value: ' 2.0 ' });
    expect(check(mapping, '2016-09-01', '2034').record?.lunch_period).toBe('2');
  });

  it('wins over a column of the file, which is reported', () => {
    const mapping = mapHeader('students', [...HEADER, 'Lunch'], students());
    expect(mapping.issues).toMatchObject([
      { code: 'column.left-out', column: 'lunch_period', value: 'Lunch' },
    ]);
  });

  it.each([
    ['lunch_period', '12', 'from 1 to 9'],
    ['lunch_period', '', 'missing'],
    ['grade_level', 'five', 'in digits'],
    ['student_id', 'S1', 'tells records apart'],
  ])('for %s of %o is one error of the mapping, not one of every record', (column, constant, reason) => {
    const error = errorOf(() => mapHeader('students', HEADER, students({ [column]: { constant } })));
    expect(error.code).toBe('mapping.invalid');
    expect(error.message).toContain(`columns.${column}.constant`);
    expect(error.message).toContain(reason);
  });

  it('that its column would refuse stops a reader before the first record', () => {
    const mapping = mapHeader('students', HEADER, students());
    const broken = {
      ...mapping,
      sources: { ...mapping.sources, lunch_period: { kind: 'constant', value: 'A' } },
    };
    const error = errorOf(() => checkMapped(broken as ColumnMapping, []));
    expect(error.code).toBe('mapping.invalid');
    expect(error.message).toContain('lunch_period');
  });

  it('with a warning warns once, at the header', () => {
    const mapping = mapHeader('books', ['book_id', 'title'], {
      version: 1,
      type: 'books',
      columns: {
        difficulty_band: { constant: 'easy' },
        genre: { constant: '["fiction"]' },
        author: { constant: '' },
      },
    });
    expect(mapping.issues).toMatchObject([
      { row: 0, line: 1, code: 'value.old-word', column: 'difficulty_band', severity: 'warning' },
    ]);
    const { accepted, issues } = checkMapped(mapping, [source(['B1', 'A'])]);
    expect(issues).toEqual([]);
    expect(accepted[0]?.record).toMatchObject({ difficulty_band: 'easy', genre: ['fiction'], author: '' });
  });

  it('that is a return date before the checkout is told with its own value', () => {
    const mapping = mapHeader('checkouts', ['student_id', 'book_id', 'date out'], {
      version: 1,
      type: 'checkouts',
      columns: { return_date: { constant: '2026-01-31' } },
    });
    const { issues } = checkMapped(mapping, [source(['S1', 'B1', '2026-02-01'])]);
    expect(issues).toMatchObject([{ code: 'return.before-checkout', value: '2026-01-31' }]);
  });
});
