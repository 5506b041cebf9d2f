import { amount, figure } from '../../shared/amounts.ts';
import { AppError, reportOf, toAppError } from '../../shared/errors.ts';
import { completeLoad } from './complete-load.ts';
import type { LoadFile, LoadOptions, Staging } from './database-port.ts';
import type { EditsOf } from './edit-overlay.ts';
import type { OpenedFile } from './file-port.ts';
import {
  type LoadContext,
  type LoadPorts,
  type LoadSignals,
  type LoadTuning,
  timedStep,
} from './load-context.ts';
import type { EmitLoadEvent } from './load-events.ts';
import { fail } from './load-failure.ts';
import { emptyReport, type LoadReport, totals } from './load-report.ts';
import {
  closeFiles,
  type FilesRequest,
  loadFileOf,
  type MappedFile,
  openFiles,
  rememberMappings,
} from './open-files.ts';
import { keepRejectedOnly, writeRejects } from './rejects.ts';
import { stageFile } from './stage-files.ts';
import { rejectMissingReferences } from './staged-references.ts';

export interface LoadRequest extends FilesRequest {
  options: LoadOptions;
  /** More rejected rows than this and nothing is written; null: any number. */
  maxRejects: MaxRejects | null;
  /** Rehearse over TEMP tables and leave nothing behind. */
  dryRun: boolean;
  /** Files that are open and understood already, instead of `paths`; left out: there are none. */
  prepared?: PreparedFiles | null;
}

/** Files that a person has prepared, with what they changed in them. Whoever opened them closes them. */
export interface PreparedFiles {
  /** Numbered from 0 in loading order. */
  files: readonly MappedFile[];
  /** By the numbers of `files`. */
  edits: EditsOf;
}

export type MaxRejects = { rows: number } | { percent: number };

/**
 * Loads files from the first byte to the last event. Never throws for what a file, a database or a service
 * can do: the report says how it ended, and its `error` why. What is committed stays committed and is found
 * again by `resume`.
 */
export async function runLoad(
  ports: LoadPorts,
  tuning: LoadTuning,
  request: LoadRequest,
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<LoadReport> {
  const context: LoadContext = {
    ports,
    tuning,
    signals,
    loadId: ports.random.uuid(),
    correlationId: ports.random.uuid(),
    owner: ports.random.uuid(),
    edits:
      request.prepared?.edits ??
      ((fileNo, from, to) => ports.workspace.editsNow(context.loadId, fileNo, from, to)),
    opened: new Map(),
    emit,
  };
  const report = emptyReport(context.loadId, context.correlationId);
  const startedMs = ports.clock.monotonicMs();
  emit({
    kind: 'load-started',
    loadId: context.loadId,
    correlationId: context.correlationId,
    files: request.prepared?.files.length ?? request.paths.length,
  });
  try {
    const prepared = request.prepared?.files ?? null;
    const files =
      prepared?.map(notToBeClosed) ??
      (await orForget(context, [], () => openFiles(ports, context.loadId, request, signals.abort)));
    if (prepared === null)
      await orForget(context, files, () => rememberMappings(ports, files, request, signals.abort));
    const opened = new Map(files.map((file) => [file.fileNo, file.opened]));
    try {
      if (request.dryRun) await rehearse({ ...context, opened }, files, request, report);
      else await stageAndComplete({ ...context, opened }, files, request, report);
    } finally {
      await closeFiles([...opened.values()]);
    }
  } catch (thrown) {
    fail(context, report, toAppError(thrown));
  }
  report.timings.totalMs = ports.clock.monotonicMs() - startedMs;
  emit({ kind: 'load-finished', loadId: context.loadId, status: report.status, ms: report.timings.totalMs });
  return report;
}

function notToBeClosed(file: MappedFile): MappedFile {
  // Its methods are what they were; only the last is another.
  const opened: OpenedFile = Object.create(file.opened, { close: { value: async () => undefined } });
  return { ...file, opened };
}

/** A load that never began leaves no copy of anybody's file behind: nobody can go on with it. */
async function orForget<T>(
  { ports, loadId }: LoadContext,
  files: readonly MappedFile[],
  begin: () => Promise<T>,
): Promise<T> {
  try {
    return await begin();
  } catch (thrown) {
    // What is still being copied would be written after all.
    await closeFiles(files.map(({ opened }) => opened));
    await ports.workspace.forget(loadId, new AbortController().signal);
    throw thrown;
  }
}

async function rehearse(
  context: LoadContext,
  files: readonly MappedFile[],
  request: LoadRequest,
  report: LoadReport,
): Promise<void> {
  const { ports, signals } = context;
  const loadFiles = files.map(loadFileOf);
  const staging = await orForget(context, files, () => ports.database.rehearsal(loadFiles, signals.abort));
  try {
    await stageAndReview(context, staging, files, request, report);
    report.status = 'rehearsed';
  } finally {
    await staging.discard(signals.abort);
    await writeRejects(context, loadFiles, request.options.rejectsDir, report);
    await dropFiles(context, loadFiles, report);
  }
}

async function stageAndComplete(
  context: LoadContext,
  files: readonly MappedFile[],
  request: LoadRequest,
  report: LoadReport,
): Promise<void> {
  const { ports, signals, loadId, correlationId } = context;
  const { ledger } = ports.database;
  const loadFiles = files.map(loadFileOf);
  const load = {
    loadId,
    correlationId,
    startedAt: ports.clock.now(),
    files: loadFiles,
    options: request.options,
  };
  await orForget(context, files, () => ledger.begin(load, signals.abort));
  const staging = ports.database.staging(loadId, loadFiles);
  try {
    await stageAndReview(context, staging, files, request, report);
    await ledger.saveReport(loadId, report, signals.abort);
    await staging.seal(signals.abort);
  } catch (thrown) {
    const error = toAppError(thrown);
    fail(context, report, error);
    await endUnsealed(context, staging, report, error);
    await writeRejects(context, loadFiles, request.options.rejectsDir, report);
    await dropFiles(context, loadFiles, report);
    return;
  }
  await completeLoad(context, load, report);
}

/** The load is over and can't be resumed: its files' copies go, even where everything else was aborted. */
async function dropFiles(
  context: LoadContext,
  files: readonly LoadFile[],
  report: LoadReport,
): Promise<void> {
  const abort = new AbortController().signal;
  try {
    await keepRejectedOnly({ ...context, signals: { ...context.signals, abort } }, files);
  } catch (thrown) {
    report.problems.push(reportOf(toAppError(thrown)));
  }
}

/** Nothing was committed yet: the staged rows go, and the ledger says why. Best effort where the database is what failed. */
async function endUnsealed(
  context: LoadContext,
  staging: Staging,
  report: LoadReport,
  error: AppError,
): Promise<void> {
  const { ports, signals, loadId } = context;
  try {
    await staging.discard(signals.abort);
    await ports.database.ledger.finish(
      loadId,
      {
        status: report.status === 'stopped' ? 'stopped' : 'failed',
        endedAt: ports.clock.now(),
        report,
        error: reportOf(error),
        closing: [],
      },
      signals.abort,
    );
  } catch (thrown) {
    report.problems.push(reportOf(toAppError(thrown)));
  }
}

/** check → stage → review. Fills the files' reports; throws where the request's own limits forbid going on. */
async function stageAndReview(
  context: LoadContext,
  staging: Staging,
  files: readonly MappedFile[],
  request: LoadRequest,
  report: LoadReport,
): Promise<void> {
  const { signals } = context;
  let chunkNo = 0;
  for (const file of files) {
    const staged = await stageFile(context, staging, file, chunkNo);
    report.files.push(staged.report);
    chunkNo = staged.nextChunkNo;
    report.timings.checkMs += staged.checkMs;
    report.timings.stageMs += staged.stageMs;
  }
  const { ms } = await timedStep(context, 'review', { unit: 'rows' }, async () => {
    await rejectMissingReferences(context, staging, report.files);
    for (const counts of await staging.review(signals.abort)) {
      const file = report.files[counts.fileNo];
      if (file === undefined) continue;
      file.inserted = counts.inserted;
      file.updated = counts.updated;
      file.unchanged = counts.unchanged;
    }
  });
  report.timings.stageMs += ms;
  throwIfTooManyRejects(report, request);
}

function throwIfTooManyRejects(report: LoadReport, request: LoadRequest): void {
  const { rows, accepted, rejected } = totals(report);
  if (request.options.allOrNothing && rejected > 0)
    throw new AppError({
      code: 'load.all-or-nothing',
      message: `${amount(rejected, 'row')} of ${figure(rows)} cannot be loaded, and --all-or-nothing was asked for: nothing was written.`,
      hint: 'Correct the rows listed, or load without --all-or-nothing to leave them out.',
    });
  const limit = request.maxRejects;
  if (limit !== null) {
    const allowed = 'rows' in limit ? limit.rows : (rows * limit.percent) / 100;
    if (rejected > allowed)
      throw new AppError({
        code: 'load.too-many-rejects',
        message: `${amount(rejected, 'row')} of ${figure(rows)} cannot be loaded; --max-rejects allows ${'rows' in limit ? limit.rows : `${limit.percent}%`}. Nothing was written.`,
        hint: 'Correct the rows listed, or allow more with --max-rejects.',
      });
  }
  if (accepted === 0)
    throw new AppError({
      code: 'load.nothing-accepted',
      message:
        rows === 0
          ? 'The files hold no rows below their headers.'
          : `None of the ${figure(rows)} rows can be loaded.`,
      hint:
        rows === 0
          ? 'Check that the export was not empty.'
          : 'See the reasons listed for each row; a whole column of errors usually means a column was mistaken for another.',
    });
}
