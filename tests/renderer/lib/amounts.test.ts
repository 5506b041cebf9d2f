import { expect, test } from 'vitest';
import {
  bytesWords,
  clockTime,
  dayAndTime,
  dollars,
  roughTime,
  timeSpent,
  withClockTimes,
} from '../../../renderer/texts/amounts.ts';

test.each([
  [340, '340 ms'],
  [4_260, '4.2 s'],
  [134_000, '2 min 14 s'],
  [3_780_000, '1 h 3 min'],
])('%d ms were %s', (ms, words) => {
  expect(timeSpent(ms)).toBe(words);
});

test.each([
  [3_000, 'a few seconds'],
  [21_000, 'about 20 seconds'],
  [70_000, 'about a minute'],
  [170_000, 'about 3 minutes'],
  [4_000_000, 'about an hour'],
  [9_000_000, 'about 3 hours'],
])('%d ms to come are %s', (ms, words) => {
  expect(roughTime(ms)).toBe(words);
});

test('less than a cent is not nothing', () => {
  expect([dollars(0), dollars(0.0052), dollars(12.4)]).toEqual(['nothing', 'less than $0.01', '$12.40']);
});

test('bytes are told in the unit that fits', () => {
  expect([bytesWords(1), bytesWords(14_200), bytesWords(3_400_000)]).toEqual(['1 byte', '14 kB', '3.4 MB']);
});

test('a moment soon has seconds, one later has none', () => {
  const now = new Date(2026, 10, 25, 14, 2, 0);
  expect(clockTime(new Date(2026, 10, 25, 14, 3, 9), now)).toBe('2:03:09 PM');
  expect(clockTime(new Date(2026, 10, 25, 16, 30, 9), now)).toBe('4:30 PM');
});

test('a day is told as near as it is', () => {
  const now = new Date(2026, 10, 25, 14, 2, 0);
  expect(dayAndTime(new Date(2026, 10, 25, 9, 5), now)).toBe('Today, 9:05 AM');
  expect(dayAndTime(new Date(2026, 10, 24, 9, 5), now)).toBe('Yesterday, 9:05 AM');
  expect(dayAndTime(new Date(2026, 10, 20, 9, 5), now)).toBe('Fri, Nov 20, 9:05 AM');
  expect(dayAndTime(new Date(2025, 10, 20, 9, 5), now)).toBe('Nov 20, 2025, 9:05 AM');
});

test('moments within a text are told as the clock here shows them', () => {
  const at = new Date(2026, 10, 25, 13, 31, 9);
  const now = new Date(2026, 10, 25, 15, 0, 0);
  expect(withClockTimes(`Load 4f21aa07, started at ${at.toISOString()}, is writing.`, now)).toBe(
    'Load 4f21aa07, started at 1:31 PM, is writing.',
  );
});
