import { describe, expect, it } from 'vitest';
import { builtinFormat, formatOfCode } from '../../../../electron/adapters/xlsx/number-format.ts';

describe('the built-in number formats', () => {
  it.each([14, 15, 16, 17, 22, 27, 31, 36, 50, 54, 58, 71, 77, 81])('%i is a date', (id) => {
    expect(builtinFormat(id)).toEqual({ kind: 'date' });
  });

  it.each([18, 19, 20, 21, 32, 33, 45, 47, 75, 76, 78, 80])('%i is a time of day', (id) => {
    expect(builtinFormat(id)).toEqual({ kind: 'clock' });
  });

  it.each([46, 79])('%i is a duration', (id) => {
    expect(builtinFormat(id)).toEqual({ kind: 'duration' });
  });

  it.each([0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 23, 37, 40, 44, 48, 49, 59, 70, 82])('%i is a number', (id) => {
    expect(builtinFormat(id)).toEqual({ kind: 'plain' });
  });
});

describe('number formats of a person’s own', () => {
  it.each([
    'yyyy-mm-dd',
    'DD.MM.YYYY',
    'd/m/yy h:mm',
    '[$-409]mmmm d, yyyy;@',
    'mmmm',
    '[$-411]ggge"年"m"月"d"日"',
    '[Red]dd\\-mmm',
    'yyyy\\-mm\\-dd\\Thh:mm:ss',
  ])('%s is a date', (code) => {
    expect(formatOfCode(code)).toEqual({ kind: 'date' });
  });

  it.each(['h:mm', 'h:mm AM/PM', 'mm:ss.0', '[$-F400]h:mm:ss'])('%s is a time of day', (code) => {
    expect(formatOfCode(code)).toEqual({ kind: 'clock' });
  });

  it.each(['[h]:mm', '[hh]:mm:ss', '[mm]:ss', '[ss]'])('%s is a duration', (code) => {
    expect(formatOfCode(code)).toEqual({ kind: 'duration' });
  });

  it.each([
    'General',
    '"day "General',
    'General;[Red]-General',
    '0',
    '0.00',
    '#,##0',
    '0.00E+00',
    '0%',
    '00%',
    '00.0',
    '# ??/??',
    '"$"#,##0.00',
    '"$"00',
    '[$€-407] 00',
    '0" pages"',
    '[Red]0;[Blue]0',
    '[<=9999999]000-0000;(000) 000-0000',
    '_-* #,##0.00_-',
    '@',
    '"yd"0',
    '',
  ])('%s is a number', (code) => {
    expect(formatOfCode(code)).toEqual({ kind: 'plain' });
  });

  it('zeros are an identifier of that length', () => {
    expect(formatOfCode('000000')).toEqual({
      kind: 'digits',
      template: [null, null, null, null, null, null],
    });
  });

  it('text around the zeros belongs to the identifier', () => {
    expect(formatOfCode('"B-"00\\-0;;')).toEqual({ kind: 'digits', template: ['B-', null, null, '-', null] });
  });

  it('a colour and a padding do not', () => {
    expect(formatOfCode('[Red]00_)')).toEqual({ kind: 'digits', template: [null, null] });
  });
});
