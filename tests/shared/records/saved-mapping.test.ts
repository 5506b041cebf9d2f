import { describe, expect, it } from 'vitest';
import { jsonFaultLine } from '../../../shared/records/json-fault.ts';
import { parseSavedMapping, savedMappingSchema } from '../../../shared/records/saved-mapping.ts';
import { errorOf } from './checking.ts';

const FULL = `{
  "version": 1,
  "type": "students",
  "header": true,
  "encoding": "windows-1252",
  "delimiter": ";",
  "sheet": "Sheet1",
  "columns": {
    "student_id": "Perm ID",
    "lunch_period": { "constant": 2 },
    "age": { "from": "DOB", "derive": "age-on", "date": "09-01", "dates": "month-first" },
    "grade_level": { "from": "Grad Yr", "derive": "grade-from-graduation-year", "schoolYearEnds": 2027 },
    "homeroom_teacher": ["Homeroom", "Advisor", 7],
    "prior_year_reading_score": null
  }
}`;

function parse(fields: object): string {
  return errorOf(() =>
    parseSavedMapping(JSON.stringify({ version: 1, type: 'students', columns: {}, ...fields }), 'our.json'),
  ).message;
}

describe('parseSavedMapping', () => {
  it('reads every form that a column may have', () => {
    expect(parseSavedMapping(`\ufeff${FULL}`, 'our.json')).toEqual({
      version: 1,
      type: 'students',
      header: true,
      encoding: 'windows-1252',
      delimiter: ';',
      sheet: 'Sheet1',
      columns: {
        student_id: 'Perm ID',
        lunch_period: { constant: '2' },
        age: { from: 'DOB', derive: 'age-on', date: '09-01', dates: 'month-first' },
        grade_level: { from: 'Grad Yr', derive: 'grade-from-graduation-year', schoolYearEnds: 2027 },
        homeroom_teacher: ['Homeroom', 'Advisor', 7],
        prior_year_reading_score: null,
      },
    });
  });

  it('gives what the schema of the doors takes', () => {
    const mapping = parseSavedMapping(FULL, 'our.json');
    expect(savedMappingSchema.parse(mapping)).toEqual(mapping);
  });

  it.each<[string, object, string]>([
    ['no version', { version: undefined }, 'version is missing'],
    ['another version', { version: 2 }, 'version must be 1'],
    ['no type', { type: undefined }, 'type is missing'],
    ['another type', { type: 'loans' }, 'type must be one of: books, students, checkouts'],
    ['no columns', { columns: undefined }, 'columns is missing'],
    ['a setting that does not exist', { colums: {} }, 'It has a setting that does not exist: "colums"'],
    ['a blank encoding', { encoding: '' }, 'encoding must be the name of an encoding'],
    ['a blank sheet', { sheet: '' }, 'sheet must be the name of a sheet'],
    ['a wordy header', { header: 'yes' }, 'header must be true or false'],
    ['a long delimiter', { delimiter: '||' }, 'delimiter must be one character'],
    [
      'an unknown column',
      { columns: { lunch: 'Lunch' } },
      'There is no column lunch in students; their columns are: student_id, grade_level',
    ],
    ['a column of another type', { columns: { isbn: 'ISBN' } }, 'There is no column isbn in students'],
    ['a blank heading', { columns: { age: ' ' } }, 'columns.age must be a heading of the file'],
    ['column 0', { columns: { age: 0 } }, 'columns.age must be a heading of the file'],
    ['no heading at all', { columns: { age: [] } }, 'columns.age must name at least one heading'],
    ['an empty column', { columns: { age: {} } }, 'columns.age says nothing'],
    [
      'a constant that is a list',
      { columns: { age: { constant: [] } } },
      'columns.age.constant must be a text or a number',
    ],
    [
      'a constant with more',
      { columns: { age: { constant: 9, from: 'x' } } },
      'columns.age has a setting that does not exist: "from"',
    ],
    [
      'an unknown rule',
      { columns: { age: { from: 'x', derive: 'age' } } },
      'columns.age.derive must be "age-on" or "grade-from-graduation-year"',
    ],
    [
      'a rule without its day',
      { columns: { age: { from: 'x', derive: 'age-on' } } },
      'columns.age.date is missing',
    ],
    [
      'a rule without a heading',
      { columns: { age: { derive: 'age-on', date: '09-01' } } },
      'columns.age.from is missing',
    ],
    [
      'a day that no calendar has',
      { columns: { age: { from: 'x', derive: 'age-on', date: '09-31' } } },
      'columns.age.date must be a day',
    ],
    [
      'a day that not every year has',
      { columns: { age: { from: 'x', derive: 'age-on', date: '02-29' } } },
      'columns.age.date must be a day',
    ],
    [
      'a rule for another column',
      { columns: { lunch_period: { from: 'x', derive: 'age-on', date: '09-01' } } },
      '"age-on" works out age only',
    ],
    [
      'a year in words',
      { columns: { grade_level: { from: 'x', derive: 'grade-from-graduation-year', schoolYearEnds: '27' } } },
      'columns.grade_level.schoolYearEnds must be a year',
    ],
    [
      'an order that does not exist',
      { columns: { age: { from: 'x', derive: 'age-on', date: '09-01', dates: 'us' } } },
      'columns.age.dates must be "month-first" or "day-first"',
    ],
    [
      'an order of no dates',
      { columns: { lunch_period: { from: 'x', dates: 'day-first' } } },
      'columns.lunch_period holds no dates',
    ],
  ])('says of %s what is wrong', (_, fields, message) => {
    expect(parse(fields)).toContain(message);
  });

  it('lists every problem at once, as mapping.invalid of the file', () => {
    const text = JSON.stringify({ version: 1, type: 'books', columns: { age: 'Age', isbn: {}, genre: [] } });
    const error = errorOf(() => parseSavedMapping(text, 'our.json'));
    expect(error.code).toBe('mapping.invalid');
    expect(error.message).toBe(
      'our.json is no mapping. columns.genre must name at least one heading. There is no column age in books; their columns are: book_id, title, author, isbn, genre, keywords, description, difficulty_band, reading_level, publication_year, page_count, average_rating. columns.isbn says nothing: give it "from", "constant" or null.',
    );
  });

  it.each(['[]', '"x"', 'null', '7'])('takes %s for no mapping', (text) => {
    const error = errorOf(() => parseSavedMapping(text, 'our.json'));
    expect(error.code).toBe('mapping.invalid');
    expect(error.message).toBe('our.json is no mapping. It is not a mapping.');
  });

  it('names the line where a text stops being JSON', () => {
    const error = errorOf(() => parseSavedMapping('{\n  "version": 1,\n  "type": books\n}', 'our.json'));
    expect(error.code).toBe('mapping.invalid');
    expect(error.message).toContain('line 3 cannot be read');
  });
});

describe('jsonFaultLine', () => {
  it.each([
    ['{"a": [1, -2.5e3, true, null, "x\\u00e9\\n", {}], "b": []}', null],
    [' "x" ', null],
    [FULL, null],
    ['', 1],
    ['{\n"a": 1,\n}', 3],
    ['{\n"a": 1\n"b": 2\n}', 3],
    ['{\r\n"a": 1', 2],
    ['{\n"a": \'x\'\n}', 2],
    ['{\n// no comment\n}', 2],
    ['{"a": 01}', 1],
    ['[\n"a\n"]', 2],
    ['{}\n{}', 2],
    ['['.repeat(200_000), 1],
  ])('of %j is %o', (text, line) => {
    expect(jsonFaultLine(text)).toBe(line);
  });
});
