import type { ColumnSummary } from '../../shared/damage/column-summary.ts';
import type { CellChangeRule } from '../../shared/records/cell-change.ts';
import type { RowEdits } from '../../shared/records/row-edits.ts';
import type { CheckedRow, ColumnMapping, RowIssue } from '../../shared/records/types.ts';
import type { OpenedFile } from './file-port.ts';

/** Bits of a row's state. A row is accepted when it fits and no other bit is set. */
export const ROW_STATE = {
  /** No error of its own. */
  fits: 1,
  /** Its key comes again in a later row that fits. */
  superseded: 2,
  missingStudent: 4,
  missingBook: 8,
  /** A person left it out. */
  skipped: 16,
} as const;

/** What later steps need of a run of rows, in row order: no objects, so that a million rows fit into memory. */
export interface RangeFacts {
  /** ROW_STATE bits, one byte a row. */
  states: Uint8Array;
  /** KEY_WORDS words a row (key-hash.ts); meaningless where the row does not fit. */
  keys: Uint32Array;
  /** Checkouts: the words of the student's id, then of the book's; null for other types. */
  refs: Uint32Array | null;
}

export interface CheckedRange {
  /** From 1; `facts.states.length` rows follow each other. */
  firstRow: number;
  facts: RangeFacts;
  /** Errors and warnings of the rows on their own, in row order. */
  issues: readonly RowIssue[];
  isbnZerosRestored: number;
  /** What the damage doctor saw. */
  columns: readonly ColumnSummary[];
  /** Rows that fit, ready to be staged; empty unless they were asked for. */
  rows: readonly CheckedRow[];
}

/** Rows checked anew. */
export interface Rechecked {
  /** In the order of the rows asked for. */
  facts: RangeFacts;
  /** In row order. */
  issues: readonly RowIssue[];
  /** In the order of the rows, where they were asked for; else empty. */
  ids: readonly RowIds[];
}

/** What a row is called, for messages. */
export interface RowIds {
  row: number;
  line: number;
  /** `''` where the row does not fit. */
  key: string;
  refs: { studentId: string; bookId: string } | null;
}

/** Checks records, each on its own; what takes several records (repeated keys, references) is the engine's. */
export interface RecordChecker {
  /**
   * Every record of the file once, in row order, as the file becomes readable. `edits` gives the edits of a
   * run of rows; `keepRows` asks for the rows that fit.
   */
  check(
    file: OpenedFile,
    mapping: ColumnMapping,
    options: { keepRows: boolean; edits: (from: number, to: number) => RowEdits },
    signal: AbortSignal,
  ): AsyncIterable<CheckedRange>;
  /** Some rows anew (ascending, each once), as they are with `edits`. `withIds` asks for their keys in words. */
  recheck(
    file: OpenedFile,
    mapping: ColumnMapping,
    rows: readonly number[],
    options: { edits: RowEdits; withIds: boolean },
    signal: AbortSignal,
  ): Promise<Rechecked>;
  /** Cells of one column that `change` would change, in row order, as the cells are with `edits`. */
  changes(
    file: OpenedFile,
    position: number,
    change: CellChangeRule,
    edits: (from: number, to: number) => RowEdits,
    signal: AbortSignal,
  ): AsyncIterable<ChangedCells>;
  close(): Promise<void>;
}

/** Cells that change, in row order. */
export interface ChangedCells {
  rows: Uint32Array;
  /** The new texts. */
  after: readonly string[];
  /** The texts of the first few, as they are now. */
  before: readonly string[];
}
