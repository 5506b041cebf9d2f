import { describe, expect, it } from 'vitest';
import {
  likelySerial,
  looksTurnedIntoDate,
  serialToIsoDate,
} from '../../../shared/damage/spreadsheet-dates.ts';

describe('serialToIsoDate', () => {
  it.each([
    [1, 1900, '1900-01-01'],
    [59, 1900, '1900-02-28'],
    [61, 1900, '1900-03-01'],
    [25569, 1900, '1970-01-01'],
    [46090, 1900, '2026-03-09'],
    [46090.75, 1900, '2026-03-09'],
    [2958465, 1900, '9999-12-31'],
    [0, 1904, '1904-01-01'],
    [44628, 1904, '2026-03-09'],
  ] as const)('reads %d of the %d system as %s', (serial, system, date) => {
    expect(serialToIsoDate(serial, system)).toBe(date);
  });

  it.each([
    ['29 February 1900, which never was', 60, 1900],
    ['the day before the first', 0, 1900],
    ['a negative number', -1, 1904],
    ['a day after the last', 2958466, 1900],
    ['no number', Number.NaN, 1900],
  ] as const)('has no date for %s', (_name, serial, system) => {
    expect(serialToIsoDate(serial, system)).toBeNull();
  });
});

describe('likelySerial', () => {
  it.each([
    ['46090', 46090],
    ['46090.5', 46090],
    ['18264', 18264],
    ['73050', 73050],
  ])('takes %j for day %d', (cell, serial) => {
    expect(likelySerial(cell)).toBe(serial);
  });

  it.each(['2026', '20260309', '2026-03-09', '18263', '73051', '3/9/2026', '-46090', '46090x', ''])(
    'takes %j for no day number',
    (cell) => {
      expect(likelySerial(cell)).toBeNull();
    },
  );
});

describe('looksTurnedIntoDate', () => {
  it.each([
    '4-May',
    '04-may',
    '5-Mar',
    'May-04',
    'Sept-04',
    '04. Mai',
    '4-févr',
    '2026-05-04 00:00:00',
    '2026-05-04T00:00:00.000',
  ])('is true of %j', (cell) => {
    expect(looksTurnedIntoDate(cell)).toBe(true);
  });

  it.each([
    '4.5',
    '4-5',
    'DEC-01',
    'May',
    '4-Maybe',
    '12-Gauge',
    '10 May',
    '2026-05-04',
    '2026-05-04 09:30:00',
    'Catch-22',
    '',
  ])('is false of %j', (cell) => {
    expect(looksTurnedIntoDate(cell)).toBe(false);
  });
});
