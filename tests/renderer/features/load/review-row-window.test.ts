import { expect, test } from 'vitest';
import {
  firstInSight,
  HIGHEST_LIST_PX,
  listHeight,
  scrollTopFor,
} from '../../../../renderer/features/load/review/row-window.ts';

const short = { count: 57, rowPx: 32, viewPx: 192 };
const long = { count: 3_000_000, rowPx: 32, viewPx: 192 };

test('a short list scrolls pixel by pixel', () => {
  expect(listHeight(short)).toBe(57 * 32);
  expect(firstInSight(short, 0)).toBe(0);
  expect(firstInSight(short, 80)).toBeCloseTo(2.5, 9);
});

test('of three million rows the last one is in sight at the bottom of the scroll bar', () => {
  expect(listHeight(long)).toBe(HIGHEST_LIST_PX);
  expect(firstInSight(long, HIGHEST_LIST_PX - 192)).toBeCloseTo(2_999_994, 6);
});

test('a row in sight does not move the list', () => {
  expect(scrollTopFor(short, 64, 4)).toBe(64);
});

test.each([short, long])('a row out of sight comes to the edge that it was beyond ($count rows)', (shape) => {
  const down = scrollTopFor(shape, 0, 20);
  expect(firstInSight(shape, down)).toBeCloseTo(15, 4);
  const up = scrollTopFor(shape, down, 10);
  expect(firstInSight(shape, up)).toBeCloseTo(10, 4);
  expect(firstInSight(shape, scrollTopFor(shape, up, shape.count - 1))).toBeCloseTo(shape.count - 6, 4);
});

test('a list that is wholly in sight begins with its first row', () => {
  expect(firstInSight({ count: 3, rowPx: 32, viewPx: 96 }, 0)).toBe(0);
  expect(scrollTopFor({ count: 3, rowPx: 32, viewPx: 96 }, 0, 2)).toBe(0);
});
