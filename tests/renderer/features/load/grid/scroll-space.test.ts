import { describe, expect, test } from 'vitest';
import {
  offsetToSee,
  ROW_HEIGHT,
  type Standing,
  scrolled,
  scrollSpace,
} from '../../../../../renderer/features/load/grid/scroll-space.ts';

const ROWS = 3_000_000;
const VIEWPORT = 600;

describe('a list that the browser can hold', () => {
  test('is scrolled as it is', () => {
    const space = scrollSpace(1_000, VIEWPORT);
    expect(space.isScaled).toBe(false);
    expect(space.height).toBe(28_000);
    expect(space.toOffset(12_345)).toBe(12_345);
    expect(space.toScrollTop(12_345)).toBe(12_345);
  });
});

describe('a list of 3,000,000 rows', () => {
  const space = scrollSpace(ROWS, VIEWPORT);

  test('stays below what a browser holds at 400 %', () => {
    expect(space.height * 4).toBeLessThan(33_554_431);
    expect(space.isScaled).toBe(true);
  });
  test('ends where the scroll bar ends', () => {
    expect(space.toOffset(space.height - VIEWPORT)).toBe(ROWS * ROW_HEIGHT - VIEWPORT);
    expect(space.toOffset(0)).toBe(0);
  });
  test('comes back to every offset that the scroll bar was put to', () => {
    for (const offset of [0, 1, 499_999, 500_001, 42_000_000, 83_400_000, 83_999_400]) {
      expect(space.toOffset(space.toScrollTop(offset))).toBeCloseTo(offset, 3);
    }
  });
  test('moves by as many pixels as a wheel does, wherever it stands', () => {
    const before: Standing = { offset: 42_000_000, base: 4_000_000 - 42_000_000 };
    expect(scrolled(space, before, 4_000_000, 4_000_028)).toEqual({
      offset: 42_000_028,
      base: 4_000_000 - 42_000_000,
    });
  });
  test('follows the thumb of the scroll bar over all of its way', () => {
    const at = scrolled(space, { offset: 0, base: 0 }, 0, 4_000_000);
    expect(at.offset / space.total).toBeCloseTo(0.5, 3);
  });
  test('never leaves its ends', () => {
    const end = space.height - VIEWPORT;
    const before: Standing = { offset: space.maxOffset - 10, base: end - 100 - (space.maxOffset - 10) };
    expect(scrolled(space, before, end - 100, end).offset).toBeLessThanOrEqual(space.maxOffset);
  });
});

test('a row that is seen already moves nothing, one below comes to the lower edge, one above to the upper', () => {
  expect(offsetToSee(5, 100, VIEWPORT)).toBe(100);
  expect(offsetToSee(40, 0, VIEWPORT)).toBe(41 * ROW_HEIGHT - VIEWPORT);
  expect(offsetToSee(2, 100, VIEWPORT)).toBe(56);
});
