import { expect, it } from 'vitest';
import { isRetyped } from '../../../electron/engine/retyped.ts';

it.each([
  ['007', '7'],
  ['4.50', '4.5'],
  ['1,240', '1240'],
  ['9780306406157', '9.78031E+12'],
  ['9780306406157', '9.78E+12'],
  ['12345678901234567', '12345678901234500'],
  ['2026-09-03', '9/3/2026'],
  ['2026-09-03', '03/09/2026'],
  ['2026-09-03T00:00:00', '9/3/26 0:00'],
  ['09/03/2026', '9/3/2026'],
  ['9/3/26', '09/03/2026'],
  ['3-4', '4-Mar'],
  ['3/4', '3-Apr'],
  ['9/2026', 'Sep-26'],
  ['3 Sep 2026', '3-Sep-26'],
  ['true', 'TRUE'],
  ['Łukasz Zoë', '?ukasz Zo?'],
])('takes %s and %s for the same, written by a spreadsheet', (before, after) => {
  expect(isRetyped(before, after)).toBe(true);
});

it.each([
  ['4', '5'],
  ['', '0'],
  ['0', ''],
  ['9780306406157', '9.77E+12'],
  ['9780306406157', '9780306406158'],
  ['2026-09-03', '9/4/2026'],
  ['9/3/2026', '3/9/2026'],
  ['3-4', '4-3'],
  ['yes', 'TRUE'],
  ['Łukasz', 'Lukasz'],
  ['Zoë', 'Zo'],
  ['what', 'wh?t'],
  ['4a', '4'],
])('takes %s made %s for a correction', (before, after) => {
  expect(isRetyped(before, after)).toBe(false);
});
