import { AppError, toAppError } from '../../shared/errors.ts';
import { leaseWhenFree } from './chunk-leases.ts';
import type { ChunkLease, ChunkRow } from './chunks-port.ts';
import type { CommitOptions, LoadFile, LoadOptions } from './database-port.ts';
import { type LoadContext, throwIfStopped } from './load-context.ts';
import type { RetryPolicy } from './retry.ts';
import { withRetry } from './retry.ts';
import { takeTurns } from './turns.ts';

/** Deadlocks and serialisation failures pass within milliseconds; a lost connection within seconds. */
const CONFLICT_RETRY: RetryPolicy = { baseMs: 20, maxMs: 2_000, maxAttempts: 8 };

/**
 * Commits every chunk that is still staged, in the order the keys need, each in its own transaction. A chunk
 * that the database refuses is halved until the refused row stands alone; that row is rejected and the rest
 * goes in. Stops between chunks; may be called again at any time.
 */
export async function commitChunks(
  context: LoadContext,
  files: readonly LoadFile[],
  options: LoadOptions,
): Promise<void> {
  const { ports, signals, loadId } = context;
  const { ledger } = ports.database;
  const chunks = (await ledger.chunks(loadId, signals.abort)).filter((chunk) => chunk.state === 'staged');
  if (chunks.length === 0) return;
  const turns = await takeTurns(context, [...new Set(files.map((file) => file.type))]);
  if (options.allOrNothing) {
    await commitTogether(context, chunks, options);
    return;
  }
  const queue = inLoadingOrder(chunks);
  const total = queue.reduce((rows, chunk) => rows + chunk.rows, 0);
  let done = 0;
  for (let chunk = queue.shift(); chunk !== undefined; chunk = queue.shift()) {
    throwIfStopped(context);
    await turns.keep();
    const lease = await leaseWhenFree(context, chunk, 'commit');
    if (lease !== null) {
      const halves = await commitOrSplit(context, lease, chunk, options);
      if (halves.length > 0) {
        queue.unshift(...halves);
        continue;
      }
    }
    done += chunk.rows;
    context.emit({ kind: 'step-progress', loadId, step: 'commit', file: null, done, total });
  }
}

export function inLoadingOrder(chunks: readonly ChunkRow[]): ChunkRow[] {
  return chunks.toSorted((a, b) => a.fileNo - b.fileNo || a.chunkNo - b.chunkNo);
}

/** Commits one chunk, or returns its two halves where the database refused something in it. */
async function commitOrSplit(
  context: LoadContext,
  lease: ChunkLease,
  chunk: ChunkRow,
  options: LoadOptions,
): Promise<ChunkRow[]> {
  const { ports, signals } = context;
  const { commits } = ports.database;
  try {
    await commitWithRetry(context, [lease], commitOptions(options, 'reject'));
    return [];
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code !== 'db.row-refused') throw error;
    if (chunk.rows <= 1) {
      await commits.rejectOnlyRow(lease, refusedIssue(error), signals.abort);
      return [];
    }
    const [first, second] = await commits.split(lease, signals.abort);
    const halfRows = Math.ceil(chunk.rows / 2);
    return [
      { ...chunk, chunkNo: first, rows: halfRows },
      { ...chunk, chunkNo: second, rows: chunk.rows - halfRows },
    ];
  }
}

/** All chunks in one transaction: every row goes in, or none does. */
async function commitTogether(
  context: LoadContext,
  chunks: readonly ChunkRow[],
  options: LoadOptions,
): Promise<void> {
  const leases: ChunkLease[] = [];
  for (const chunk of inLoadingOrder(chunks)) {
    const lease = await leaseWhenFree(context, chunk, 'commit');
    if (lease !== null) leases.push(lease);
  }
  throwIfStopped(context);
  try {
    await commitWithRetry(context, leases, commitOptions(options, 'refuse'));
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code !== 'db.row-refused') throw error;
    throw new AppError({
      code: 'load.all-or-nothing',
      message: `${error.message} With --all-or-nothing one such row means that nothing is written.`,
      hint: 'Load without --all-or-nothing: the refused row is then found, named and left out, and all others go in.',
      cause: error,
    });
  }
}

function commitOptions(
  options: LoadOptions,
  missingReference: CommitOptions['missingReference'],
): CommitOptions {
  return { publish: options.publish, embed: options.embed, missingReference };
}

function commitWithRetry(
  context: LoadContext,
  leases: readonly ChunkLease[],
  options: CommitOptions,
): Promise<unknown> {
  const { ports, signals } = context;
  return withRetry(
    () => ports.database.commits.commit(leases, options, signals.abort),
    CONFLICT_RETRY,
    ports,
    signals.abort,
    (error, waitMs) =>
      context.emit({
        kind: 'waiting',
        loadId: context.loadId,
        step: 'commit',
        reason: error.message,
        untilMs: ports.clock.now().getTime() + waitMs,
      }),
  );
}

function refusedIssue(error: AppError) {
  return {
    column: null,
    code: 'database.refused',
    severity: 'error',
    value: null,
    message: `The database refused this row: ${error.message} ${error.hint}`.trim(),
    suggestion: null,
  } as const;
}
