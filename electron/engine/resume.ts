import { AppError, toAppError } from '../../shared/errors.ts';
import { completeLoad } from './complete-load.ts';
import type { LoadRow } from './database-port.ts';
import type { OpenedFile } from './file-port.ts';
import {
  type LoadContext,
  type LoadPorts,
  type LoadSignals,
  type LoadTuning,
  throwIfStopped,
  timedStep,
} from './load-context.ts';
import type { EmitLoadEvent } from './load-events.ts';
import { fail } from './load-failure.ts';
import { emptyReport, type LoadReport } from './load-report.ts';
import { closeFiles } from './open-files.ts';
import { followVectors } from './vector-follow.ts';

/**
 * Goes on with a load from wherever the ledger says it stands: on any machine, after any crash or stop.
 * A finished load only gets what was given up for now (embeddings, events, vectors that still have to
 * follow). Throws load.unknown and load.not-resumable; everything later is in the report.
 */
export async function resumeLoad(
  ports: LoadPorts,
  tuning: LoadTuning,
  idOrPrefix: string,
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<LoadReport> {
  const load = await findLoad(ports, idOrPrefix, signals.abort);
  const { loadId, correlationId } = load;
  const chunks = await ports.database.ledger.chunks(loadId, signals.abort);
  if (chunks.length === 0) throw notSealed(load);
  const context: LoadContext = {
    ports,
    tuning,
    signals,
    loadId,
    correlationId,
    owner: ports.random.uuid(),
    edits: (fileNo, from, to) => ports.workspace.editsNow(loadId, fileNo, from, to),
    opened: await reopened(ports, loadId, signals),
    emit,
  };
  const report = storedReport(load);
  const startedMs = ports.clock.monotonicMs();
  emit({ kind: 'load-started', loadId, correlationId, files: load.files.length });
  try {
    await completeLoad(context, load, report);
    if (load.options.embed && ports.embedder !== null) await followToTheEnd(context, report);
  } catch (thrown) {
    fail(context, report, toAppError(thrown));
  } finally {
    await closeFiles([...context.opened.values()]);
  }
  report.timings.totalMs = ports.clock.monotonicMs() - startedMs;
  emit({ kind: 'load-finished', loadId, status: report.status, ms: report.timings.totalMs });
  return report;
}

/** Beside a load's steps vectors follow unseen; here they are all that a person still waits for, and may stop. */
async function followToTheEnd(context: LoadContext, report: LoadReport): Promise<void> {
  const { ports, signals, loadId, emit } = context;
  const { vectors } = ports.database;
  const { vecPending: total } = await vectors.counts(signals.abort);
  const onDone = (done: number): void =>
    emit({ kind: 'step-progress', loadId, step: 'index', file: null, done, total });
  if (total > 0)
    await timedStep(context, 'index', { unit: 'vectors', total }, () => followVectors(context, onDone).done);
  report.embeddings.vecPending = (await vectors.counts(signals.abort)).vecPending;
  if (report.embeddings.vecPending === 0 || report.error !== null) return;
  // The load itself has ended: going on with it does what is left.
  report.resumable ||= signals.stop.aborted;
  throwIfStopped(context);
}

/** The load's files as far as this machine still has their copies. */
async function reopened(
  ports: LoadPorts,
  loadId: string,
  signals: LoadSignals,
): Promise<Map<number, OpenedFile>> {
  const opened = new Map<number, OpenedFile>();
  for (const { fileNo, key } of await ports.workspace.files(loadId, signals.abort)) {
    const file = await ports.files.reopen(loadId, key, signals.abort);
    if (file !== null) opened.set(fileNo, file);
  }
  return opened;
}

/** Throws load.unknown where no load has this id or prefix. */
export async function findLoad(
  ports: Pick<LoadPorts, 'database'>,
  idOrPrefix: string,
  signal: AbortSignal,
): Promise<LoadRow> {
  const load = await ports.database.ledger.load(idOrPrefix, signal);
  if (load !== null) return load;
  throw new AppError({
    code: 'load.unknown',
    message: `There is no load ${idOrPrefix} in this database.`,
    hint: 'All loads are listed under History in the window, and by `accession history` on the command line, where the first eight characters of an id are enough.',
  });
}

/** The ledger's report is our own JSON: what a load knew when it was sealed, or when it last ended. */
function storedReport(load: LoadRow): LoadReport {
  const stored = load.report as LoadReport | null;
  return {
    ...(stored ?? emptyReport(load.loadId, load.correlationId)),
    resumable: false,
    error: null,
    problems: [],
    timings: emptyReport('', '').timings,
  };
}

function notSealed(load: LoadRow): AppError {
  const over = load.status === 'failed' || load.status === 'stopped';
  return new AppError({
    code: 'load.not-resumable',
    message: `Load ${load.loadId.slice(0, 8)} ${over ? 'ended' : 'was cut off'} before all of its rows were in the database: there is nothing to go on from.`,
    hint: `Nothing was written. Load the ${load.files.length === 1 ? 'file' : 'files'} again: ${load.files.map((file) => file.name).join(', ')}.`,
  });
}
