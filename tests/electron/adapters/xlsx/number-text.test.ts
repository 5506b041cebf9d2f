import { describe, expect, it } from 'vitest';
import { formatOfCode, type NumberFormat, PLAIN } from '../../../../electron/adapters/xlsx/number-format.ts';
import { isoDateText, numberText } from '../../../../electron/adapters/xlsx/number-text.ts';

const text = (raw: string, format: NumberFormat = PLAIN, date1904 = false) =>
  numberText(raw, format, date1904);
const as = (code: string) => formatOfCode(code);

describe('plain numbers', () => {
  it.each([
    ['9780439023481', '9780439023481'],
    ['9.780439023481E12', '9780439023481'],
    ['9.780439023481E+12', '9780439023481'],
    ['1.2345678901234501E20', '123456789012345010000'],
    ['12345678901234567890', '12345678901234567890'],
    ['4.4000000000000004', '4.4'],
    ['0.12', '0.12'],
    ['-3', '-3'],
    ['-0', '0'],
    ['2008.0', '2008'],
    ['1e-7', '0.0000001'],
    ['1.5E-10', '0.00000000015'],
    ['1E21', '1e+21'],
    ['1e-200', '1e-200'],
    ['0123', '123'],
  ])('%s is written %s', (raw, written) => {
    expect(text(raw)).toBe(written);
  });

  it('what is no number stays as it is', () => {
    expect(text('INF')).toBe('INF');
  });
});

describe('dates', () => {
  it.each([
    ['46268', '2026-09-03'],
    ['46268.34375', '2026-09-03T08:15:00'],
    ['46268.343749999999', '2026-09-03T08:15:00'],
    ['46268.999999', '2026-09-03T23:59:59'],
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', '1900-02-29'],
    ['61', '1900-03-01'],
    ['2958465', '9999-12-31'],
  ])('day %s of the 1900 system is %s', (raw, written) => {
    expect(text(raw, as('d/m/yyyy'))).toBe(written);
  });

  it.each(['0', '-1', '2958466', '46268x'])('%s is no day and stays as it is', (raw) => {
    expect(text(raw, as('d/m/yyyy'))).toBe(raw);
  });

  it.each([
    ['0', '1904-01-01'],
    ['0.5', '1904-01-01T12:00:00'],
    ['44806', '2026-09-03'],
    ['2957003', '9999-12-31'],
  ])('day %s of the 1904 system is %s', (raw, written) => {
    expect(text(raw, as('d/m/yyyy'), true)).toBe(written);
  });

  it('a part of a day is a time, whatever the format', () => {
    expect([text('0.34375', as('h:mm')), text('0.34375', as('d/m/yyyy'))]).toEqual(['08:15:00', '08:15:00']);
    expect(text('0', as('h:mm'))).toBe('00:00:00');
    expect(text('0.34375', as('h:mm'), true)).toBe('08:15:00');
  });

  it('a day that is shown as a time keeps its day', () => {
    expect(text('46268.34375', as('h:mm'))).toBe('2026-09-03T08:15:00');
  });

  it('durations go past 24 hours', () => {
    expect(text('1.5104166666666667', as('[h]:mm'))).toBe('36:15:00');
  });

  it('a cell that holds ISO 8601 is brought to the same form', () => {
    expect(isoDateText('2026-09-03')).toBe('2026-09-03');
    expect(isoDateText('2026-09-03T00:00:00.000Z')).toBe('2026-09-03');
    expect(isoDateText('2026-09-03T08:15')).toBe('2026-09-03T08:15:00');
    expect(isoDateText('2026-09-03T08:15:30.5')).toBe('2026-09-03T08:15:30');
    expect(isoDateText('08:15:00')).toBe('08:15:00');
  });
});

describe('identifiers', () => {
  it.each([
    ['1042', '000000', '001042'],
    ['0', '000', '000'],
    ['1234567', '000', '1234567'],
    ['123456789', '000\\-00\\-0000', '123-45-6789'],
    ['12345678901', '000-00-0000', '12345-67-8901'],
    ['42', '"B"0000', 'B0042'],
    ['9780439023481', '000"-"0"-"000"-"00000"-"0', '978-0-439-02348-1'],
  ])('%s as %s is %s', (raw, code, written) => {
    expect(text(raw, as(code))).toBe(written);
  });

  it('what is no whole positive number is written as a number', () => {
    expect([text('1042.5', as('000000')), text('-7', as('000'))]).toEqual(['1042.5', '-7']);
  });
});
