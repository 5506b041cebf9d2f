import { expect, test } from 'vitest';
import { observed, startRate, timeLeftMs } from '../../../renderer/lib/smoothed-rate.ts';

test('an even pace is told as it is, and the time left with it', () => {
  let rate = startRate(0);
  for (let second = 1; second <= 5; second += 1) rate = observed(rate, second * 200, second * 1_000);
  expect(rate.perSecond).toBeCloseTo(200, 6);
  expect(timeLeftMs(rate, 1_000, 3_000)).toBeCloseTo(10_000, 6);
});

test('one slow second moves the pace a little, not down to its own', () => {
  let rate = startRate(0);
  for (let second = 1; second <= 10; second += 1) rate = observed(rate, second * 100, second * 1_000);
  rate = observed(rate, 1_000, 11_000);
  expect(rate.perSecond).toBeGreaterThan(85);
  expect(rate.perSecond).toBeLessThan(95);
});

test('after a long pause the pace is that of the pause', () => {
  let rate = observed(startRate(0), 1_000, 1_000);
  rate = observed(rate, 1_060, 61_000);
  expect(rate.perSecond).toBeLessThan(5);
});

test('no time left is told in the first two seconds, without a total, or while nothing moves', () => {
  const early = observed(startRate(0), 500, 1_000);
  expect(timeLeftMs(early, 500, 1_000)).toBeNull();
  const later = observed(early, 900, 3_000);
  expect(timeLeftMs(later, 900, null)).toBeNull();
  const still = observed(startRate(0), 0, 5_000);
  expect(still.perSecond).toBeNull();
  expect(timeLeftMs(still, 0, 1_000)).toBeNull();
});

test('observations within a quarter of a second do not count', () => {
  const rate = observed(startRate(0), 100, 1_000);
  expect(observed(rate, 5_000, 1_100)).toBe(rate);
});

test('a step that begins anew is watched anew', () => {
  const rate = observed(startRate(0), 4_000, 2_000);
  expect(observed(rate, 10, 3_000)).toEqual(startRate(3_000, 10));
});

test('a slow start does not slow the pace that follows', () => {
  let rate = observed(startRate(0), 0, 30_000);
  for (let second = 1; second <= 3; second += 1) rate = observed(rate, second * 100, 30_000 + second * 1_000);
  expect(timeLeftMs(rate, 300, 1_300)).toBeCloseTo(10_000, 6);
});
