import type { ErrorReport } from '../../shared/errors.ts';
import type { TopicKind } from '../../shared/events/topics.ts';
import type { CheckedRow, RecordType, RejectedRow, RowIssue } from '../../shared/records/types.ts';
import type { ChunkLease, ChunkRow, ChunkState } from './chunks-port.ts';
import type { Outbox } from './outbox-port.ts';
import type { EventMessage } from './ports.ts';
import type { Vectors, WrittenBook } from './vectors-port.ts';

/**
 * The target database. Every method that writes is one transaction: it happens whole or not at all, and
 * calling it again after a crash does no harm. All throw AppError `db.*`; a vendor's detail text stays in `cause`.
 */
export interface Database {
  readonly schema: SchemaPort;
  readonly ledger: Ledger;
  readonly commits: Commits;
  readonly vectors: Vectors;
  readonly outbox: Outbox;
  /** Staging of a load that was begun with `ledger.begin`. */
  staging(loadId: string, files: readonly LoadFile[]): Staging;
  /** The same over TEMP tables on one connection: needs the TEMP right only and leaves nothing behind. */
  rehearsal(files: readonly LoadFile[], signal: AbortSignal): Promise<Staging>;
  /** Which of these ids the live table has. Needs SELECT on it only. */
  knownIds(
    type: 'students' | 'books',
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<ReadonlySet<string>>;
  close(): Promise<void>;
}

// ---------------------------------------------------------------- schema

export interface SchemaPort {
  inspect(signal: AbortSignal): Promise<SchemaReport>;
  /** Creates what is missing (extension, the four public tables, schema `accession`, the job queue); never alters production's tables beyond adding `content_hash`. */
  prepare(signal: AbortSignal): Promise<{ done: readonly string[] }>;
  /** The same as SQL text for a DBA to run. */
  prepareSql(signal: AbortSignal): Promise<string>;
}

export interface SchemaReport {
  server: string;
  vectorExtension: string | null;
  /** What `prepare` would do, in plain words; empty when the database is ready. */
  missing: readonly string[];
  /** True where `book_embeddings.vec` carries an ANN index, which makes writing it slow. */
  annIndex: boolean;
  catalogBooks: number | null;
}

// ---------------------------------------------------------------- ledger

export type LoadStatus =
  | 'staging'
  | 'staged'
  | 'committing'
  | 'finishing'
  | 'loaded'
  | 'partial'
  | 'failed'
  | 'stopped';

/** One file of a load, numbered from 0 in loading order (books, students, checkouts; within a type as given). */
export interface LoadFile {
  fileNo: number;
  path: string;
  name: string;
  type: RecordType;
  /** Canonical columns that the file has. */
  columns: readonly string[];
  /** The file's own header, for the rejected rows' file. */
  header: readonly string[];
}

export interface LoadOptions {
  embed: boolean;
  publish: boolean;
  allOrNothing: boolean;
  rejectsDir: string | null;
}

export interface NewLoad {
  loadId: string;
  correlationId: string;
  startedAt: Date;
  files: readonly LoadFile[];
  options: LoadOptions;
}

export interface LoadRow extends NewLoad {
  status: LoadStatus;
  endedAt: Date | null;
  /** The finished load's report as its JSON, null while it runs. */
  report: unknown;
  error: ErrorReport | null;
}

export type Turn = { held: true } | { held: false; byLoadId: string; startedAt: Date };

export interface Ledger {
  begin(load: NewLoad, signal: AbortSignal): Promise<void>;
  setStatus(loadId: string, status: LoadStatus, signal: AbortSignal): Promise<void>;
  /**
   * Ends a load in one transaction: final status, report, the load's closing events (`students_added`,
   * `ingestion_metrics`) into the outbox, its turns given back. Deletes nothing. Closing events are written
   * once, however often a load is finished.
   */
  finish(loadId: string, end: LoadEnd, signal: AbortSignal): Promise<void>;
  /** Rewrites only the stored report (event counts are known after the end). */
  saveReport(loadId: string, report: unknown, signal: AbortSignal): Promise<void>;
  /** A load by id or by an unambiguous prefix of at least four characters; null where there is none. */
  load(idOrPrefix: string, signal: AbortSignal): Promise<LoadRow | null>;
  /** Newest first. */
  loads(limit: number, signal: AbortSignal): Promise<LoadRow[]>;
  chunks(loadId: string, signal: AbortSignal): Promise<ChunkRow[]>;
  /** Null where somebody else holds a lease that has not run out, or the chunk has left `state`. */
  lease(
    loadId: string,
    chunkNo: number,
    state: ChunkState,
    owner: string,
    leaseMs: number,
    signal: AbortSignal,
  ): Promise<ChunkLease | null>;
  /**
   * The turn to commit to the types' tables, all of them or none. Calling it again renews it. A turn whose
   * lease has run out passes on.
   */
  takeTurns(
    loadId: string,
    types: readonly RecordType[],
    leaseMs: number,
    signal: AbortSignal,
  ): Promise<Turn>;
  releaseTurns(loadId: string, signal: AbortSignal): Promise<void>;
}

export interface LoadEnd {
  status: LoadStatus;
  endedAt: Date;
  report: unknown;
  error: ErrorReport | null;
  /** Closing events by logical topic, ready to be sent; partitions are decided by their keys. */
  closing: readonly { topic: TopicKind; messages: readonly EventMessage[] }[];
}

// ---------------------------------------------------------------- staging and review

export interface StagedRef {
  fileNo: number;
  row: number;
}

export interface Staging {
  /** Stages the rows of one file as one chunk. Rows of a chunk have distinct `row`s; keys may repeat. */
  add(fileNo: number, chunkNo: number, rows: readonly CheckedRow[], signal: AbortSignal): Promise<void>;
  /** Takes staged rows out again (earlier ones of a repeated key) and returns their original cells. */
  remove(refs: readonly StagedRef[], signal: AbortSignal): Promise<RawRow[]>;
  /** Takes out the checkouts whose book or student is neither live nor staged here, and says what is missing. */
  removeMissingReferences(signal: AbortSignal): Promise<MissingReference[]>;
  /** What a commit would do now, per file. */
  review(signal: AbortSignal): Promise<ReviewCounts[]>;
  /**
   * The same row by row: every staged row of one file, in row order, as it stood at one moment, handed over in batches.
   * `onRows` must ask the database for nothing but by `look`: some have one session only.
   */
  changes(
    fileNo: number,
    options: ChangesOptions,
    onRows: (rows: readonly StagedChange[], look: TextLookup) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
  /** Whether the live table has any row. */
  hasRows(type: RecordType, signal: AbortSignal): Promise<boolean>;
  /** Everything is staged: chunks, their jobs and the status `staged`, in one transaction. From here on the files are not needed. */
  seal(signal: AbortSignal): Promise<void>;
  /** Deletes the load's staged rows (they have served, or never will). */
  discard(signal: AbortSignal): Promise<void>;
}

export interface RawRow extends StagedRef {
  line: number;
  cells: readonly string[];
}

export interface MissingReference extends RawRow {
  studentId: string;
  bookId: string;
  missingStudent: boolean;
  missingBook: boolean;
}

export interface ReviewCounts {
  fileNo: number;
  inserted: number;
  updated: number;
  unchanged: number;
}

export interface ChangesOptions {
  /** Of books: tell what would be embedded, too. */
  books: boolean;
}

export interface StagedChange {
  row: number;
  change: 'insert' | 'update' | 'unchanged';
  /** Of an update, the columns that it changes, in the table's order. */
  fields: readonly FieldChange[];
  /** Where asked for: a book that would be inserted or updated, as the catalog would then have it. */
  book: WrittenBook | null;
}

/**
 * One column old → new, as people read it: lists with commas between, numbers as the column rounds them, dates
 * `YYYY-MM-DD`; null is no value. What reads the same and is stored differently comes as it is stored.
 */
export interface FieldChange {
  column: string;
  before: string | null;
  after: string | null;
}

export interface TextLookup {
  /** `Vectors.knownTexts`; empty where nobody has prepared the database, or it may not be read. */
  knownTexts(model: string, textHashes: readonly string[]): Promise<ReadonlySet<string>>;
}

// ---------------------------------------------------------------- commit

export interface CommitOptions {
  /** Write outbox rows. */
  publish: boolean;
  /** Books: hold `books_added` back until their vectors stand, and leave the chunk `committed` for the embed step; otherwise it is done at once. */
  embed: boolean;
  /** What to do with a checkout whose book or student is missing: reject that row, or refuse the whole transaction. */
  missingReference: 'reject' | 'refuse';
}

export interface ChunkOutcome {
  chunkNo: number;
  fileNo: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejected: number;
}

export interface Commits {
  /**
   * Commits the chunks in one transaction: before-images, upsert of what differs in key order, outbox rows,
   * chunk rows, next jobs. Throws `db.row-refused` where the database refuses a row's content (the caller then
   * splits), `db.conflict` (retryable) for deadlocks and serialisation failures, `load.lease-lost` where the
   * lease has passed on.
   */
  commit(leases: readonly ChunkLease[], options: CommitOptions, signal: AbortSignal): Promise<ChunkOutcome[]>;
  /** Halves a staged chunk of at least two rows; returns both chunk numbers, the first half keeping its own. */
  split(lease: ChunkLease, signal: AbortSignal): Promise<[number, number]>;
  /** Marks the only row of a chunk as rejected and the chunk as done. */
  rejectOnlyRow(lease: ChunkLease, issue: Omit<RowIssue, 'row' | 'line'>, signal: AbortSignal): Promise<void>;
  /** Rows rejected at commit, in row order, with original cells and reasons. */
  rejected(loadId: string, fileNo: number, signal: AbortSignal): AsyncIterable<RejectedRow>;
  /** Ids for the load's closing events: how many students it inserted and updated. */
  studentCounts(loadId: string, signal: AbortSignal): Promise<{ inserted: number; updated: number }>;
}
