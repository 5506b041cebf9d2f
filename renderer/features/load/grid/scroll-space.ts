/** Of a row, in CSS pixels. */
export const ROW_HEIGHT = 28;

/**
 * How high the scrolled element may become, in CSS pixels. Chromium keeps lengths as 1/64 px in 32 bits, so that
 * 33,554,431 px is the end, and a page at 400 % comes there at a quarter of it.
 */
const MAX_HEIGHT = 8_000_000;

/** At both ends one pixel of the scroll bar's way is one pixel of rows, so that they are met without a jump. */
const EXACT_END = 500_000;

/**
 * Two measures of one list: `offset`, where it stands in pixels of its rows, and `scrollTop`, what the browser is
 * told, which is smaller where the list is too long for it.
 */
export interface ScrollSpace {
  /** Of all rows. */
  total: number;
  /** Of the scrolled element. */
  height: number;
  maxOffset: number;
  isScaled: boolean;
  /**
   * A movement of `scrollTop` up to this one is a wheel, a finger or a key and moves the rows by as much; a greater
   * one is the scroll bar's thumb, whose every pixel is at least twice that.
   */
  ownPace: number;
  toScrollTop: (offset: number) => number;
  toOffset: (scrollTop: number) => number;
}

/** `viewport`: the height in which rows are seen, in CSS pixels. */
export function scrollSpace(rows: number, viewport: number): ScrollSpace {
  const total = rows * ROW_HEIGHT;
  const isScaled = total > MAX_HEIGHT;
  const height = isScaled ? MAX_HEIGHT : total;
  const maxOffset = Math.max(0, total - viewport);
  const maxTop = Math.max(0, height - viewport);
  const pace = (maxOffset - 2 * EXACT_END) / (maxTop - 2 * EXACT_END);
  const clamped = (value: number, max: number): number => Math.min(Math.max(value, 0), max);
  return {
    total,
    height,
    maxOffset,
    isScaled,
    ownPace: MAX_HEIGHT / Math.max(viewport, 1) / 2,
    toScrollTop(offset) {
      const at = clamped(offset, maxOffset);
      if (!isScaled || at <= EXACT_END) return at;
      if (at >= maxOffset - EXACT_END) return maxTop - (maxOffset - at);
      return EXACT_END + (at - EXACT_END) / pace;
    },
    toOffset(scrollTop) {
      const at = clamped(scrollTop, maxTop);
      if (!isScaled || at <= EXACT_END) return at;
      if (at >= maxTop - EXACT_END) return maxOffset - (maxTop - at);
      return EXACT_END + (at - EXACT_END) * pace;
    },
  };
}

/** Where the list stands. `base`: what is added to a row's place in pixels to get its place in the scrolled element. */
export interface Standing {
  offset: number;
  base: number;
}

/** The browser says that it has scrolled from `before` to `scrollTop`. */
export function scrolled(space: ScrollSpace, at: Standing, before: number, scrollTop: number): Standing {
  if (!space.isScaled) return { offset: scrollTop, base: 0 };
  const isOwnPace = Math.abs(scrollTop - before) <= space.ownPace;
  const offset = isOwnPace ? scrollTop - at.base : space.toOffset(scrollTop);
  if (isOwnPace && offset >= 0 && offset <= space.maxOffset) return { offset, base: at.base };
  return standing(Math.min(Math.max(offset, 0), space.maxOffset), scrollTop);
}

/** `base` is whole, so that text stands on whole pixels. */
export function standing(offset: number, scrollTop: number): Standing {
  const base = Math.round(scrollTop - offset);
  return { offset: scrollTop - base, base };
}

/** The offset nearest to the present one at which a row is seen whole. `places` count from 0. */
export function offsetToSee(place: number, offset: number, viewport: number): number {
  const top = place * ROW_HEIGHT;
  if (top < offset) return top;
  return Math.max(offset, top + ROW_HEIGHT - viewport);
}
