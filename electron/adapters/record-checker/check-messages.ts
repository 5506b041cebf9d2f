import type { CellChangeRule } from '../../../shared/records/cell-change.ts';
import type { RowEdits } from '../../../shared/records/row-edits.ts';
import type { ColumnMapping } from '../../../shared/records/types.ts';
import type { ChangedCells, CheckedRange, Rechecked } from '../../engine/checker-port.ts';
import type { FileCopy } from '../../engine/file-port.ts';
import type { PackedIssues } from './packed-issues.ts';

/** A piece of work for one thread; `todayMs` bounds publication years, so that every thread uses the same day. */
export type CheckTask =
  | {
      kind: 'range';
      copy: FileCopy;
      mapping: ColumnMapping;
      /** The same number, the same mapping: a thread goes on with what it prepared for it. */
      mappingNo: number;
      from: number;
      count: number;
      edits: RowEdits;
      keepRows: boolean;
      todayMs: number;
    }
  | {
      kind: 'picked';
      copy: FileCopy;
      mapping: ColumnMapping;
      rows: Uint32Array;
      edits: RowEdits;
      withIds: boolean;
      todayMs: number;
    }
  | {
      kind: 'changes';
      copy: FileCopy;
      position: number;
      rule: CellChangeRule;
      from: number;
      count: number;
      edits: RowEdits;
    };

export interface ResultOf {
  range: CheckedRange;
  picked: Rechecked;
  changes: ChangedCells;
}

export interface CheckRequest {
  id: number;
  task: CheckTask;
}

/** A result as it crosses: its issues packed. */
export type SentResult =
  | (Omit<CheckedRange, 'issues'> & { issues: PackedIssues })
  | (Omit<Rechecked, 'issues'> & { issues: PackedIssues })
  | ChangedCells;

export type CheckReply =
  | { id: number; ok: true; result: SentResult }
  | { id: number; ok: false; error: unknown };
