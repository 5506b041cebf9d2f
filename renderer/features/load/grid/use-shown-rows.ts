import { useCallback, useRef, useState } from 'react';
import type { DraftRowView, DraftView, RowFilter } from '../../../../shared/contract/drafts.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { failureOf } from '../../../lib/failure.ts';
import { usePage } from '../../../lib/page-context.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import type { FileMemory, ShownRows } from './file-memory.ts';

export interface ShownRowsState {
  shown: ShownRows;
  /** Another filter is being worked out. */
  busy: boolean;
  /** Null: all rows. Resolves to what is shown then, or null where it could not be had. */
  filter: (filter: RowFilter | null) => Promise<ShownRows | null>;
}

/** Which rows are shown. A list of rows stays as it is until it is asked for again. */
export function useShownRows(draft: DraftView, fileNo: number, memory: FileMemory): ShownRowsState {
  const contract = useContract();
  const { say } = usePage();
  const [shown, setShown] = useState(memory.shown);
  const [busy, setBusy] = useState(false);
  const stop = useRef<AbortController | null>(null);
  memory.shown = shown;
  const { draftId } = draft;

  const filter = useCallback(
    async (wanted: RowFilter | null): Promise<ShownRows | null> => {
      stop.current?.abort();
      if (wanted === null) {
        const all: ShownRows = { kind: 'all' };
        setShown(all);
        setBusy(false);
        say(gridTexts.filter.cleared);
        return all;
      }
      const own = new AbortController();
      stop.current = own;
      setBusy(true);
      try {
        const { view, rows } = await contract.request(
          'drafts.filter',
          { draftId, fileNo, filter: wanted },
          { signal: own.signal },
        );
        if (own.signal.aborted) return null;
        const list: ShownRows = { kind: 'view', filter: wanted, view, rows };
        setShown(list);
        say(gridTexts.filter.renewed(rows));
        return list;
      } catch (thrown) {
        if (!own.signal.aborted) say(failureOf(thrown).message, 'bad');
        return null;
      } finally {
        if (stop.current === own) setBusy(false);
      }
    },
    [contract, draftId, fileNo, say],
  );
  return { shown, busy, filter };
}

/** Whether a row that a filter has chosen is still as the filter wants it. */
export function isStill(row: DraftRowView, { show, code, column }: RowFilter): boolean {
  if (show === 'edited') return row.edited.length > 0;
  if (show === 'skipped') return row.state === 'skipped';
  if (row.state === 'skipped') return false;
  if (show === 'rejected' && code === null && column === null) return row.state === 'rejected';
  return row.issues.some(
    (issue) =>
      (show === 'problems' || issue.severity === (show === 'warnings' ? 'warning' : 'error')) &&
      (code === null || issue.code === code) &&
      (column === null || issue.column === column),
  );
}
