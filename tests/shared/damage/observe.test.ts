import { describe, expect, it } from 'vitest';
import { batchSigns, createObserver } from '../../../shared/damage/observe.ts';

const CLEAN = [
  '1042',
  'Holes',
  'Louis Sachar',
  '9780439023481',
  '["fiction"]',
  '2026-03-09',
  '4.4',
  '1998',
  'anything 9.78E+12',
] as const;
const ROLES = ['key', 'text', 'text', 'isbn', 'list', 'date', 'number', 'year', 'unmapped'] as const;

function observed(cell: string, role: (typeof ROLES)[number]) {
  const observer = createObserver(1, [role]);
  observer.observe([cell], 7);
  return observer.summary()[0]?.signs;
}

describe('createObserver', () => {
  it('finds nothing in a clean row', () => {
    const observer = createObserver(CLEAN.length, ROLES);
    observer.observe(CLEAN, 1);
    expect(observer.summary().map(({ signs }) => signs)).toEqual([{}, {}, {}, {}, {}, {}, {}]);
  });

  it('does not look at years and at columns that are not loaded', () => {
    const observer = createObserver(CLEAN.length, ROLES);
    expect(observer.summary().map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['isbn', '439023483', 'isbn-leading-zero', '0439023483'],
    ['isbn', ' 439023483 ', 'isbn-leading-zero', '0439023483'],
    ['isbn', '61120081.0', 'isbn-leading-zero', '0061120081'],
    ['isbn', '61120082.0', null, null],
    ['isbn', '9780439023481.0', 'decimal-tail', '9780439023481'],
    ['isbn', '9.78043902348e+12', 'isbn-scientific', null],
    ['isbn', '9.780439023481E+12', 'isbn-scientific', null],
    ['isbn', '9.7804390E+12', 'isbn-scientific', null],
    ['isbn', '9.7804E+12', 'isbn-scientific', null],
    ['isbn', '978-0-439-02348-1', null, null],
    ['isbn', '0439023483', null, null],
    ['key', '1.23457E+11', 'scientific-notation', null],
    ['key', '1E+11', 'scientific-notation', null],
    ['key', '12E3', null, null],
    ['key', '1042.0', 'decimal-tail', '1042'],
    ['key', '1.000', 'fraction', null],
    ['key', '10.5', 'fraction', null],
    ['key', '4-May', 'turned-into-date', null],
    ['key', 'B-1042', null, null],
    ['date', '46090', 'date-serial', '2026-03-09'],
    ['date', ' 46090', 'date-serial', '2026-03-09'],
    ['date', '20260309', null, null],
    ['number', '4-May', 'turned-into-date', null],
    ['number', 'May-04', 'turned-into-date', null],
    ['number', '2026-05-04 00:00:00', 'turned-into-date', null],
    ['number', '2008.0', null, null],
    ['number', '46090', null, null],
    ['text', '5-Mar', 'turned-into-date', null],
    ['text', 'Mar-05', 'turned-into-date', null],
    ['text', '9.78E+12', 'scientific-notation', null],
    ['text', '1984', null, null],
    ['text', 'CafÃ©', 'mojibake', 'Café'],
    ['list', '["CafÃ©"]', 'mojibake', '["Café"]'],
    ['text', 'CafÃ© José', 'mojibake-mixed', null],
    ['text', 'Fran?ois', 'lost-characters', null],
    ['text', 'a'.repeat(254), null, null],
  ] as const)('in a column of role %s, sees in %j: %s', (role, cell, sign, after) => {
    const example = { row: 7, before: cell.trim(), after };
    expect(observed(cell, role)).toEqual(sign === null ? {} : { [sign]: { cells: 1, examples: [example] } });
  });

  it.each([
    [255, 'text-cut-255'],
    [32_767, 'text-cut-32767'],
  ] as const)('sees a text of exactly %d characters and shows how it ends', (length, sign) => {
    const cell = `${'a'.repeat(length - 3)}end`;
    const example = { row: 7, before: `…${cell.slice(-120)}`, after: null };
    expect(observed(cell, 'text')).toEqual({ [sign]: { cells: 1, examples: [example] } });
  });

  it('shows of a long text the place that is garbled', () => {
    const cell = `${'a'.repeat(300)} CafÃ© ${'b'.repeat(300)}`;
    const example = observed(cell, 'text')?.mojibake?.examples[0];
    expect(example?.before).toMatch(/^…a{36} CafÃ© b{77}…$/);
    expect(example?.after).toMatch(/^…a{36} Café b{78}…$/);
  });

  it('counts ids of digits by length and keeps five rows of each', () => {
    const observer = createObserver(1, ['key']);
    for (let row = 1; row <= 7; row += 1) observer.observe([`00${row}`], row);
    observer.observe(['12'], 8);
    observer.observe(['B12'], 9);
    observer.observe([''], 10);
    const [column] = observer.summary();
    expect(column?.cells).toBe(9);
    expect(column?.digits.map(({ length, cells, beginWithZero }) => [length, cells, beginWithZero])).toEqual([
      [2, 1, 0],
      [3, 7, 7],
    ]);
    expect(column?.digits[1]?.examples.map(({ row }) => row)).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps the lowest rows, in whatever order they come', () => {
    const observer = createObserver(1, ['isbn']);
    for (const row of [9, 8, 7, 1, 6, 5, 2]) observer.observe(['439023483'], row);
    const sign = observer.summary()[0]?.signs['isbn-leading-zero'];
    expect(sign?.cells).toBe(7);
    expect(sign?.examples.map(({ row }) => row)).toEqual([1, 2, 5, 6, 7]);
  });

  it('takes a row with fewer cells than the header', () => {
    const observer = createObserver(3, ['key', 'text', 'isbn']);
    observer.observe(['1'], 1);
    expect(observer.summary().map(({ cells }) => cells)).toEqual([1, 0, 0]);
  });

  it('does not search the texts of a batch that cannot hold anything', () => {
    const observer = createObserver(1, ['text']);
    observer.observe(['CafÃ©'], 1, { mojibake: false, lostCharacters: false });
    expect(observer.summary()[0]?.signs).toEqual({});
  });
});

describe('batchSigns', () => {
  it.each([
    ['1,Holes\n2,Café?\n', false, false],
    ['1,Holes\n2,CafÃ©\n', true, false],
    ['1,Holes\n2,Fran?ois\n', false, true],
  ])('says of %j: mojibake %o, lost characters %o', (text, mojibake, lostCharacters) => {
    expect(batchSigns(text)).toEqual({ mojibake, lostCharacters });
  });
});
