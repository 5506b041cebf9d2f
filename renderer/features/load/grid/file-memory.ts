import type { ColumnPinningState, ColumnSizingState, ColumnVisibilityState } from '@tanstack/react-table';
import type { RowFilter } from '../../../../shared/contract/drafts.ts';
import { type Selection, START } from './selection.ts';

/** How somebody has arranged a file's grid: kept while they look at another file. */
export interface FileMemory {
  shown: ShownRows;
  offset: number;
  selection: Selection;
  sizing: ColumnSizingState | null;
  pinning: ColumnPinningState;
  visibility: ColumnVisibilityState;
}

/** Which rows are shown: all of them, or a list that the backend keeps. */
export type ShownRows = { kind: 'all' } | { kind: 'view'; filter: RowFilter; view: string; rows: number };

export function newFileMemory(): FileMemory {
  return {
    shown: { kind: 'all' },
    offset: 0,
    selection: START,
    sizing: null,
    pinning: { start: [], end: [] },
    visibility: {},
  };
}
