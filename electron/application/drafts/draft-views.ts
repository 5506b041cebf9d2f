import type { RowFilter } from '../../../shared/contract/drafts.ts';
import type { CheckedFile } from '../../engine/check-file.ts';
import { ROW_STATE } from '../../engine/checker-port.ts';
import type { Workspace } from '../../engine/workspace-port.ts';
import { viewGone } from './draft-errors.ts';
import { NEVER } from './draft-ports.ts';

/** Kept at once: 4 bytes a row each. */
const MAX_VIEWS = 8;

/** Lists of row numbers that people look at: they stay as they were while rows in them are mended. */
export interface Views {
  add(fileNo: number, rows: Uint32Array): string;
  /** Throws draft.view-gone. */
  rows(view: string, fileNo: number): Uint32Array;
  forget(fileNo: number): void;
}

export function createViews(newId: () => string): Views {
  const views = new Map<string, { fileNo: number; rows: Uint32Array }>();
  return {
    add(fileNo, rows) {
      const view = newId();
      views.set(view, { fileNo, rows });
      const [oldest] = views.keys();
      if (views.size > MAX_VIEWS && oldest !== undefined) views.delete(oldest);
      return view;
    },
    rows(view, fileNo) {
      const found = views.get(view);
      if (found === undefined || found.fileNo !== fileNo) throw viewGone();
      // Looked at last, forgotten last.
      views.delete(view);
      views.set(view, found);
      return found.rows;
    },
    forget(fileNo) {
      for (const [view, { fileNo: own }] of views) if (own === fileNo) views.delete(view);
    },
  };
}

/** Row numbers that a filter leaves, ascending. */
export async function filteredRows(
  workspace: Workspace,
  draftId: string,
  file: CheckedFile,
  { show, code, column }: RowFilter,
): Promise<Uint32Array> {
  const { fileNo, facts } = file;
  switch (show) {
    case 'edited':
      return workspace.editedRows(draftId, fileNo, 'cells', NEVER);
    case 'skipped':
      return workspace.editedRows(draftId, fileNo, 'skipped', NEVER);
    case 'rejected':
      return rowsWhere(facts.rows, (row) => {
        const state = facts.state(row);
        return state !== ROW_STATE.fits && (state & ROW_STATE.skipped) === 0;
      });
    case 'problems':
    case 'errors':
    case 'warnings': {
      const severity = show === 'problems' ? undefined : show === 'errors' ? 'error' : 'warning';
      const kind = {
        severity,
        ...(code === null ? {} : { code }),
        ...(column === null ? {} : { column }),
      } as const;
      return workspace.issueRows(draftId, fileNo, kind, NEVER);
    }
  }
}

function rowsWhere(rows: number, keep: (row: number) => boolean): Uint32Array {
  const kept: number[] = [];
  for (let row = 1; row <= rows; row += 1) if (keep(row)) kept.push(row);
  return Uint32Array.from(kept);
}

/** Place of the first row that is not before `row`. */
export function placeIn(rows: Uint32Array, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows[middle] ?? 0) < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
