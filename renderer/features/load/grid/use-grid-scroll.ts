import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FileMemory } from './file-memory.ts';
import { offsetToSee, ROW_HEIGHT, type Standing, scrolled, scrollSpace, standing } from './scroll-space.ts';

/** Of the headings, which stay at the top of the scrolled element, in CSS pixels. */
export const HEADER_HEIGHT = 40;
/** Rows drawn above and below what is seen. */
const OVERSCAN = 4;
/** How long nothing has to move before the scroll bar is put where it belongs, in milliseconds. */
const IDLE_MS = 150;

export interface GridScroll {
  scroller: RefObject<HTMLDivElement | null>;
  onScroll: () => void;
  /** Places of the rows to draw; `last` is less than `first` where there is none. */
  first: number;
  last: number;
  base: number;
  /** Of the scrolled element without its headings. */
  height: number;
  /** Rows that are seen whole at once. */
  page: number;
  /** Scrolls as little as it takes to see a row. */
  see: (place: number) => void;
  /** Puts a row in the middle, unless it is seen already. */
  seeInMiddle: (place: number) => void;
  toTop: () => void;
}

/** Which rows of how many are in sight. */
export function useGridScroll(rows: number, memory: FileMemory): GridScroll {
  const scroller = useRef<HTMLDivElement | null>(null);
  const [viewport, setViewport] = useState(0);
  const space = scrollSpace(rows, viewport);
  const latest = useRef({ space, viewport });
  latest.current = { space, viewport };
  const at = useRef<Standing>({ offset: memory.offset, base: 0 });
  const top = useRef(0);
  const idle = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [seen, setSeen] = useState({ first: 0, last: -1, base: 0 });

  const stand = useCallback(
    (now: Standing) => {
      at.current = now;
      memory.offset = now.offset;
      const first = Math.floor(now.offset / ROW_HEIGHT);
      const last = Math.floor((now.offset + latest.current.viewport - 1) / ROW_HEIGHT);
      setSeen((before) =>
        before.first === first && before.last === last && before.base === now.base
          ? before
          : { first, last, base: now.base },
      );
    },
    [memory],
  );

  /** Goes to an offset, the shortest way if it is near. */
  const go = useCallback(
    (offset: number) => {
      const element = scroller.current;
      if (element === null) return;
      const { space: now } = latest.current;
      const wanted = Math.min(Math.max(offset, 0), now.maxOffset);
      const near = wanted + at.current.base;
      const isNear = now.isScaled && Math.abs(wanted - at.current.offset) <= now.ownPace;
      const isInside = near >= 0 && near <= now.toScrollTop(now.maxOffset);
      element.scrollTop = isNear && isInside ? near : now.toScrollTop(wanted);
      top.current = element.scrollTop;
      stand(now.isScaled ? standing(wanted, top.current) : { offset: top.current, base: 0 });
    },
    [stand],
  );

  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (element === null) return;
    const { space: now } = latest.current;
    const before = top.current;
    top.current = element.scrollTop;
    if (top.current === before) return;
    stand(scrolled(now, at.current, before, top.current));
    if (!now.isScaled) return;
    // At its own end the browser goes no further, though the rows may.
    const end = now.toScrollTop(now.maxOffset);
    const isStuck =
      (top.current <= 0 && at.current.offset > 0) ||
      (top.current >= end - 1 && at.current.offset < now.maxOffset - 1) ||
      (at.current.offset <= 0 && top.current > 0);
    const settle = (): void => {
      // Somebody has scrolled on, and the browser has not said so yet.
      if (element.scrollTop !== top.current) return;
      const wanted = now.toScrollTop(at.current.offset);
      if (Math.abs(wanted - element.scrollTop) < 1) return;
      const { offset } = at.current;
      element.scrollTop = wanted;
      top.current = element.scrollTop;
      stand(standing(offset, top.current));
    };
    clearTimeout(idle.current);
    if (isStuck) settle();
    else idle.current = setTimeout(settle, IDLE_MS);
  }, [stand]);

  useEffect(() => () => clearTimeout(idle.current), []);
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => setViewport(Math.max(0, element.clientHeight - HEADER_HEIGHT)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  // Another list, or another height of it: what was in sight stays there, as far as it still exists.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `go` reads both.
  useLayoutEffect(() => {
    if (viewport > 0) go(at.current.offset);
  }, [rows, viewport, go]);

  const page = Math.max(1, Math.floor(viewport / ROW_HEIGHT));
  const see = useCallback(
    (place: number) => {
      if (place < 0) return;
      const wanted = offsetToSee(place, at.current.offset, latest.current.viewport);
      if (wanted !== at.current.offset) go(wanted);
    },
    [go],
  );
  const seeInMiddle = useCallback(
    (place: number) => {
      const { viewport: height } = latest.current;
      if (offsetToSee(place, at.current.offset, height) === at.current.offset) return;
      go(place * ROW_HEIGHT - Math.round((height - ROW_HEIGHT) / 2 / ROW_HEIGHT) * ROW_HEIGHT);
    },
    [go],
  );
  const toTop = useCallback(() => go(0), [go]);
  return {
    scroller,
    onScroll,
    first: Math.max(0, seen.first - OVERSCAN),
    last: Math.min(rows - 1, seen.last + OVERSCAN),
    base: seen.base,
    height: space.height,
    page,
    see,
    seeInMiddle,
    toTop,
  };
}
