import { describe, expect, it } from 'vitest';
import { type CellChangeRule, cellChange, dictionaryKey } from '../../../shared/records/cell-change.ts';

const replace = (
  find: string,
  replacement: string,
  { whole = false, matchCase = true }: { whole?: boolean; matchCase?: boolean } = {},
): CellChangeRule => ({ kind: 'replace', find, replacement, whole, matchCase });

describe('a rule that replaces text', () => {
  it.each<[string, CellChangeRule, string, string | null]>([
    ['everywhere in the cell', replace('a', 'o'), 'banana', 'bonono'],
    ['nothing where the text is not there', replace('x', 'o'), 'banana', null],
    ['nothing where the cell stays the same', replace('a', 'a'), 'banana', null],
    ['case as it is written', replace('gr', 'x'), 'Gr 4 gr', 'Gr 4 x'],
    [
      'any case where case does not matter',
      replace('GRÖSSE ', '', { matchCase: false }),
      'größe grösse 4',
      'größe 4',
    ],
    ['signs that mean something in patterns', replace('(1.5)*$', '[^x]'), 'a(1.5)*$ 1.5', 'a[^x] 1.5'],
    ['a backslash', replace('\\d', '/'), 'C:\\d1', 'C:/1'],
    ['by signs that mean something in replacements', replace('4', '$& $1 $$'), '4', '$& $1 $$'],
    ['a character of two units', replace('📚', 'book'), '📚📚', 'bookbook'],
    ['text over a line break', replace('a\nb', 'ab'), 'xa\nby', 'xaby'],
    ['nothing for nothing', replace('', 'x'), 'a', null],
  ])('replaces %s', (_, rule, cell, after) => {
    expect(cellChange(rule)(cell)).toBe(after);
  });

  it.each<[string, CellChangeRule, string, string | null]>([
    ['it', replace('K', '0', { whole: true }), 'K', '0'],
    ['it with spaces around', replace('K', '0', { whole: true }), ' K\t', '0'],
    ['no more than it', replace('K', '0', { whole: true }), 'K 1', null],
    ['a blank cell for an empty text', replace('', '0', { whole: true }), '  ', '0'],
    ['an empty cell for an empty text', replace('', '0', { whole: true }), '', '0'],
    ['no other cell for an empty text', replace('', '0', { whole: true }), 'K', null],
    ['any case of it', replace('k', '0', { whole: true, matchCase: false }), 'K', '0'],
  ])('of whole cells takes %s', (_, rule, cell, after) => {
    expect(cellChange(rule)(cell)).toBe(after);
  });

  it('does the same for every cell: it remembers nothing of the one before', () => {
    const change = cellChange(replace('a', 'o'));
    expect(['aa', 'aa', 'a'].map(change)).toEqual(['oo', 'oo', 'o']);
  });
});

describe('a rule that repairs', () => {
  it('does what the damage doctor proposes, and leaves sound cells alone', () => {
    const change = cellChange({ kind: 'repair', repair: { kind: 'mojibake' } });
    expect(['CafÃ©', 'Café', 'Emma'].map(change)).toEqual(['Café', null, null]);
    const zeros = cellChange({ kind: 'repair', repair: { kind: 'id-leading-zero', length: 6 } });
    expect(['1234', '123456', 'S-12'].map(zeros)).toEqual(['001234', null, null]);
  });
});

describe('a rule that looks cells up', () => {
  const rule: CellChangeRule = {
    kind: 'dictionary',
    entries: [
      ['Grade 4', '4'],
      [' FIFTH ', '5'],
      ['unknown', ''],
      ['Straße', 'road'],
      ['grade 4', '04'],
    ],
  };

  it.each<[string, string, string | null]>([
    ['a whole cell, the later of two meanings', 'Grade 4', '04'],
    ['it in any case, with spaces around', ' fifth\t', '5'],
    ['it for nothing', 'Unknown', ''],
    ['letters of other scripts', 'STRASSE', null],
    ['letters of other scripts in their own case', 'straße', 'road'],
    ['no part of a cell', 'Grade 4b', null],
    ['no cell that reads so already', '5', null],
    ['no blank cell', ' ', null],
  ])('changes %s', (_, cell, after) => {
    expect(cellChange(rule)(cell)).toBe(after);
  });

  it('takes texts for the same by one key', () => {
    expect([dictionaryKey(' Grade 4'), dictionaryKey('GRADE 4'), dictionaryKey('')]).toEqual([
      'grade 4',
      'grade 4',
      '',
    ]);
  });
});
