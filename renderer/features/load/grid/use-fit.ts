import { useLayoutEffect } from 'react';
import type { DraftFileView, DraftRowView } from '../../../../shared/contract/drafts.ts';
import { fittingWidths } from './column-widths.ts';
import type { RowBlocks } from './row-blocks.ts';
import type { GridColumns } from './use-grid-columns.ts';

/** Fits a column to the rows in sight; all of them once, to the first rows that come. */
export function useFit(
  file: DraftFileView,
  columns: GridColumns,
  blocks: RowBlocks,
  { first, last }: { first: number; last: number },
): (id: string) => void {
  const widths = (): number[] => {
    const labels = new Map(file.mapped.map(({ position, label }) => [position, label]));
    const rows: DraftRowView[] = [];
    for (let place = first; place <= last; place += 1) {
      const row = blocks.get(place);
      if (row !== undefined) rows.push(row);
    }
    return fittingWidths(file.header, labels, rows);
  };
  const hasRows = blocks.get(first) !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, whatever else changes.
  useLayoutEffect(() => {
    if (!columns.wasSized && hasRows) columns.resizeAll(widths());
  }, [hasRows, columns.wasSized]);
  return (id) => {
    const width = widths()[Number(id.slice(1))];
    if (width !== undefined) columns.resize(id, width);
  };
}
