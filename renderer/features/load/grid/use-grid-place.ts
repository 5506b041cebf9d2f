import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { FileMemory } from './file-memory.ts';
import { type Block, blockOf, type CellPlace, type Extent, type Selection } from './selection.ts';
import type { ColumnWindow } from './use-column-window.ts';
import { columnId, type GridColumns } from './use-grid-columns.ts';
import type { GridScroll } from './use-grid-scroll.ts';

/** A cell to go to, by its place among the rows shown; `position` null: the row's number. */
export interface Goal {
  place: number;
  position: number | null;
  /** Where the focus is elsewhere it stays there: the cell is shown, and gets it once somebody comes back. */
  leavesFocus?: boolean;
}

export interface GridPlace {
  active: CellPlace;
  block: Block;
  /** Moves the focus to a cell; `extend`: and chooses all from where choosing began. */
  select: (to: CellPlace, extend?: boolean) => void;
  selectAll: () => void;
  selectOne: () => void;
  /** The cell on the screen, where it is drawn. */
  elementOf: (cell: CellPlace) => HTMLElement | null;
  /** The rows get the focus now, and keep it while they are drawn anew. */
  focus: () => void;
  hasFocus: boolean;
  /** The message of the cell with the focus was sent away. */
  isQuiet: boolean;
  beQuiet: () => void;
  focusEvents: {
    onFocus: () => void;
    onBlur: (event: { currentTarget: Element; relatedTarget: EventTarget | null }) => void;
  };
}

/** The cell with the focus, as the memory of the file has it; within what is there now. */
export function placeIn(memory: FileMemory, extent: Omit<Extent, 'page'>): Selection {
  const within = ({ place, column }: CellPlace): CellPlace => ({
    place: Math.min(place, extent.rows - 1),
    column: Math.max(0, Math.min(column, extent.columns - 1)),
  });
  return { anchor: within(memory.selection.anchor), active: within(memory.selection.active) };
}

/** Where somebody is in the grid: one cell has the focus, and a block around it may be chosen. */
export function useGridPlace(
  memory: FileMemory,
  extent: Extent,
  scroll: GridScroll,
  columns: GridColumns,
  columnWindow: ColumnWindow,
  isElsewhere: boolean,
  goal: Goal | null,
  onArrived: () => void,
): GridPlace {
  const [, redraw] = useState(0);
  const [isQuiet, setQuiet] = useState(false);
  const [hasFocus, setHasFocus] = useState(false);
  const wantsFocus = useRef(false);
  const { scroller, see, seeInMiddle } = scroll;
  const chosen = placeIn(memory, extent);
  const { active } = chosen;

  const choose = useCallback(
    (selection: Selection): void => {
      memory.selection = selection;
      redraw((count) => count + 1);
    },
    [memory],
  );
  const select = useCallback(
    (to: CellPlace, extend = false): void => {
      setQuiet(false);
      wantsFocus.current = true;
      choose({ anchor: extend ? memory.selection.anchor : to, active: to });
      see(to.place);
    },
    [choose, memory, see],
  );
  const elementOf = useCallback((cell: CellPlace) => cellElement(scroller, cell), [scroller]);

  // Whatever was drawn anew, the focus stays with its cell; a field, a menu or a dialog keeps its own.
  useLayoutEffect(() => {
    if (!wantsFocus.current || isElsewhere) return;
    const element = elementOf(active);
    if (element !== null && element !== document.activeElement) element.focus({ preventScroll: true });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another column is scrolled to.
  useLayoutEffect(() => columnWindow.see(active.column), [active.column]);

  // A banner that comes, a window that is made smaller: the cell with the focus stays in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another height counts.
  useEffect(() => {
    if (wantsFocus.current) see(active.place);
  }, [extent.page, see]);
  useEffect(() => {
    if (goal === null) return;
    const index =
      goal.position === null ? 0 : columns.shown.findIndex((one) => one.position === goal.position) + 1;
    // A column that was hidden shows first; then this is done once more.
    if (index === 0 && goal.position !== null) return columns.show(columnId(goal.position), true);
    onArrived();
    seeInMiddle(goal.place);
    // In a small window the rows themselves may be out of sight.
    scroller.current?.scrollIntoView({ block: 'nearest' });
    const to = { place: goal.place, column: index };
    if (goal.leavesFocus === true) choose({ anchor: to, active: to });
    else select(to);
  }, [goal, onArrived, columns, seeInMiddle, scroller, select, choose]);

  return {
    active,
    block: blockOf(chosen, extent),
    select,
    elementOf,
    selectAll: () =>
      choose({
        anchor: { place: 0, column: 1 },
        active: { place: extent.rows - 1, column: extent.columns - 1 },
      }),
    selectOne: () => choose({ anchor: active, active }),
    focus() {
      wantsFocus.current = true;
      elementOf(active)?.focus({ preventScroll: true });
    },
    hasFocus,
    isQuiet,
    beQuiet: () => setQuiet(true),
    focusEvents: {
      onFocus() {
        wantsFocus.current = true;
        setHasFocus(true);
      },
      onBlur({ currentTarget, relatedTarget }) {
        if (relatedTarget instanceof Node && currentTarget.contains(relatedTarget)) return;
        wantsFocus.current = false;
        // The message of a cell stays while somebody is in it.
        const isInNote = relatedTarget instanceof Element && relatedTarget.closest('.grid-note') !== null;
        if (!isInNote) setHasFocus(false);
      },
    },
  };
}

function cellElement(
  scroller: RefObject<HTMLDivElement | null>,
  { place, column }: CellPlace,
): HTMLElement | null {
  return scroller.current?.querySelector(`[data-place="${place}"] > [data-column="${column}"]`) ?? null;
}
