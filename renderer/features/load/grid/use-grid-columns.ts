import {
  type ColumnDef,
  columnPinningFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  type Header,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import type { DraftFileView, DraftRowView } from '../../../../shared/contract/drafts.ts';
import { columnName } from '../mapping-form.ts';
import { NARROWEST, WIDEST } from './column-widths.ts';
import type { FileMemory } from './file-memory.ts';

const features = tableFeatures({
  columnPinningFeature,
  columnSizingFeature,
  columnResizingFeature,
  columnVisibilityFeature,
});

/** The table knows columns only: rows are asked for as they are seen, and there may be millions. */
const NO_ROWS: DraftRowView[] = [];
type Row = DraftRowView;

export interface GridColumn {
  id: string;
  /** Of its cells in a row of the file. */
  position: number;
  heading: string;
  /** What it is loaded as; null: it is not. */
  label: string | null;
  isPinned: boolean;
  /** In CSS pixels, from the left edge of the rows. */
  left: number;
  width: number;
}

export interface GridColumns {
  /** In the order in which they stand, pinned ones first. */
  shown: readonly GridColumn[];
  all: readonly { id: string; heading: string; isShown: boolean }[];
  /** Of all that is shown, the row numbers included. */
  width: number;
  /** Of what stays at the left. */
  pinnedWidth: number;
  pin: (id: string, pinned: boolean) => void;
  show: (id: string, shown: boolean) => void;
  showAll: () => void;
  resize: (id: string, width: number) => void;
  resizeAll: (widths: readonly number[]) => void;
  /** For the handle at a heading's right edge. */
  onResize: (id: string) => ((event: unknown) => void) | undefined;
  resizing: string | null;
  wasSized: boolean;
}

export function columnId(position: number): string {
  return `c${position}`;
}

/** The columns of a file as they are arranged. `numbers`: the width of the row numbers before them. */
export function useGridColumns(
  { header, mapped }: Pick<DraftFileView, 'header' | 'mapped'>,
  memory: FileMemory,
  numbers: number,
): GridColumns {
  const [sizing, setSizing] = useState(memory.sizing ?? {});
  const [pinning, setPinning] = useState(memory.pinning);
  const [visibility, setVisibility] = useState(memory.visibility);
  const [wasSized, setWasSized] = useState(memory.sizing !== null);
  memory.sizing = wasSized ? sizing : null;
  memory.pinning = pinning;
  memory.visibility = visibility;

  const columns = useMemo(
    () =>
      header.map((heading, position): ColumnDef<typeof features, Row> => {
        return {
          id: columnId(position),
          header: heading,
          accessorFn: (row) => row.cells[position],
          size: 140,
          minSize: NARROWEST,
          maxSize: WIDEST,
        };
      }),
    [header],
  );
  const table = useTable({
    features,
    columns,
    data: NO_ROWS,
    columnResizeMode: 'onChange',
    state: { columnSizing: sizing, columnPinning: pinning, columnVisibility: visibility },
    onColumnSizingChange: setSizing,
    onColumnPinningChange: setPinning,
    onColumnVisibilityChange: setVisibility,
  });
  const labels = useMemo(() => labelsOf(mapped), [mapped]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the table is one object; what it says changes with its state.
  const shown = useMemo(() => {
    const start = table.getStartVisibleLeafColumns();
    const pinnedWidth = numbers + table.getStartTotalSize();
    return [...start, ...table.getCenterVisibleLeafColumns()].map((column, index): GridColumn => {
      const position = Number(column.id.slice(1));
      const isPinned = index < start.length;
      return {
        id: column.id,
        position,
        heading: headingOf(header, position),
        label: labels.get(position) ?? null,
        isPinned,
        left: isPinned ? numbers + column.getStart('start') : pinnedWidth + column.getStart('center'),
        width: column.getSize(),
      };
    });
  }, [table, header, labels, numbers, sizing, pinning, visibility]);

  return {
    shown,
    all: table.getAllLeafColumns().map((column) => ({
      id: column.id,
      heading: headingOf(header, Number(column.id.slice(1))),
      isShown: column.getIsVisible(),
    })),
    width: numbers + table.getTotalSize(),
    pinnedWidth: numbers + table.getStartTotalSize(),
    pin: (id, pinned) => table.getColumn(id)?.pin(pinned ? 'start' : false),
    show: (id, isShown) => table.getColumn(id)?.toggleVisibility(isShown),
    showAll: () => table.toggleAllColumnsVisible(true),
    resize(id, width) {
      setSizing((before) => ({ ...before, [id]: Math.min(Math.max(width, NARROWEST), WIDEST) }));
    },
    resizeAll(widths) {
      setSizing(Object.fromEntries(widths.map((width, position) => [columnId(position), width])));
      setWasSized(true);
    },
    onResize: (id) => headerOf(table.getFlatHeaders(), id)?.getResizeHandler(),
    resizing: table.state.columnResizing.isResizingColumn || null,
    wasSized,
  };
}

function headerOf(
  headers: readonly Header<typeof features, Row, unknown>[],
  id: string,
): Header<typeof features, Row, unknown> | undefined {
  return headers.find(({ column }) => column.id === id);
}

function labelsOf(mapped: DraftFileView['mapped']): ReadonlyMap<number, string> {
  const labels = new Map<number, string>();
  for (const { position, label } of mapped) {
    const before = labels.get(position);
    labels.set(position, before === undefined ? label : `${before}, ${label}`);
  }
  return labels;
}

export function headingOf(header: readonly string[], position: number): string {
  return columnName({ heading: header[position] ?? '', position });
}
