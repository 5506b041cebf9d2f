import type { DocumentMetadata as BookMetadata } from '../../shared/records/embedding-text.ts';
import type { RejectedRow } from '../../shared/records/types.ts';

export type { BookMetadata };

/** Wall clock, monotonic clock and sleep, so that tests can own time. */
export interface Clock {
  now(): Date;
  /** Milliseconds since an arbitrary start; never goes back. */
  monotonicMs(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  uuid(): string;
}

export interface Hasher {
  /** SHA-256 of the text's UTF-8 bytes, 64 lower-case hex digits. */
  sha256Hex(text: string): string;
  /** RFC 9562 version 5 UUID of `name` in Accession's own namespace: the same name, the same id, always. */
  uuidV5(name: string): string;
}

/** Turns texts into vectors. One call is one request: batching, retries and pacing are the engine's. */
export interface EmbeddingProvider {
  readonly model: string;
  readonly dimensions: number;
  /** True for the sandbox's lexical embedder, whose results are labelled as approximate wherever they are shown. */
  readonly approximate: boolean;
  /** US dollars per million tokens; null where unknown. */
  readonly usdPerMillionTokens: number | null;
  readonly limits: { maxInputs: number; maxInputTokens: number; maxRequestTokens: number };
  /** `vectors[i]` belongs to `texts[i]`. Throws AppError `embedding.*`, with retryAfterMs where the server said. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<EmbeddingResult>;
}

export interface EmbeddingResult {
  vectors: readonly Float32Array[];
  tokens: number;
}

/** What the index stores of one book. */
export interface IndexEntry {
  bookId: string;
  /** The embedded text: the document's page content. */
  text: string;
  metadata: BookMetadata;
  vector: Float32Array;
}

/** The vectors' own change feed: everything written after `seq`, in seq order. Replaying from 0 gives the whole table. */
export interface VectorFeed {
  /** Names the database, so that one school's vectors never enter another's index. */
  sourceId: string;
  since(seq: number, signal: AbortSignal): AsyncIterable<{ seq: number; entries: readonly IndexEntry[] }>;
}

export interface IndexUpdate {
  added: number;
  replaced: number;
  /** Vectors in the index afterwards. */
  vectors: number;
  generation: number;
}

export interface IndexStatus {
  kind: 'flat' | 'pgvector';
  metric: 'l2';
  dir: string | null;
  state: 'ready' | 'absent' | 'foreign' | 'damaged';
  vectors: number;
  documents: number;
  dimensions: number | null;
  generation: number;
  updatedAt: string | null;
}

export interface SearchHit {
  bookId: string;
  /** Squared L2 distance: smaller is nearer, 0 is the same. */
  distance: number;
  /** The embedded text: title first. */
  text: string;
  metadata: BookMetadata;
}

export interface VectorIndex {
  /**
   * Applies what the feed has that the index has not; a no-op when there is nothing. Atomic for readers. Tells in a
   * sentence what it waits for beside its own work. Throws AppError `index.*`.
   */
  update(feed: VectorFeed, signal: AbortSignal, onWait?: (reason: string) => void): Promise<IndexUpdate>;
  status(signal: AbortSignal): Promise<IndexStatus>;
  /** Nearest first. Throws `index.empty` where nothing was indexed yet. */
  search(vector: Float32Array, k: number, signal: AbortSignal): Promise<SearchHit[]>;
  close(): Promise<void>;
}

/** One event, ready to be sent: sending it twice sends the same bytes and headers. */
export interface EventMessage {
  topic: string;
  key: string;
  headers: Readonly<Record<string, string>>;
  /** JSON text. */
  value: string;
}

export interface EventPublisher {
  /** Number of partitions of a topic, 1 for the journal. Throws events.missing-topic, events.unreachable, events.permission. */
  partitions(topic: string, signal: AbortSignal): Promise<number>;
  /**
   * Sends in order and returns when every message is acknowledged or refused. A refusal concerns one message
   * (too large, invalid); anything that concerns the topic or the broker throws AppError `events.*`.
   */
  send(topic: string, messages: readonly EventMessage[], signal: AbortSignal): Promise<SendResult>;
  close(): Promise<void>;
}

export interface SendResult {
  refused: readonly { index: number; code: string; message: string }[];
}

/** Where a load's rejected rows become a file that a spreadsheet opens. */
export interface RejectsSink {
  /**
   * Writes `<name>.rejected.csv` (original cells, line numbers, reasons) into `dir`, whole or not at all;
   * returns its path, or null where there was no row. Cells that a spreadsheet would run as a formula are
   * made harmless there, and only there.
   */
  write(request: RejectsRequest, signal: AbortSignal): Promise<string | null>;
}

export interface RejectsRequest {
  dir: string;
  /** The loaded file's own name. */
  name: string;
  /** Tells files of one name apart: 0 for the first. */
  sameNameBefore: number;
  header: readonly string[];
  rows: AsyncIterable<RejectedRow>;
}

/** Where rejected rows become a file that a person corrects in a spreadsheet and brings back to the draft. */
export interface CorrectionsSink {
  /**
   * Writes `path`, whole or not at all; no file where there is no row. A workbook has text cells only, bad ones in
   * red with notes; in a CSV, cells that a spreadsheet would run as a formula are made harmless. Throws AppError
   * file.too-large where no workbook could hold the rows, file.unreadable where the file cannot be written.
   */
  write(request: CorrectionsRequest, signal: AbortSignal): Promise<{ rows: number; bytes: number }>;
}

export interface CorrectionsRequest {
  path: string;
  /** What messages call the file that the rows come from. */
  name: string;
  format: 'csv' | 'xlsx';
  columns: readonly ColumnToCorrect[];
  rows: AsyncIterable<RowToCorrect>;
}

export interface ColumnToCorrect {
  heading: string;
  /** `cells`: a person corrects it; `reasons`: tells what is wrong; `mark`: finds the row again, and is left as it is. */
  kind: 'cells' | 'reasons' | 'mark';
}

export interface RowToCorrect {
  /** One for each column. */
  cells: readonly string[];
  /** What is wrong, by the column where it is told; `bad`: the cell itself is wrong, and not the row as a whole. */
  notes: readonly { position: number; text: string; bad: boolean }[];
}
