import type { Change } from '../../shared/contract/draft-review.ts';
import type { RowEdits } from '../../shared/records/row-edits.ts';
import type {
  ColumnMapping,
  IssueCode,
  RejectedRow,
  RowIssue,
  Severity,
} from '../../shared/records/types.ts';
import type { FieldChange } from './database-port.ts';

/**
 * Where a load's files, findings and edits live until it has ended: on this machine, kept over a restart.
 * Every method that writes is one transaction. All throw AppError workspace.failed.
 */
export interface Workspace {
  /** Notes or renews what a file of the load was read as. */
  saveFile(loadId: string, file: WorkspaceFile, signal: AbortSignal): Promise<void>;
  /** By file number; empty where this machine knows nothing of the load. */
  files(loadId: string, signal: AbortSignal): Promise<WorkspaceFile[]>;

  /** Forgets every issue and fact of a file, before it is checked from its first row: until then it is not `checked`. */
  clearFindings(loadId: string, fileNo: number, signal: AbortSignal): Promise<void>;
  /** Adding the same issue again is harmless. */
  addIssues(loadId: string, fileNo: number, issues: readonly RowIssue[], signal: AbortSignal): Promise<void>;
  /** Takes all issues of these codes out again. */
  removeIssues(
    loadId: string,
    fileNo: number,
    codes: readonly IssueCode[],
    signal: AbortSignal,
  ): Promise<void>;
  /** In row order. */
  issues(loadId: string, fileNo: number, page: IssuePage, signal: AbortSignal): Promise<RowIssue[]>;
  /** Most frequent first. */
  issueCounts(loadId: string, fileNo: number, signal: AbortSignal): Promise<IssueCount[]>;

  /** Rows that have an issue of this kind, ascending, each once; the header's are left out. */
  issueRows(loadId: string, fileNo: number, kind: IssueKind, signal: AbortSignal): Promise<Uint32Array>;
  /** Rows with changed cells (`cells`) or that were left out (`skipped`), ascending. */
  editedRows(
    loadId: string,
    fileNo: number,
    what: 'cells' | 'skipped',
    signal: AbortSignal,
  ): Promise<Uint32Array>;
  /** Cells that differ from the file. */
  editedCells(loadId: string, fileNo: number, signal: AbortSignal): Promise<number>;
  /** Forgets a file of a load: its findings, facts and edits, and what was done to it alone. */
  removeFile(loadId: string, fileNo: number, signal: AbortSignal): Promise<void>;

  saveFacts(
    loadId: string,
    fileNo: number,
    blocks: readonly FactsBlock[],
    signal: AbortSignal,
  ): Promise<void>;
  /** In block order. */
  facts(loadId: string, fileNo: number, signal: AbortSignal): Promise<FactsBlock[]>;

  /** The edits that hold for rows `from` to `to`, both included. */
  editsNow(loadId: string, fileNo: number, from: number, to: number): RowEdits;
  /** Writes an operation, the edits it comes to and all that depends on them, whole or not at all. */
  commitOperation(loadId: string, commit: OperationCommit, signal: AbortSignal): Promise<void>;
  /** Replaces findings without an operation. */
  replaceFindings(loadId: string, findings: readonly FileFindings[], signal: AbortSignal): Promise<void>;
  /** The operation that undo (or redo) would turn next, null where there is none. */
  nextOperation(loadId: string, direction: 'undo' | 'redo', signal: AbortSignal): Promise<Operation | null>;
  /** What undo and redo would turn next; null: nothing. */
  nextTurns(loadId: string, signal: AbortSignal): Promise<{ undo: Turn | null; redo: Turn | null }>;
  /** Every operation, oldest first, undone ones included. */
  operations(loadId: string, signal: AbortSignal): Promise<Omit<Operation, 'changes'>[]>;

  /** Rows that the database refused, with their cells: nothing else keeps those. */
  addRejected(loadId: string, rows: readonly RejectedRow[], signal: AbortSignal): Promise<void>;
  /** Those of `addRejected`, in row order. */
  refused(loadId: string, fileNo: number, signal: AbortSignal): AsyncIterable<RejectedRow>;
  /** Rows with an error, ascending, behind `after`: at most `limit`. */
  rowsWithErrors(
    loadId: string,
    fileNo: number,
    after: number,
    limit: number,
    signal: AbortSignal,
  ): Promise<number[]>;

  /**
   * Keeps what a review found of a run of rows. Runs of a file come in row order and do not overlap; saving the same
   * one again is harmless.
   */
  saveReview(loadId: string, fileNo: number, run: ReviewRun, signal: AbortSignal): Promise<void>;
  /** Rows of one change, in row order, from the `offset`-th on: at most `limit`. */
  reviewRows(
    loadId: string,
    fileNo: number,
    change: Change,
    page: { offset: number; limit: number },
    signal: AbortSignal,
  ): Promise<ReviewedRow[]>;
  /** Forgets the last review of every file. */
  clearReview(loadId: string, signal: AbortSignal): Promise<void>;

  /** Deletes the copies of the files, which are not needed once a load has ended; findings stay. */
  dropCopies(loadId: string, signal: AbortSignal): Promise<void>;
  forget(loadId: string, signal: AbortSignal): Promise<void>;
  /** Closes what is open of a load; asked again, it is opened again. */
  letGo(loadId: string): Promise<void>;
  close(): Promise<void>;
}

export interface WorkspaceFile {
  fileNo: number;
  /** FileStore's key. */
  key: number;
  name: string;
  path: string;
  mapping: ColumnMapping;
  /** Where the check stands: only a `checked` file has all of its issues and facts, those of references included. */
  state: 'opened' | 'checked';
  /** What the damage doctor saw, as JSON of ColumnSummary[]; null until checked. */
  columns: unknown;
  /** Its columns were read as those of an earlier file of the same shape. */
  remembered: boolean;
  /** ISBNs that got back a leading zero when the file was checked. */
  isbnZerosRestored: number;
}

/** Each narrows; undefined: any. A null column is that of the row as a whole. */
export interface IssueKind {
  severity?: Severity | undefined;
  code?: IssueCode | undefined;
  column?: string | null | undefined;
}

export interface IssuePage extends IssueKind {
  offset: number;
  limit: number;
  /** From the last row to the first. */
  backwards?: boolean | undefined;
  /** Rows from this one on, the header being row 0. */
  fromRow?: number | undefined;
  toRow?: number | undefined;
}

export interface IssueCount {
  code: IssueCode;
  column: string | null;
  severity: Severity;
  count: number;
}

/** Facts of FACTS_BLOCK_ROWS rows that follow each other (row-facts.ts). */
export interface FactsBlock {
  blockNo: number;
  bytes: Uint8Array;
}

/** What a review found of rows that follow each other. */
export interface ReviewRun {
  firstRow: number;
  /** One of REVIEW_CODES for each row: a million rows have to fit. */
  codes: Uint8Array;
  /** What its updates change, in row order. */
  updates: readonly ReviewedRow[];
}

export const REVIEW_CODES = { insert: 1, update: 2, unchanged: 3, rejected: 4, skipped: 5 } as const;

/** `fields` is empty for anything but an update. */
export interface ReviewedRow {
  row: number;
  fields: readonly FieldChange[];
}

/** Position of the edit that leaves a row out; its text is `skipped`. */
export const SKIP_POSITION = -1;

/** One cell before and after; null: as it stands in the file. */
export interface CellChange {
  fileNo: number;
  row: number;
  position: number;
  before: string | null;
  after: string | null;
}

export interface Operation {
  operationNo: number;
  /** In a person's words: "Write it as a plain number: 12 cells of Grade". */
  label: string;
  state: 'done' | 'undone';
  changes: CellChange[];
}

/** What undo or redo would turn: in words, and in which file. */
export interface Turn {
  label: string;
  fileNo: number;
}

export interface OperationCommit {
  /** A new operation ends what could be redone. */
  operation: { kind: 'new'; label: string } | { kind: 'undo' | 'redo'; operationNo: number };
  /** As they are to hold now; for undo they are the operation's own, turned round. */
  changes: readonly CellChange[];
  findings: readonly FileFindings[];
}

/** What changes among a file's findings: the issues of `rows` are replaced, all of them or those of some codes. */
export interface FileFindings {
  fileNo: number;
  replaced: readonly { rows: readonly number[]; codes: readonly IssueCode[] | null }[];
  issues: readonly RowIssue[];
  facts: readonly FactsBlock[];
}
