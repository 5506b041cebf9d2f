import { expect, test } from 'vitest';
import {
  type ColumnsView,
  formOf,
  mappingOf,
  problemOf,
} from '../../../../renderer/features/load/mapping-form.ts';

const VIEW: ColumnsView = {
  type: 'students',
  canonical: [
    { column: 'student_id', label: 'student id', required: true, source: { kind: 'cells', positions: [0] } },
    {
      column: 'grade_level',
      label: 'grade level',
      required: true,
      source: { kind: 'derived', position: 1, rule: 'grade-from-graduation-year', date: null },
    },
    {
      column: 'age',
      label: 'age',
      required: true,
      source: { kind: 'derived', position: 2, rule: 'age-on', date: '2026-09-01' },
    },
    { column: 'homeroom_teacher', label: 'homeroom teacher', required: true, source: { kind: 'none' } },
    {
      column: 'lunch_period',
      label: 'lunch period',
      required: true,
      source: { kind: 'constant', value: '2' },
    },
  ],
  columns: [
    { position: 0, heading: 'ID', samples: ['S1'] },
    { position: 1, heading: 'Grad year', samples: ['2033'] },
    { position: 2, heading: 'Born', samples: ['2017-05-01'] },
    { position: 3, heading: 'Teacher', samples: ['Ms. A'] },
    { position: 4, heading: 'teacher', samples: ['Ms. B'] },
  ],
  mapping: {
    version: 1,
    type: 'students',
    encoding: 'windows-1252',
    columns: {
      student_id: 'ID',
      grade_level: { from: 'Grad year', derive: 'grade-from-graduation-year' },
      age: { from: 'Born', derive: 'age-on', date: '09-01', dates: 'day-first' },
      lunch_period: { constant: '2' },
    },
  },
};

test('a form that was not touched is saved as the mapping it came from', () => {
  expect(mappingOf(VIEW, formOf(VIEW))).toEqual(VIEW.mapping);
});

test('the day of every school year stays that day, and not the one of this year', () => {
  expect(formOf(VIEW).age).toEqual({
    source: { kind: 'age-on', position: 2, date: '09-01' },
    dates: 'day-first',
  });
});

test('what is changed is saved in its shortest form, the rest as it was', () => {
  const form = {
    ...formOf(VIEW),
    student_id: { source: { kind: 'cells', positions: [0, 1] }, dates: 'ask' },
    lunch_period: { source: { kind: 'constant', value: ' 3 ' }, dates: 'ask' },
    grade_level: {
      source: { kind: 'grade-from-graduation-year', position: 1, schoolYearEnds: '2027' },
      dates: 'ask',
    },
  } as const;
  expect(mappingOf(VIEW, form).columns).toEqual({
    student_id: ['ID', 'Grad year'],
    grade_level: { from: 'Grad year', derive: 'grade-from-graduation-year', schoolYearEnds: 2027 },
    age: { from: 'Born', derive: 'age-on', date: '09-01', dates: 'day-first' },
    lunch_period: { constant: '3' },
  });
});

test('a heading that two columns share is named by its number', () => {
  const form = {
    ...formOf(VIEW),
    homeroom_teacher: { source: { kind: 'cells', positions: [4] }, dates: 'ask' },
  } as const;
  expect(mappingOf(VIEW, form).columns.homeroom_teacher).toBe(5);
});

test('a column that is left out on purpose is saved as left out', () => {
  const form = { ...formOf(VIEW), lunch_period: { source: { kind: 'none' }, dates: 'ask' } } as const;
  expect(mappingOf(VIEW, form).columns.lunch_period).toBeNull();
});

test('what is missing is told of each entry', () => {
  const [id, grade, age, teacher, lunch] = VIEW.canonical;
  if (!id || !grade || !age || !teacher || !lunch) throw new Error('A column is missing.');
  const problem = (column: typeof id, source: Parameters<typeof problemOf>[1]['source']) =>
    problemOf(column, { source, dates: 'ask' });
  expect(problem(teacher, { kind: 'none' })).toBe('Needed, and not found yet');
  expect(problem({ ...teacher, required: false }, { kind: 'none' })).toBeUndefined();
  expect(problem(lunch, { kind: 'constant', value: '  ' })).toBe('Say what it is.');
  expect(problem(age, { kind: 'age-on', position: null, date: '09-01' })).toBe('Choose the column.');
  expect(problem(age, { kind: 'age-on', position: 2, date: '31-09' })).toMatch(/^Write a day/);
  expect(problem(age, { kind: 'age-on', position: 2, date: '2026-09-01' })).toBeUndefined();
  expect(problem(grade, { kind: 'grade-from-graduation-year', position: 1, schoolYearEnds: '27' })).toMatch(
    /^Write a year/,
  );
});
