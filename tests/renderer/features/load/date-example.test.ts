import { expect, test } from 'vitest';
import { dateExample } from '../../../../renderer/features/load/date-example.ts';

test('the example is the first cell that reads differently both ways', () => {
  expect(dateExample(['2026-09-03', '9/24/2026', '7/7/2026', '9/3/2026', '10/4/2026'])).toEqual({
    text: '9/3/2026',
    monthFirst: 'September 3, 2026',
    dayFirst: 'March 9, 2026',
  });
});

test('points and dashes are read like slashes, a time behind the date is left off', () => {
  expect(dateExample(['3.12.2025'])).toEqual({
    text: '3.12.2025',
    monthFirst: 'March 12, 2025',
    dayFirst: 'December 3, 2025',
  });
  expect(dateExample(['1-2-2026 08:30']).text).toBe('1-2-2026');
});

test('where no cell serves, an example of our own is shown', () => {
  expect(dateExample([null, '', '13/13/2026', '9/3/26']).text).toBe('9/3/2026');
});
