import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RECORD_TYPES, type RecordType } from '../../../shared/records/types.ts';
import { checkOne, checkRows, GOOD_CELLS, source } from './checking.ts';

const HEADER = ['book_id', 'title', 'author'];

describe('the shape of a row', () => {
  it('counts missing cells at the end as blank, with a warning', () => {
    const { accepted, issues } = checkRows('books', HEADER, [source(['B1', 'Matilda'])]);
    expect(accepted[0]?.record).toMatchObject({ title: 'Matilda', author: '' });
    expect(issues).toMatchObject([{ code: 'csv.cells-missing', severity: 'warning', column: null }]);
  });

  it('rejects a row whose missing cells are needed, naming both reasons', () => {
    const { rejected } = checkRows('books', HEADER, [source(['B1'])]);
    expect(rejected[0]?.issues.map((issue) => issue.code)).toEqual(['csv.cells-missing', 'value.required']);
  });

  it('rejects surplus cells with content, and says nothing else about such a row', () => {
    const { accepted, rejected, issues } = checkRows('books', HEADER, [source(['', 'A', 'B', 'C'])]);
    expect(accepted).toEqual([]);
    expect(rejected).toMatchObject([{ row: 1, line: 2, cells: ['', 'A', 'B', 'C'] }]);
    expect(issues).toMatchObject([{ code: 'csv.cells-surplus', severity: 'error', column: null }]);
  });

  it('loads a row whose surplus cells are all blank, with a warning', () => {
    const { accepted, issues } = checkRows('books', HEADER, [source(['B1', 'A', 'B', '', ' '])]);
    expect(accepted).toHaveLength(1);
    expect(issues).toMatchObject([{ code: 'csv.cells-surplus-blank', severity: 'warning' }]);
  });

  it.each([
    ['quote-unclosed', 'csv.quote-unclosed'],
    ['quote-text-after', 'csv.quote-text-after'],
    ['too-long', 'csv.record-too-long'],
  ] as const)('rejects the fault %s as %s with nothing else', (fault, code) => {
    const broken = { row: 1, line: 7, cells: ['B1,"Mat'], fault };
    const { rejected, issues } = checkRows('books', HEADER, [broken]);
    expect(issues).toMatchObject([{ code, severity: 'error', line: 7, column: null, value: 'B1,"Mat' }]);
    expect(rejected).toMatchObject([{ cells: ['B1,"Mat'] }]);
  });

  it('counts a row with several errors once, with all its reasons', () => {
    const { batch, issues } = checkOne('students', { age: 'old', grade_level: '99' });
    expect(issues.map((issue) => issue.column)).toEqual(['grade_level', 'age']);
    expect(batch.rejected).toHaveLength(1);
    expect(batch.rejected[0]?.issues).toEqual(issues);
  });

  it('goes on behind a bad row', () => {
    const rows = [source(['B1', '', ''], 1), source(['B2', 'Two', ''], 2), source(['', 'x', ''], 3)];
    const batch = checkRows('books', HEADER, rows);
    expect(batch.accepted.map((row) => row.row)).toEqual([2]);
    expect(batch.rejected.map((row) => row.row)).toEqual([1, 3]);
    expect(batch.issues.map((issue) => issue.row)).toEqual([1, 3]);
  });

  it('keeps U+0000 of a column that nobody maps out of what is staged', () => {
    const { accepted } = checkRows('books', ['book_id', 'title', 'shelf'], [source(['B1', 'A', 'x\0y'])]);
    expect(accepted[0]?.cells).toEqual(['B1', 'A', 'x\ufffdy']);
  });
});

describe('a column that comes under two names', () => {
  const twoYears = ['book_id', 'title', 'Year', 'publication_year'];

  it.each([
    ['1999', '2001', 2001, []],
    ['1999', '', 1999, []],
    ['1999', 'null', 1999, []],
    ['1999', '3.5', 1999, [['value.not-whole', 'warning']]],
    ['', '3.5', null, [['value.not-whole', 'error']]],
    [
      'x',
      '3.5',
      null,
      [
        ['value.not-whole', 'error'],
        ['value.not-a-number', 'error'],
      ],
    ],
    ['', '', null, []],
  ])('reads Year %o and publication_year %o as %o', (year, canonical, expected, issues) => {
    const batch = checkRows('books', twoYears, [source(['B1', 'A', year, canonical])]);
    const record = batch.accepted[0]?.record ?? null;
    expect(record && 'publication_year' in record ? record.publication_year : null).toBe(expected);
    expect(batch.issues.map((issue) => [issue.code, issue.severity])).toEqual(issues);
    expect(batch.issues.every((issue) => issue.column === 'publication_year')).toBe(true);
  });

  it('rejects a required column only where it is blank under both names', () => {
    const header = ['book_id', 'title', 'book title'];
    const batch = checkRows('books', header, [source(['B1', '', 'Two'], 1), source(['B2', '', ''], 2)]);
    expect(batch.accepted.map((row) => row.row)).toEqual([1]);
    expect(batch.issues).toMatchObject([{ row: 2, code: 'value.required', column: 'title' }]);
  });

  it('tells once that an ISBN is invalid under both names', () => {
    const batch = checkRows(
      'books',
      ['book_id', 'title', 'isbn', 'isbn13'],
      [source(['B1', 'A', '12', '13'])],
    );
    expect(batch.issues).toMatchObject([{ code: 'isbn.invalid', value: '12' }]);
  });
});

describe('messages', () => {
  it('never repeat what a cell holds', () => {
    const marked = fc.stringMatching(/^[ -~]{0,8}$/).map((text) => `${text}§ZQ${text}`);
    const types = fc.constantFrom<RecordType>(...RECORD_TYPES);
    fc.assert(
      fc.property(types, fc.array(marked, { minLength: 7, maxLength: 7 }), (type, cells) => {
        const header = [
          ...Object.keys(GOOD_CELLS[type]),
          'isbn',
          'student_rating',
          'prior_year_reading_score',
        ];
        const { issues } = checkRows(type, header, [source(cells), source(cells.slice(0, 3), 2)]);
        for (const issue of issues) expect(issue.message + issue.suggestion?.label).not.toContain('§ZQ');
      }),
    );
  });
});
