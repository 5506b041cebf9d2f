import { describe, expect, it } from 'vitest';
import { readAsUtf8, windows1252Byte } from '../../../shared/damage/windows-1252.ts';
import { misread } from './misreading.ts';

function codePoints(text: string): number[] | undefined {
  return readAsUtf8(text, 0, text.length)?.map(({ codePoint }) => codePoint);
}

describe('windows1252Byte', () => {
  it.each([
    ['€', 0x80],
    ['\u0081', 0x81],
    ['Ž', 0x8e],
    ['Ÿ', 0x9f],
    ['\u00a0', 0xa0],
    ['ÿ', 0xff],
    ['\u0080', -1],
    ['ř', -1],
    ['Ā', -1],
  ])('knows for %j the byte %i', (character, byte) => {
    expect(windows1252Byte(character.charCodeAt(0))).toBe(byte);
  });
});

describe('readAsUtf8', () => {
  it.each([0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x10ffff])(
    'finds U+%x again',
    (codePoint) => {
      expect(codePoints(misread(String.fromCodePoint(codePoint)))).toEqual([codePoint]);
    },
  );

  it('says where each sequence stands', () => {
    expect(readAsUtf8('aÃ©â€™', 1, 6)).toEqual([
      { start: 1, end: 3, codePoint: 0xe9 },
      { start: 3, end: 6, codePoint: 0x2019 },
    ]);
  });

  it.each([
    ['two bytes for ASCII', 'Á¿'],
    ['three bytes for what needs two', 'àŸ¿'],
    ['four bytes for what needs three', 'ð\u008f¿¿'],
    ['half a surrogate pair', 'í\u00a0€'],
    ['more than U+10FFFF', 'ô\u0090€€'],
    ['a byte that begins nothing', 'õ€€€'],
    ['a second half alone', '©'],
    ['a first half alone', 'Ã'],
    ['a first half twice', 'ÃÃ'],
    ['a character without a byte', 'Ãř'],
  ])('reads nothing out of %s', (_name, text) => {
    expect(codePoints(text)).toBeUndefined();
  });
});
