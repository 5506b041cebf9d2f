import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { CellPlace } from './selection.ts';

/** How long the pointer has to rest on a cell before its message shows, and to be away before it goes. */
const SHOW_MS = 250;
const HIDE_MS = 180;
/** While cells are chosen beyond the edge: one row in so many milliseconds. */
const DRAG_SCROLL_MS = 40;

/** The cell that an event is about, or null. */
export function cellAt(target: EventTarget | null): CellPlace | null {
  if (!(target instanceof Element)) return null;
  const cell = target.closest('[data-column]');
  const row = cell?.closest('[data-place]');
  if (!(cell instanceof HTMLElement) || !(row instanceof HTMLElement)) return null;
  return { place: Number(row.dataset.place), column: Number(cell.dataset.column) };
}

export interface GridPointer {
  /** The cell that the pointer rests on. */
  hovered: CellPlace | null;
  /** Shows no message for the pointer until it rests on another cell. */
  forget: () => void;
  /** For the message itself, so that the pointer can go to it. */
  onNote: { onPointerEnter: () => void; onPointerLeave: () => void };
  onGrid: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: () => void;
    onPointerOver: (event: PointerEvent) => void;
    onPointerLeave: () => void;
  };
}

/** The mouse in the grid: press, draw over a block of cells, rest on a cell. */
export function useGridPointer(
  scroller: RefObject<HTMLDivElement | null>,
  onPress: (cell: CellPlace, extend: boolean) => void,
  onDraw: (cell: CellPlace) => void,
  onEdge: (step: -1 | 1) => void,
): GridPointer {
  const [hovered, setHovered] = useState<CellPlace | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const drawing = useRef<CellPlace | null>(null);
  const edge = useRef<ReturnType<typeof setInterval>>(undefined);
  const latest = useRef({ onDraw, onEdge });
  latest.current = { onDraw, onEdge };

  const later = (cell: CellPlace | null, ms: number): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHovered(cell), ms);
  };
  const stop = (): void => {
    drawing.current = null;
    clearInterval(edge.current);
  };
  useEffect(() => {
    window.addEventListener('pointerup', stop);
    return () => {
      window.removeEventListener('pointerup', stop);
      clearTimeout(timer.current);
      clearInterval(edge.current);
    };
  });

  return {
    hovered,
    forget() {
      clearTimeout(timer.current);
      setHovered(null);
    },
    onNote: {
      onPointerEnter: () => clearTimeout(timer.current),
      onPointerLeave: () => later(null, HIDE_MS),
    },
    onGrid: {
      onPointerDown(event) {
        const cell = cellAt(event.target);
        if (event.button !== 0 || cell === null || event.target instanceof HTMLTextAreaElement) return;
        // The focus is moved by the grid, and no text is marked.
        event.preventDefault();
        // So that a cell which is being edited is left, as by any press elsewhere: what was typed counts.
        if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur();
        onPress(cell, event.shiftKey);
        if (cell.place >= 0 && event.pointerType === 'mouse') drawing.current = cell;
      },
      onPointerMove(event) {
        if (drawing.current === null) return;
        const box = scroller.current?.getBoundingClientRect();
        if (box === undefined) return;
        clearInterval(edge.current);
        const step = event.clientY > box.bottom - 8 ? 1 : event.clientY < box.top + 44 ? -1 : 0;
        if (step !== 0) edge.current = setInterval(() => latest.current.onEdge(step), DRAG_SCROLL_MS);
        const cell = cellAt(event.target);
        if (cell === null || cell.place < 0) return;
        if (cell.place === drawing.current.place && cell.column === drawing.current.column) return;
        drawing.current = cell;
        latest.current.onDraw(cell);
      },
      onPointerUp: stop,
      onPointerOver(event) {
        if (drawing.current !== null) return;
        const cell = cellAt(event.target);
        if (cell !== null && cell.place >= 0 && cell.column > 0) tellWhole(event.target);
        if (cell !== null) later(cell, hovered === null ? SHOW_MS : HIDE_MS);
      },
      onPointerLeave: () => later(null, HIDE_MS),
    },
  };
}

/** A text that is cut shows whole in the browser's own tooltip. */
function tellWhole(target: EventTarget): void {
  const cell = target instanceof Element ? target.closest('[data-column]') : null;
  const text = cell?.querySelector('.grid-text') ?? cell;
  if (!(cell instanceof HTMLElement) || !(text instanceof HTMLElement)) return;
  if (text.scrollWidth > text.clientWidth) cell.title = text.textContent;
  else cell.removeAttribute('title');
}
