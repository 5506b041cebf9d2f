import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo } from 'react';
import type { RowColumn } from './grid-row.tsx';
import type { GridColumn, GridColumns } from './use-grid-columns.ts';

export interface ColumnWindow {
  /** Pinned ones and those in sight, with their numbers among all that are shown (from 1). */
  headings: readonly { column: GridColumn; index: number }[];
  /** The same for rows: another object only where another column is in sight. */
  cells: readonly RowColumn[];
  see: (index: number) => void;
}

/** Which columns are in sight. The one with the focus is always drawn, else the focus would be lost. */
export function useColumnWindow(
  { shown, pinnedWidth }: GridColumns,
  scroller: RefObject<HTMLDivElement | null>,
  active: number,
): ColumnWindow {
  const pinned = shown.filter((column) => column.isPinned).length;
  const free = shown.length - pinned;
  const virtualizer = useVirtualizer({
    count: free,
    horizontal: true,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => shown[pinned + index]?.width ?? 0,
    getItemKey: (index) => shown[pinned + index]?.id ?? index,
    overscan: 2,
    paddingStart: pinnedWidth,
    scrollPaddingStart: pinnedWidth,
    useFlushSync: false,
    rangeExtractor(range) {
      const drawn = defaultRangeExtractor(range);
      const own = active - 1 - pinned;
      return own < 0 || own >= free || drawn.includes(own) ? drawn : [...drawn, own].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever a width depends on, all are measured again.
  useEffect(() => virtualizer.measure(), [virtualizer, shown]);

  const drawn = [
    ...shown.slice(0, pinned).map((_, index) => index),
    ...virtualizer.getVirtualItems().map(({ index }) => pinned + index),
  ];
  const sameAs = drawn
    .map((at) => {
      const column = shown[at];
      return `${at}.${column?.position}.${column?.isPinned}.${column?.label !== null}`;
    })
    .join(' ');
  // biome-ignore lint/correctness/useExhaustiveDependencies: all that a row sees of a column is in it.
  const cells = useMemo(
    () =>
      drawn.flatMap((at): RowColumn[] => {
        const column = shown[at];
        if (column === undefined) return [];
        const { position, isPinned, label } = column;
        return [{ index: at + 1, position, isPinned, isLoaded: label !== null }];
      }),
    [sameAs],
  );
  return {
    headings: drawn.flatMap((at) => {
      const column = shown[at];
      return column === undefined ? [] : [{ column, index: at + 1 }];
    }),
    cells,
    see(index) {
      const own = index - 1 - pinned;
      const element = scroller.current;
      const column = shown[index - 1];
      if (own < 0 || element === null || column === undefined) return;
      const { left, width } = column;
      const seenFrom = element.scrollLeft + pinnedWidth;
      const seenTo = element.scrollLeft + element.clientWidth;
      if (left < seenFrom || width > element.clientWidth - pinnedWidth)
        element.scrollLeft = left - pinnedWidth;
      else if (left + width > seenTo) element.scrollLeft = left + width - element.clientWidth;
    },
  };
}
