import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../shared/damage/diagnose.ts';
import { examine, examineOne, mappingOf, summarise } from './examining.ts';

function times(count: number, cell: (index: number) => string): string[] {
  return Array.from({ length: count }, (_, index) => cell(index));
}

/** Ids of six digits, some of which begin with a zero. */
const SIX_DIGITS = times(40, (index) => String(90_000 + index * 500).padStart(6, '0'));

describe('diagnose', () => {
  it('says nothing of a file that no spreadsheet has harmed', () => {
    const mapping = mappingOf('books', ['book_id', 'title', 'isbn', 'reading_level']);
    const rows = [
      ['1', 'Émile?', '0439023483', '4.5'],
      ['2', 'SÃO PAULO', '9780439023481', ''],
    ];
    expect(diagnose(summarise(mapping, rows), mapping)).toEqual([]);
  });

  it('explains ISBNs whose zero the check digit proves', () => {
    const finding = examineOne('books', 'isbn', ['439023483', '80442957X', '439023484', '9780439023481']);
    expect(finding).toMatchObject({
      kind: 'isbn-leading-zero',
      column: 'isbn',
      position: 0,
      heading: 'isbn',
      cells: 2,
      certainty: 'proved',
      title: '2 ISBNs in "isbn" lost the zeros in front',
      repair: { kind: 'isbn-leading-zero' },
      examples: [
        { row: 1, before: '439023483', after: '0439023483' },
        { row: 2, before: '80442957X', after: '080442957X' },
      ],
    });
    expect(finding.explanation).toContain('Of 4 filled cells, 2 are too short');
    expect(finding.explanation).toContain('the loader puts these zeros back by itself');
  });

  it.each(['9.78043902348e+12', '9.780439023481E+12'])('never repairs the ISBN %s', (cell) => {
    expect(examineOne('books', 'isbn', [cell])).toMatchObject({
      kind: 'isbn-scientific',
      certainty: 'lost',
      repair: null,
      examples: [{ row: 1, before: cell, after: null }],
    });
  });

  it('counts ids in scientific notation as lost', () => {
    expect(examineOne('books', 'book_id', ['1.23457E+11', 'B2'])).toMatchObject({
      kind: 'scientific-notation',
      cells: 1,
      certainty: 'lost',
      repair: null,
    });
  });

  it('suggests zeros for ids that are shorter than nearly all others', () => {
    const finding = examineOne('students', 'student_id', [...SIX_DIGITS, '4211', '211']);
    expect(finding).toMatchObject({
      kind: 'id-leading-zero',
      cells: 2,
      certainty: 'suggested',
      repair: { kind: 'id-leading-zero', length: 6 },
      examples: [
        { row: 41, before: '4211', after: '004211' },
        { row: 42, before: '211', after: '000211' },
      ],
    });
    expect(finding.explanation).toContain('40 numbers in this column have exactly 6 digits');
  });

  it.each([
    ['fewer than twenty ids', [...SIX_DIGITS.slice(0, 18), '4211']],
    ['less than nine in ten of one length', [...SIX_DIGITS, ...times(5, (i) => `421${i}`)]],
    ['an id that is longer', [...SIX_DIGITS, '4211', '1234567']],
    ['an id that is shorter by four digits', [...SIX_DIGITS, '42']],
    ['no id that begins with a zero', [...times(40, (i) => String(100_000 + i)), '4211']],
    ['no short id', SIX_DIGITS],
    ['nothing but numbers too long to be ids', [...times(40, () => '0'.repeat(40)), '1'.repeat(31)]],
  ])('suggests no zeros where there is %s', (_name, ids) => {
    expect(examine('students', 'student_id', ids)).toEqual([]);
  });

  it('looks at barcodes that are not loaded, and says that they are not', () => {
    const [finding] = examine('books', 'Barcode', [...SIX_DIGITS, '4211'], ['Barcode']);
    expect(finding).toMatchObject({ kind: 'id-leading-zero', column: null, heading: 'Barcode' });
    expect(finding?.explanation).toContain('not loaded');
  });

  it('only suggests to take the point and zero from an id', () => {
    const finding = examineOne('books', 'book_id', ['1042.0', '1043.0']);
    expect(finding).toMatchObject({
      kind: 'decimal-tail',
      cells: 2,
      certainty: 'suggested',
      repair: { kind: 'id-decimal-tail' },
    });
    expect(finding.explanation).toContain('Every number in this column ends so');
    expect(examineOne('books', 'book_id', ['1042.0', '7']).explanation).toContain(
      '1 other number in this column',
    );
  });

  it('leaves ids alone whose points belong there', () => {
    expect(examine('books', 'book_id', ['10.0', '10.5'])).toEqual([]);
  });

  it('calls the point and zero behind an ISBN proved', () => {
    expect(examineOne('books', 'isbn', ['9780439023481.0'])).toMatchObject({
      kind: 'decimal-tail',
      certainty: 'proved',
      repair: { kind: 'isbn-decimal-tail' },
      examples: [{ row: 1, before: '9780439023481.0', after: '9780439023481' }],
    });
  });

  it('suggests the date behind the number of a day and tells of the other way to count', () => {
    const finding = examineOne('checkouts', 'checkout_date', ['46090', '2026-03-10']);
    expect(finding).toMatchObject({
      kind: 'date-serial',
      cells: 1,
      certainty: 'suggested',
      repair: { kind: 'date-serial', system: 1900 },
      examples: [{ row: 1, before: '46090', after: '2026-03-09' }],
    });
    expect(finding.explanation).toContain('1904');
    expect(finding.explanation).toContain('1 other cell in the column is written otherwise');
  });

  it('counts a reading level that became a date as lost', () => {
    expect(examineOne('books', 'reading_level', ['4-May', '2026-05-04 00:00:00', '4.5'])).toMatchObject({
      kind: 'turned-into-date',
      cells: 2,
      certainty: 'lost',
      repair: null,
    });
  });

  it('proves garbled letters and tells of cells that are garbled in part', () => {
    const finding = examineOne('books', 'author', ['JosÃ©', 'CafÃ© José', 'Ana']);
    expect(finding).toMatchObject({
      kind: 'mojibake',
      cells: 1,
      certainty: 'proved',
      repair: { kind: 'mojibake' },
      examples: [{ row: 1, before: 'JosÃ©', after: 'José' }],
    });
    expect(finding.explanation).toContain('1 other cell holds such characters next to sound ones');
  });

  it('repairs nothing in a column whose cells are all garbled in part', () => {
    expect(examineOne('books', 'author', ['CafÃ© José'])).toMatchObject({
      kind: 'mojibake',
      cells: 1,
      certainty: 'suggested',
      repair: null,
    });
  });

  it('counts letters replaced by question marks as lost', () => {
    expect(examineOne('books', 'author', ['Fran?ois', 'Bront\ufffd', 'Who?'])).toMatchObject({
      kind: 'lost-characters',
      cells: 2,
      certainty: 'lost',
      repair: null,
    });
  });

  it.each([
    ['two texts of 255 characters', [255, 255, 20], 'text-cut-255', 2],
    ['one text of 32,767 characters', [32_767, 255], 'text-cut-32767', 1],
  ] as const)('takes %s for cut, where none is longer', (_name, lengths, kind, cells) => {
    const texts = lengths.map((length) => 'a'.repeat(length));
    expect(examineOne('books', 'description', texts)).toMatchObject({
      kind,
      cells,
      certainty: 'lost',
      repair: null,
    });
  });

  it.each([
    ['one text of 255 characters, which may be chance', [255, 20]],
    ['a longer text beside those of 255 characters', [255, 255, 256]],
    ['a longer text beside one of 32,767 characters', [32_767, 32_768]],
  ])('takes nothing for cut with %s', (_name, lengths) => {
    const texts = lengths.map((length) => 'a'.repeat(length));
    expect(examine('books', 'description', texts)).toEqual([]);
  });

  it('tells of every kind of damage in one column', () => {
    const kinds = examine('books', 'isbn', ['9.78043902348e+12', '439023483', '9780439023481.0']).map(
      ({ kind }) => kind,
    );
    expect(kinds).toEqual(['isbn-leading-zero', 'isbn-scientific', 'decimal-tail']);
  });

  it('never repeats in words what a student’s cell holds', () => {
    const cells = { homeroom_teacher: 'Mrs GarcÃ\u00ada', student_id: '98765.0', grade_level: '7-May' };
    const mapping = mappingOf('students', Object.keys(cells));
    const findings = diagnose(summarise(mapping, [Object.values(cells)]), mapping);
    expect(findings.map(({ kind }) => kind)).toEqual(['mojibake', 'decimal-tail', 'turned-into-date']);
    const words = findings
      .map(({ title, explanation, advice }) => `${title} ${explanation} ${advice}`)
      .join(' ');
    expect(words).not.toMatch(/Garc|98765|7-May/);
  });

  it('names a column without a heading by its place', () => {
    const mapping = {
      ...mappingOf('books', ['']),
      sources: { isbn: { kind: 'cells', positions: [0] } },
    } as const;
    const [finding] = diagnose(summarise(mapping, [['439023483']]), mapping);
    expect(finding?.title).toBe('1 ISBN in column 1 lost the zeros in front');
  });
});
