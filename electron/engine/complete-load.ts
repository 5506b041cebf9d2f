import { type AppError, reportOf, toAppError } from '../../shared/errors.ts';
import type { ChunkRow } from './chunks-port.ts';
import { commitChunks } from './commit-chunks.ts';
import type { NewLoad } from './database-port.ts';
import { embedChunks } from './embed-chunks.ts';
import { closingEvents } from './expand-events.ts';
import { type LoadContext, timedStep } from './load-context.ts';
import type { LoadEvent } from './load-events.ts';
import { fail } from './load-failure.ts';
import { type LoadReport, totals } from './load-report.ts';
import type { EventPublisher } from './ports.ts';
import { collectCommitRejects, keepRejectedOnly, writeRejects } from './rejects.ts';
import { type RelayResult, relayEvents } from './relay.ts';
import { followVectors } from './vector-follow.ts';

/**
 * commit → embed → index → publish, from wherever the ledger says the load stands. Safe to call again after
 * any crash: chunks that are done are left alone. Ends with the ledger, the rejects and the report in
 * agreement; a stop or a failure leaves the load to `resume`.
 */
export async function completeLoad(context: LoadContext, load: NewLoad, report: LoadReport): Promise<void> {
  const { ports, signals, loadId } = context;
  const { ledger } = ports.database;
  const problems: AppError[] = [];
  try {
    await ledger.setStatus(loadId, 'committing', signals.abort);
    const committed = await timedStep(context, 'commit', { unit: 'rows' }, () =>
      commitChunks(context, load.files, load.options),
    );
    report.timings.commitMs += committed.ms;
    await ledger.releaseTurns(loadId, signals.abort);
    await ledger.setStatus(loadId, 'finishing', signals.abort);
    countFromChunks(report, await ledger.chunks(loadId, signals.abort));
    await collectCommitRejects(context, load.files);
    await writeRejects(context, load.files, load.options.rejectsDir, report);
    await embedAndIndex(context, load, report, problems);
    countFromChunks(report, await ledger.chunks(loadId, signals.abort));
    report.status = totals(report).rejected > 0 ? 'partial' : 'loaded';
    await end(context, load, report);
    await publish(context, load, report, problems);
    report.problems.push(...problems.map(reportOf));
    report.timings.totalMs = ports.clock.now().getTime() - load.startedAt.getTime();
    await ledger.saveReport(loadId, report, signals.abort);
    await ports.database.staging(loadId, load.files).discard(signals.abort);
    await keepRejectedOnly(context, load.files);
  } catch (thrown) {
    await leaveForResume(context, report, toAppError(thrown));
  }
}

async function embedAndIndex(
  context: LoadContext,
  load: NewLoad,
  report: LoadReport,
  problems: AppError[],
): Promise<void> {
  const { embedder, index, database } = context.ports;
  const { signals } = context;
  if (embedder !== null && load.options.embed) {
    const embedded = await timedStep(context, 'embed', { unit: 'texts' }, () =>
      embedChunks(context, embedder, report.embeddings, problems),
    );
    report.timings.embedMs += embedded.ms;
    const follow = followVectors(context);
    if (index !== null) await updateIndex(context, report, problems);
    await follow.stop();
    report.embeddings.vecPending = (await database.vectors.counts(signals.abort)).vecPending;
  }
}

/** An index that cannot be updated is the load's error: rows stand, search does not know them yet. */
async function updateIndex(context: LoadContext, report: LoadReport, problems: AppError[]): Promise<void> {
  const { index, database } = context.ports;
  if (index === null) return;
  try {
    const onWait = (reason: string): void =>
      context.emit({ kind: 'waiting', loadId: context.loadId, step: 'index', reason, untilMs: null });
    const { abort } = context.signals;
    const { value, ms } = await timedStep(context, 'index', { unit: 'vectors' }, async () => ({
      update: await index.update(await database.vectors.feed(abort), abort, onWait),
      status: await index.status(abort),
    }));
    report.timings.indexMs += ms;
    const { kind, metric, dir } = value.status;
    report.index = { dir, kind, metric, ...value.update };
  } catch (thrown) {
    const error = toAppError(thrown);
    problems.push(error);
    report.error = reportOf(error);
    context.emit({ kind: 'problem', loadId: context.loadId, step: 'index', error: reportOf(error) });
  }
}

async function end(context: LoadContext, load: NewLoad, report: LoadReport): Promise<void> {
  const { ports, signals, tuning, loadId, correlationId } = context;
  const { ledger, commits } = ports.database;
  const endedAt = ports.clock.now();
  const students = await commits.studentCounts(loadId, signals.abort);
  const closing = load.options.publish
    ? closingEvents(
        {
          loadId,
          correlationId,
          durationSeconds: (endedAt.getTime() - load.startedAt.getTime()) / 1000,
          students,
          files: report.files,
          embeddings: report.embeddings,
          indexUpdated: report.index !== null,
        },
        tuning.topicNames,
        ports.hasher,
        endedAt,
      )
    : [];
  await ledger.finish(
    loadId,
    {
      status: report.status === 'partial' ? 'partial' : 'loaded',
      endedAt,
      report,
      error: null,
      closing,
    },
    signals.abort,
  );
}

async function publish(
  context: LoadContext,
  load: NewLoad,
  report: LoadReport,
  problems: AppError[],
): Promise<void> {
  const { ports, signals, loadId } = context;
  const { publisher } = ports;
  if (publisher !== null && load.options.publish) {
    const { value, ms } = await timedStep(context, 'publish', { unit: 'events' }, () =>
      relayUntilStopped(context, publisher),
    );
    report.timings.publishMs += ms;
    for (const { error } of value) {
      problems.push(error);
      context.emit({ kind: 'problem', loadId, step: 'publish', error: reportOf(error) });
    }
  }
  const { published, pending, dead } = await ports.database.outbox.counts(loadId, signals.abort);
  report.events = { published, pending, dead };
}

/** A stop leaves the rest of the events in the outbox: the load itself has ended already. */
async function relayUntilStopped(
  context: LoadContext,
  publisher: EventPublisher,
): Promise<RelayResult['pausedTopics']> {
  const { ports, signals, tuning, loadId } = context;
  const { clock, random, hasher, database } = ports;
  const say = (event: Pick<Extract<LoadEvent, { kind: 'waiting' }>, 'reason' | 'untilMs'>): void =>
    context.emit({ kind: 'waiting', loadId, step: 'publish', ...event });
  try {
    const result = await relayEvents(
      {
        outbox: database.outbox,
        publisher,
        topicNames: tuning.topicNames,
        hasher,
        clock,
        random,
        onWait: (error, untilMs) => say({ reason: error.message, untilMs }),
      },
      { loadId },
      (done) =>
        context.emit({ kind: 'step-progress', loadId, step: 'publish', file: null, done, total: null }),
      AbortSignal.any([signals.stop, signals.abort]),
    );
    return result.pausedTopics;
  } catch (thrown) {
    if (signals.stop.aborted && !signals.abort.aborted) return [];
    throw thrown;
  }
}

/** Writes down that the load is not finished; what is committed stays, and `resume` goes on from the ledger. */
async function leaveForResume(context: LoadContext, report: LoadReport, error: AppError): Promise<void> {
  const { ports, signals, loadId } = context;
  const { ledger } = ports.database;
  fail(context, report, error);
  report.resumable = true;
  try {
    countFromChunks(report, await ledger.chunks(loadId, signals.abort));
    await ledger.releaseTurns(loadId, signals.abort);
    await ledger.saveReport(loadId, report, signals.abort);
    await ledger.setStatus(loadId, report.status === 'stopped' ? 'stopped' : 'failed', signals.abort);
  } catch (thrown) {
    report.problems.push(reportOf(toAppError(thrown)));
  }
}

/**
 * The files' counts as the ledger has them: accepted is what went in, rows still staged are
 * neither accepted nor rejected yet.
 */
export function countFromChunks(report: LoadReport, chunks: readonly ChunkRow[]): void {
  const byFile = Map.groupBy(chunks, (chunk) => chunk.fileNo);
  let pending = 0;
  for (const [fileNo, file] of report.files.entries()) {
    const own = byFile.get(fileNo) ?? [];
    const sum = (field: (chunk: ChunkRow) => number): number => own.reduce((n, chunk) => n + field(chunk), 0);
    file.inserted = sum((chunk) => chunk.inserted);
    file.updated = sum((chunk) => chunk.updated);
    file.unchanged = sum((chunk) => chunk.unchanged);
    file.accepted = file.inserted + file.updated + file.unchanged;
    const staged = sum((chunk) => (chunk.state === 'staged' ? chunk.rows : 0));
    file.rejected = file.rows - file.accepted - staged - file.skipped;
  }
  for (const chunk of chunks) {
    if (chunk.type !== 'books') continue;
    if (chunk.state === 'committed') pending += chunk.inserted + chunk.updated;
  }
  report.embeddings.pending = pending;
  report.embeddings.failed = chunks.reduce((n, chunk) => n + chunk.embedFailed, 0);
}
