import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { ChunkLease, ChunkState } from '../../engine/chunks-port.ts';
import type { ChunkOutcome, CommitOptions, Commits, LoadFile } from '../../engine/database-port.ts';
import { writeOutbox } from './commit-outbox.ts';
import { rejectedRows, rejectMissingReferences } from './commit-rejects.ts';
import { FINISH_CHUNK, lockRows, STUDENT_COUNTS, writeRows } from './commit-statements.ts';
import { holdLeases } from './lease-fence.ts';
import { columnsOfFile, LIVE_TABLES } from './live-tables.ts';
import type { ChunkJob, ChunkJobs, SqlConnection, SqlSession } from './session.ts';
import { rejectOnlyRow, splitChunk } from './split-chunk.ts';

/** Commits of one load at a time: all leases of a call belong to the same load. */
export function createCommits(connection: SqlConnection, jobs: ChunkJobs): Commits {
  return {
    async commit(leases, options, signal) {
      const [first] = leases;
      if (first === undefined) return [];
      return connection.transaction(async (session) => {
        const heldJobs = await holdLeases(session, leases, ['staged']);
        const load = await readLoad(session, first.loadId);
        const outcomes: ChunkOutcome[] = [];
        const next: ChunkJob[] = [];
        // In loading order, so that a checkout finds the books and students of its own transaction.
        for (const lease of leases.toSorted((a, b) => a.fileNo - b.fileNo || a.chunkNo - b.chunkNo)) {
          const outcome = await commitChunk(session, lease, load, options);
          const job = await finishChunk(session, lease, outcome, options);
          if (job !== null) next.push(job);
          outcomes.push(outcome);
        }
        await jobs.complete(session, heldJobs);
        await jobs.enqueue(session, next);
        return outcomes;
      }, signal);
    },

    split: (lease, signal) => connection.transaction((session) => splitChunk(session, jobs, lease), signal),

    rejectOnlyRow: (lease, issue, signal) =>
      connection.transaction((session) => rejectOnlyRow(session, jobs, lease, issue), signal),

    rejected: (loadId, fileNo, signal) => rejectedRows(connection, loadId, fileNo, signal),

    async studentCounts(loadId, signal) {
      const { rows } = await connection.query<{ inserted: number; updated: number }>(
        STUDENT_COUNTS,
        [loadId],
        signal,
      );
      return rows[0] ?? { inserted: 0, updated: 0 };
    },
  };
}

interface CommittedLoad {
  correlation_id: string;
  files: readonly LoadFile[];
}

async function readLoad(session: SqlSession, loadId: string): Promise<CommittedLoad> {
  const { rows } = await session.query<CommittedLoad>(
    'SELECT correlation_id, files FROM accession.loads WHERE load_id = $1',
    [loadId],
  );
  return rows[0] ?? { correlation_id: loadId, files: [] };
}

async function commitChunk(
  session: SqlSession,
  lease: ChunkLease,
  load: CommittedLoad,
  options: CommitOptions,
): Promise<ChunkOutcome> {
  const { loadId, fileNo, chunkNo, type } = lease;
  const table = LIVE_TABLES[type];
  const columns = columnsOfFile(table, load.files.find((file) => file.fileNo === fileNo)?.columns ?? []);
  const chunk = [loadId, fileNo, chunkNo];
  const rejected =
    type === 'checkouts' ? await rejectMissingReferences(session, lease, options.missingReference) : 0;
  await session.query(lockRows(table), chunk);
  const { rows } = await session.query<WrittenCounts>(writeRows(table, columns), chunk);
  const { appeared, ...counts } = rows[0] ?? NOTHING_WRITTEN;
  if (appeared > 0) throw appearedMeanwhile();
  if (options.publish && counts.inserted + counts.updated > 0) {
    const written = { loadId, chunkNo, type, correlationId: load.correlation_id };
    await writeOutbox(session, written, options.embed);
  }
  return { chunkNo, fileNo, ...counts, rejected };
}

interface WrittenCounts {
  inserted: number;
  updated: number;
  unchanged: number;
  appeared: number;
}

const NOTHING_WRITTEN: WrittenCounts = { inserted: 0, updated: 0, unchanged: 0, appeared: 0 };

/** Returns the chunk's next job: embedding what was written of its books. */
async function finishChunk(
  session: SqlSession,
  { loadId, type }: ChunkLease,
  { chunkNo, inserted, updated, unchanged, rejected }: ChunkOutcome,
  options: CommitOptions,
): Promise<ChunkJob | null> {
  const toEmbed = type === 'books' && options.embed && inserted + updated > 0;
  const state: ChunkState = toEmbed ? 'committed' : 'done';
  const job: ChunkJob | null = toEmbed ? { id: randomUUID(), loadId, chunkNo, step: 'embed' } : null;
  await session.query(FINISH_CHUNK, [
    loadId,
    chunkNo,
    state,
    inserted,
    updated,
    unchanged,
    rejected,
    job?.id ?? null,
  ]);
  return job;
}

function appearedMeanwhile(): AppError {
  return new AppError({
    code: 'db.conflict',
    message: 'Another program inserted the same rows into the database at the same moment.',
    hint: 'Try again; if it happens often, load at a quieter time.',
    retryable: true,
  });
}
