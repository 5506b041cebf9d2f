import type { ErrorReport } from '../../shared/errors.ts';
import type { RecordType } from '../../shared/records/types.ts';

/** What a load says when it has ended: the JSON of `load --json`, of the ledger and of every screen. */
export interface LoadReport {
  loadId: string;
  correlationId: string;
  status: ReportStatus;
  /** True where all rows are in the database's keeping and `resume` can finish what is left. */
  resumable: boolean;
  files: FileReport[];
  embeddings: EmbeddingsReport;
  index: IndexReport | null;
  events: EventsReport;
  timings: Timings;
  error: Pick<ErrorReport, 'code' | 'message' | 'hint'> | null;
  /** What did not stop the load but needs somebody's eye: embedding given up, events paused. */
  problems: ErrorReport[];
}

export type ReportStatus = 'loaded' | 'partial' | 'failed' | 'rehearsed' | 'stopped';

export interface FileReport {
  path: string;
  type: RecordType;
  rows: number;
  accepted: number;
  rejected: number;
  /** Left out by a person. */
  skipped: number;
  warnings: number;
  inserted: number;
  updated: number;
  unchanged: number;
  rejectsFile: string | null;
  /** ISBN-10s that had lost a leading zero which their check digit proves. */
  isbnZerosRestored: number;
}

export interface EmbeddingsReport {
  model: string | null;
  /** Texts sent to the model. */
  generated: number;
  /** Written books whose text and model had not changed, or whose text another book has. */
  reused: number;
  /** Given up for now; `resume` tries them again. */
  failed: number;
  /** Books committed and not embedded yet. */
  pending: number;
  tokens: number;
  costUsd: number | null;
  /** Vectors that `book_embeddings.vec` still lacks (an ANN index makes writing them slow). */
  vecPending: number;
}

export interface IndexReport {
  dir: string | null;
  kind: string;
  metric: string;
  vectors: number;
  added: number;
  replaced: number;
  generation: number;
}

export interface EventsReport {
  published: number;
  pending: number;
  dead: number;
}

export interface Timings {
  totalMs: number;
  checkMs: number;
  stageMs: number;
  commitMs: number;
  embedMs: number;
  indexMs: number;
  publishMs: number;
}

export function emptyReport(loadId: string, correlationId: string): LoadReport {
  return {
    loadId,
    correlationId,
    status: 'failed',
    resumable: false,
    files: [],
    embeddings: {
      model: null,
      generated: 0,
      reused: 0,
      failed: 0,
      pending: 0,
      tokens: 0,
      costUsd: null,
      vecPending: 0,
    },
    index: null,
    events: { published: 0, pending: 0, dead: 0 },
    timings: { totalMs: 0, checkMs: 0, stageMs: 0, commitMs: 0, embedMs: 0, indexMs: 0, publishMs: 0 },
    error: null,
    problems: [],
  };
}

/** Sums of all files; a row counts once. */
export function totals(
  report: LoadReport,
): Omit<FileReport, 'path' | 'type' | 'rejectsFile' | 'isbnZerosRestored'> {
  const sum = (field: (file: FileReport) => number): number =>
    report.files.reduce((total, file) => total + field(file), 0);
  return {
    rows: sum((file) => file.rows),
    accepted: sum((file) => file.accepted),
    rejected: sum((file) => file.rejected),
    skipped: sum((file) => file.skipped),
    warnings: sum((file) => file.warnings),
    inserted: sum((file) => file.inserted),
    updated: sum((file) => file.updated),
    unchanged: sum((file) => file.unchanged),
  };
}
