import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SavedMapping } from '../../shared/records/saved-mapping.ts';
import { type CheckBench, checkBench } from './bad-files.ts';

let bench: CheckBench;
beforeEach(() => {
  bench = checkBench();
});
afterEach(() => bench.close());

const STUDENTS: SavedMapping = {
  version: 1,
  type: 'students',
  columns: {
    student_id: 'Perm ID',
    grade_level: 'Gr',
    homeroom_teacher: 'HR',
    lunch_period: { constant: '2' },
    age: { from: 'DOB', derive: 'age-on', date: '09-01' },
  },
};
const studentFile = (): string => bench.file('s.csv', 'Perm ID,Gr,HR,DOB\nS1,4,T,2016-03-09\n');

it('a mapping that was given once is used for the next file of its shape', async () => {
  await bench.report([studentFile()], { mapping: STUDENTS });
  const { files } = await bench.report([studentFile()], { useRemembered: true });
  expect(files[0]).toMatchObject({ remembered: true, accepted: 1, mapping: STUDENTS });
});

it('a day of the school year stays one, whatever is said of the file afterwards', async () => {
  await bench.report([studentFile()], { mapping: STUDENTS });
  // What is said now is added to what is remembered, and must not freeze this year's day into it.
  await bench.report([studentFile()], { useRemembered: true, dateOrder: 'day-first' });
  const { files } = await bench.report([studentFile()], { useRemembered: true });
  expect(files[0]?.mapping.columns.age).toEqual({
    from: 'DOB',
    derive: 'age-on',
    date: '09-01',
    dates: 'day-first',
  });
});

it('a mapping is remembered for the files it fits, and for no others that came along', async () => {
  const books = bench.file('b.csv', 'book_id,title\nB1,One\n');
  await bench.report([books, studentFile()], { mapping: STUDENTS });
  const { files } = await bench.report([books, studentFile()], { useRemembered: true });
  expect(files.map(({ type, remembered }) => [type, remembered])).toEqual([
    ['books', false],
    ['students', true],
  ]);
});
