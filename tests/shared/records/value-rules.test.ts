import { describe, expect, it } from 'vitest';
import type { IssueCode, RecordOf, RecordType } from '../../../shared/records/types.ts';
import { checkOne } from './checking.ts';

type Cell<T extends RecordType> = readonly [column: keyof RecordOf[T] & string, cell: string];

function accepts<T extends RecordType>(type: T, rows: readonly (readonly [...Cell<T>, unknown])[]): void {
  it.each(rows)(`${type}: %s %o is read as %o`, (column, cell, value) => {
    const { record, issues } = checkOne(type, { [column]: cell });
    expect(issues).toEqual([]);
    expect(record?.[column as keyof RecordOf[T]]).toEqual(value);
  });
}

function refuses<T extends RecordType>(
  type: T,
  rows: readonly (readonly [...Cell<T>, IssueCode, string | null])[],
): void {
  it.each(rows)(`${type}: %s %o is the error %s, proposing %o`, (column, cell, code, proposal) => {
    const { record, issues, batch } = checkOne(type, { [column]: cell });
    expect(record).toBeNull();
    expect(batch.rejected).toHaveLength(1);
    expect(issues).toMatchObject([{ column, code, severity: 'error', value: cell, row: 1, line: 2 }]);
    expect(issues[0]?.suggestion?.value ?? null).toBe(proposal);
  });
}

function warns<T extends RecordType>(
  type: T,
  rows: readonly (readonly [...Cell<T>, IssueCode, unknown])[],
): void {
  it.each(rows)(`${type}: %s %o is the warning %s and read as %o`, (column, cell, code, value) => {
    const { record, issues } = checkOne(type, { [column]: cell });
    expect(issues).toMatchObject([{ column, code, severity: 'warning', value: cell }]);
    expect(record?.[column as keyof RecordOf[T]]).toEqual(value);
  });
}

describe('numbers of a book', () => {
  accepts('books', [
    ['publication_year', '2008.0', 2008],
    ['publication_year', '-762', -762],
    ['publication_year', '-3000', -3000],
    ['publication_year', '2027', 2027],
    ['page_count', ' 184 ', 184],
    ['page_count', '2147483647', 2147483647],
    ['reading_level', '0.0', 0],
    ['reading_level', '12', 12],
    ['reading_level', '4.4444', 4.4444],
    ['average_rating', '0', 0],
    ['average_rating', '5', 5],
  ]);
  refuses('books', [
    ['publication_year', '-3001', 'value.out-of-range', null],
    ['publication_year', '2028', 'value.out-of-range', null],
    ['publication_year', '2008.5', 'value.not-whole', null],
    ['publication_year', 'c1998', 'value.not-a-number', '1998'],
    ['page_count', '0', 'value.out-of-range', null],
    ['page_count', '2147483648', 'value.out-of-range', null],
    ['page_count', '1,234', 'value.not-a-number', '1234'],
    ['page_count', '0x10', 'value.not-a-number', null],
    ['page_count', '1e999', 'value.out-of-range', null],
    ['page_count', 'Infinity', 'value.not-a-number', null],
    ['reading_level', '-0.1', 'value.out-of-range', null],
    ['reading_level', '12.01', 'value.out-of-range', null],
    ['reading_level', '4,4', 'value.not-a-number', '4.4'],
    ['reading_level', '44,4', 'value.not-a-number', null],
    ['reading_level', '3-5', 'value.not-a-number', null],
    ['average_rating', '5.1', 'value.out-of-range', null],
    ['average_rating', 'five', 'value.not-a-number', null],
  ]);
});

describe('words and lists of a book', () => {
  accepts('books', [
    ['genre', '["fiction", "humor"]', ['fiction', 'humor']],
    ['genre', 'fiction, humor', ['fiction, humor']],
    ['genre', '[]', []],
    ['genre', 'null', []],
    ['keywords', '', []],
    ['keywords', '[1.0, true, null, "x", {"a": [2.50]}]', ['1.0', 'true', 'x', '{"a":[2.50]}']],
    ['difficulty_band', 'beginner', 'beginner'],
    ['difficulty_band', 'Early Elementary', 'early_elementary'],
    ['difficulty_band', 'late-elementary', 'late_elementary'],
    ['difficulty_band', 'middle_school', 'middle_school'],
    ['difficulty_band', 'high_school', 'high_school'],
    ['difficulty_band', 'advanced', 'advanced'],
    ['difficulty_band', '', ''],
    ['author', '  Roald Dahl ', 'Roald Dahl'],
    ['title', 'Null', 'Null'],
    ['book_id', 'NaN', 'NaN'],
  ]);
  refuses('books', [
    ['difficulty_band', 'begginer', 'value.not-a-choice', 'beginner'],
    ['difficulty_band', 'elementary', 'value.not-a-choice', null],
    ['title', '  ', 'value.required', null],
    ['book_id', '', 'value.required', null],
    ['title', 'Mat\0ilda', 'value.forbidden-character', 'Matilda'],
    ['author', 'Dahl\ud800', 'value.forbidden-character', 'Dahl'],
    ['book_id', 'B\u00001', 'value.forbidden-character', 'B1'],
    ['book_id', 'B\u001f1', 'value.forbidden-character', 'B1'],
    ['genre', '["\\u0000"]', 'value.forbidden-character', null],
    ['keywords', '["\\ud800"]', 'value.forbidden-character', null],
    ['book_id', 'é'.repeat(501), 'value.too-long', null],
    ['genre', 'x'.repeat(2600), 'value.too-long', null],
  ]);
  warns('books', [
    ['difficulty_band', 'easy', 'value.old-word', 'easy'],
    ['difficulty_band', 'medium', 'value.old-word', 'medium'],
    ['difficulty_band', 'hard', 'value.old-word', 'hard'],
    ['genre', '[fiction', 'value.not-a-list', ['[fiction']],
    ['isbn', '9780439023484', 'isbn.invalid', ''],
    ['isbn', '9.78043902348e+12', 'isbn.scientific', ''],
  ]);

  it('proposes a list in single quotes as the list that it was meant to be', () => {
    const { issues } = checkOne('books', { genre: "['fiction', 'children''s']" });
    expect(issues[0]?.suggestion?.value).toBe('["fiction","children\'\'s"]');
  });

  it('accepts a key of just as many bytes as the index takes, and a description of any length', () => {
    const { record } = checkOne('books', { book_id: 'é'.repeat(500), description: 'x'.repeat(100_000) });
    expect(record?.description).toHaveLength(100_000);
  });

  it('survives a list that is nested deeper than the stack', () => {
    const { issues } = checkOne('books', { keywords: '['.repeat(200_000) });
    expect(issues).toMatchObject([{ code: 'value.not-a-list', severity: 'warning' }]);
  });

  it.each(['""', 'null', 'NULL', 'NaN', 'N/A', ''])(
    'reads %o as blank where a column may be blank',
    (cell) => {
      const { record, issues } = checkOne('books', {
        author: cell,
        isbn: cell,
        genre: cell,
        description: cell,
        page_count: cell,
        reading_level: cell,
      });
      expect(issues).toEqual([]);
      expect(record).toMatchObject({ author: '', isbn: '', genre: [], description: '', page_count: null });
      expect(record?.reading_level).toBeNull();
    },
  );

  it('tells a blank text from a column that the file does not have', () => {
    expect(checkOne('books', { author: '' }).record).toMatchObject({
      author: '',
      description: null,
      isbn: null,
    });
  });
});

describe('students', () => {
  accepts('students', [
    ['grade_level', 'K', 0],
    ['grade_level', '0', 0],
    ['grade_level', '12', 12],
    ['grade_level', '4.0', 4],
    ['age', '4', 4],
    ['age', '21', 21],
    ['prior_year_reading_score', '3.0', 3],
    ['prior_year_reading_score', '0', 0],
    ['prior_year_reading_score', '', null],
    ['lunch_period', '2 ', '2'],
    ['lunch_period', '1', '1'],
    ['lunch_period', '9.0', '9'],
    ['homeroom_teacher', 'N/A', 'N/A'],
  ]);
  refuses('students', [
    ['grade_level', 'Grade 4', 'value.not-a-number', '4'],
    ['grade_level', '4th', 'value.not-a-number', '4'],
    ['grade_level', 'five', 'value.not-a-number', null],
    ['grade_level', 'Grade 14', 'value.not-a-number', null],
    ['grade_level', 'Kindergarten', 'value.not-a-number', '0'],
    ['grade_level', '13', 'value.out-of-range', null],
    ['grade_level', '', 'value.required', null],
    ['grade_level', 'N/A', 'value.required', null],
    ['age', '3', 'value.out-of-range', null],
    ['age', '22', 'value.out-of-range', null],
    ['age', '9 years', 'value.not-a-number', '9'],
    ['prior_year_reading_score', '3.7', 'value.not-whole', null],
    ['prior_year_reading_score', '6', 'value.out-of-range', null],
    ['prior_year_reading_score', '-1', 'value.out-of-range', null],
    ['lunch_period', '0', 'value.out-of-range', null],
    ['lunch_period', '10', 'value.out-of-range', null],
    ['lunch_period', 'A', 'value.not-a-number', null],
    ['homeroom_teacher', '', 'value.required', null],
    ['student_id', ' ', 'value.required', null],
  ]);

  it.each(['PK', 'pre-K', 'TK', '-1'])('refuses the grade %s with a hint of its own', (cell) => {
    const { issues } = checkOne('students', { grade_level: cell });
    expect(issues).toMatchObject([{ code: 'value.out-of-range', severity: 'error' }]);
    expect(issues[0]?.message).toContain('kindergarten');
    expect(issues[0]?.suggestion?.label).toContain('pre-kindergarten');
  });
});

describe('checkouts', () => {
  accepts('checkouts', [
    ['checkout_date', '2024-02-29', '2024-02-29'],
    ['checkout_date', '2026-03-02T10:11:12.5+05:30', '2026-03-02'],
    ['checkout_date', '2026-03-02 00:00:00', '2026-03-02'],
    ['checkout_date', '2026-03-02T23:59Z', '2026-03-02'],
    ['return_date', '', null],
    ['return_date', '2026-03-02', '2026-03-02'],
    ['student_rating', '4.0', 4],
    ['student_rating', '1', 1],
    ['student_rating', '', null],
    ['checkout_id', ' CH1 ', 'CH1'],
  ]);
  refuses('checkouts', [
    ['checkout_date', '9/3/2026', 'value.date-order', null],
    ['checkout_date', '09.03.2026', 'value.date-order', null],
    ['checkout_date', '9/3/26', 'value.date-order', null],
    ['checkout_date', '13/3/2026', 'value.date-order', '2026-03-13'],
    ['checkout_date', '3/13/2026', 'value.date-order', '2026-03-13'],
    ['checkout_date', '13/13/2026', 'value.not-a-date', null],
    ['checkout_date', '2026-02-30', 'value.not-a-date', null],
    ['checkout_date', '2025-02-29', 'value.not-a-date', null],
    ['checkout_date', '2026-13-01', 'value.not-a-date', null],
    ['checkout_date', '0000-01-01', 'value.not-a-date', null],
    ['checkout_date', '2026-3-9', 'value.not-a-date', '2026-03-09'],
    ['checkout_date', '20260309', 'value.not-a-date', '2026-03-09'],
    ['checkout_date', 'yesterday', 'value.not-a-date', null],
    ['checkout_date', 'NULL', 'value.required', null],
    ['return_date', '2026-03-01', 'return.before-checkout', null],
    ['student_rating', '4.5', 'value.not-whole', null],
    ['student_rating', '0', 'value.out-of-range', null],
    ['student_rating', '6', 'value.out-of-range', null],
    ['book_id', '', 'value.required', null],
  ]);

  it('asks for the order of day and month where a date leaves it open', () => {
    const { issues } = checkOne('checkouts', { checkout_date: '9/3/2026' });
    expect(issues[0]?.suggestion?.label).toMatch(/month\/day\/year or day\/month\/year/);
  });

  it.each([{ checkout_id: '' }, {}])('makes the id of a checkout that has none from its key: %o', (cells) => {
    // printf 'S1|B1|2026-03-02' | sha256sum
    expect(checkOne('checkouts', cells).record?.checkout_id).toBe('AC-e9ad962b30d781ba');
  });

  it('has a key of student, book and date', () => {
    expect(checkOne('checkouts', {}).batch.accepted[0]?.key).toBe('S1\u001fB1\u001f2026-03-02');
  });
});
