import type { Alarm, Forecast, Review } from '../../shared/contract/draft-review.ts';
import { hashKey, KEY_WORDS } from '../../shared/records/key-hash.ts';
import type { RecordType } from '../../shared/records/types.ts';
import type { Database, LoadRow, StagedChange, Staging } from './database-port.ts';
import { KeyTable } from './key-table.ts';
import { type CheckContext, type CheckPorts, throwIfStopped, timedStep } from './load-context.ts';
import type { FileReport } from './load-report.ts';
import { loadFileOf, type MappedFile } from './open-files.ts';
import type { EmbeddingProvider, Hasher } from './ports.ts';
import { alarmsOf } from './review-alarms.ts';
import { createForecastSum, type ForecastSum } from './review-forecast.ts';
import { createReviewRuns, type ReviewFigures } from './review-runs.ts';
import { type StagedFile, stageFile } from './stage-files.ts';
import { rejectMissingReferences } from './staged-references.ts';
import type { TokenCounter } from './token-counter-port.ts';
import type { WrittenBook } from './vectors-port.ts';
import type { ReviewRun } from './workspace-port.ts';

export interface ReviewContext extends CheckContext {
  ports: CheckPorts & { database: Pick<Database, 'rehearsal'>; hasher: Hasher };
}

export interface ReviewParts {
  /** Null: nothing would be embedded, so nothing is forecast. */
  embedder: Pick<EmbeddingProvider, 'model' | 'approximate' | 'usdPerMillionTokens' | 'limits'> | null;
  tokens: TokenCounter;
  /** US dollars; null: no limit. */
  spendLimitUsd: number | null;
  /** Earlier loads of this target, newest first (`ledger.loads`). */
  history: readonly LoadRow[];
  /** Tokens that the service embeds in a minute, where no earlier load tells. */
  minuteTokens: number;
}

/** A review but for what the draft knows of itself. */
export type Reviewed = Pick<Review, 'files' | 'written'> & { alarms: Alarm[]; forecast: Forecast | null };

/**
 * Where the rows go: runs of one file follow each other from its first row to its last. It must ask nothing of the
 * database, which may have one session only.
 */
export type ReviewSink = (fileNo: number, run: ReviewRun) => Promise<void>;

/**
 * Says what loading open files would do now, row by row, over TEMP tables that leave nothing behind: what would be
 * new, changed (column by column), unchanged, rejected; what looks odd against earlier loads; what the embeddings
 * would cost. The files are checked anew with `context.edits`, and the findings of that go to the workspace under
 * `context.loadId`: it has to be one of its own, and `workspace.forget` is the caller's.
 * Throws AppError `db.*`, `file.*`, workspace.failed, and `stopped`.
 */
export async function reviewFiles(
  context: ReviewContext,
  files: readonly MappedFile[],
  parts: ReviewParts,
  sink: ReviewSink,
): Promise<Reviewed> {
  const { ports, signals } = context;
  const staging = await ports.database.rehearsal(files.map(loadFileOf), signals.abort);
  try {
    const staged: StagedFile[] = [];
    for (const file of files)
      staged.push(await stageFile(context, staging, file, staged.at(-1)?.nextChunkNo ?? 0));
    const { value } = await timedStep(context, 'review', { unit: 'rows' }, () =>
      reviewStaged(context, staging, staged, parts, sink),
    );
    return value;
  } finally {
    await staging.discard(new AbortController().signal);
  }
}

async function reviewStaged(
  context: ReviewContext,
  staging: Staging,
  staged: readonly StagedFile[],
  parts: ReviewParts,
  sink: ReviewSink,
): Promise<Reviewed> {
  const byNumber: FileReport[] = [];
  for (const { checked, report } of staged) byNumber[checked.fileNo] = report;
  await rejectMissingReferences(context, staging, byNumber);
  const sum = forecastSum(context, parts);
  const only = onlyLastWritten(staged.filter(({ checked }) => checked.mapping.type === 'books').length);
  const progress = reviewProgress(context, staged);
  const figures = new Map<number, ReviewFigures>();
  // From the last file to the first: of a book in two files the text that the later one leaves is embedded.
  for (const { checked } of staged.toReversed()) {
    const { fileNo } = checked;
    const runs = createReviewRuns(checked.facts, (run) => sink(fileNo, run));
    await staging.changes(
      fileNo,
      { books: sum !== null },
      async (changes, look) => {
        throwIfStopped(context);
        await runs.add(changes);
        await sum?.add(only(booksOf(changes)), look, context.signals.abort);
        progress(changes.length);
      },
      context.signals.abort,
    );
    figures.set(fileNo, await runs.end());
  }
  const reviewed = staged.flatMap(({ checked: { fileNo, opened, mapping } }) => {
    const own = figures.get(fileNo);
    return own === undefined ? [] : [{ fileNo, name: opened.name, type: mapping.type, ...own }];
  });
  return {
    files: reviewed.map(({ changed, ...file }) => ({ ...file, changedColumns: mostFrequent(changed) })),
    alarms: alarmsOf(reviewed, parts.history, await typesWithRows(context, staging, staged)),
    forecast: sum?.forecast() ?? null,
    written: reviewed.reduce((rows, { inserted, updated }) => rows + inserted + updated, 0),
  };
}

function forecastSum({ ports, tuning }: ReviewContext, parts: ReviewParts): ForecastSum | null {
  const { embedder } = parts;
  if (embedder === null) return null;
  const textsUnderWay = tuning.embedConcurrency * tuning.embedBatchTexts;
  return createForecastSum({ ...parts, embedder, hasher: ports.hasher, textsUnderWay });
}

function booksOf(changes: readonly StagedChange[]): WrittenBook[] {
  return changes.flatMap(({ book }) => (book === null ? [] : [book]));
}

/** Passes on each book once; of a single file every book comes once anyway. */
function onlyLastWritten(files: number): (books: readonly WrittenBook[]) => readonly WrittenBook[] {
  if (files < 2) return (books) => books;
  const written = new KeyTable(1_000);
  const words = new Uint32Array(KEY_WORDS);
  return (books) =>
    books.filter(({ bookId }) => {
      hashKey(bookId, words, 0);
      const [a = 0, b = 0, c = 0] = words;
      return written.set(a, b, c, 1) === -1;
    });
}

function reviewProgress(context: ReviewContext, staged: readonly StagedFile[]): (rows: number) => void {
  const total = staged.reduce((rows, { report }) => rows + report.accepted, 0);
  let done = 0;
  return (rows) => {
    done += rows;
    context.emit({ kind: 'step-progress', loadId: context.loadId, step: 'review', file: null, done, total });
  };
}

async function typesWithRows(
  { signals }: ReviewContext,
  staging: Staging,
  staged: readonly StagedFile[],
): Promise<Set<RecordType>> {
  const types = new Set(staged.map(({ checked }) => checked.mapping.type));
  const found = new Set<RecordType>();
  for (const type of types) if (await staging.hasRows(type, signals.abort)) found.add(type);
  return found;
}

function mostFrequent(changed: ReadonlyMap<string, number>): { column: string; rows: number }[] {
  return [...changed].map(([column, rows]) => ({ column, rows })).toSorted((a, b) => b.rows - a.rows);
}
