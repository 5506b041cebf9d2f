import { randomUUID } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import type { ChunkLease } from '../../engine/chunks-port.ts';
import type { StoredIssue } from './commit-rejects.ts';
import { countStaged, FINISH_CHUNK, moveSecondHalf, rejectRows } from './commit-statements.ts';
import { holdLeases } from './lease-fence.ts';
import { LIVE_TABLES } from './live-tables.ts';
import type { ChunkJobs, SqlSession } from './session.ts';

/** Held so that two halvings cannot take the same chunk number; commits, which only refer to the load, go on. */
const LOCK_LOAD = 'SELECT FROM accession.loads WHERE load_id = $1 FOR NO KEY UPDATE';

const NEXT_CHUNK = 'SELECT max(chunk_no) + 1 AS chunk_no FROM accession.chunks WHERE load_id = $1';

const INSERT_HALF = `
INSERT INTO accession.chunks (load_id, chunk_no, file_no, type, state, row_count, job_id)
VALUES ($1, $2, $3, $4, 'staged', $5, $6)`;

/** The first half, the larger one of an odd number, keeps its number, job and lease; the second is free to take. */
export async function splitChunk(
  session: SqlSession,
  jobs: ChunkJobs,
  lease: ChunkLease,
): Promise<[number, number]> {
  const { loadId, fileNo, chunkNo, type } = lease;
  const table = LIVE_TABLES[type];
  await session.query(LOCK_LOAD, [loadId]);
  await holdLeases(session, [lease], ['staged']);
  const { rows } = await session.query<{ rows: number }>(countStaged(table), [loadId, fileNo, chunkNo]);
  const total = rows[0]?.rows ?? 0;
  if (total < 2) throw tooFewRows();
  const next = await session.query<{ chunk_no: number }>(NEXT_CHUNK, [loadId]);
  const secondNo = next.rows[0]?.chunk_no ?? chunkNo + 1;
  const firstRows = Math.ceil(total / 2);
  await session.query(moveSecondHalf(table), [loadId, fileNo, chunkNo, secondNo, firstRows]);
  await session.query('UPDATE accession.chunks SET row_count = $3 WHERE load_id = $1 AND chunk_no = $2', [
    loadId,
    chunkNo,
    firstRows,
  ]);
  const id = randomUUID();
  await session.query(INSERT_HALF, [loadId, secondNo, fileNo, type, total - firstRows, id]);
  await jobs.enqueue(session, [{ id, loadId, chunkNo: secondNo, step: 'commit' }]);
  return [chunkNo, secondNo];
}

/** The chunk's one row stays staged with its reason, until the load's rejects are written. */
export async function rejectOnlyRow(
  session: SqlSession,
  jobs: ChunkJobs,
  lease: ChunkLease,
  issue: StoredIssue,
): Promise<void> {
  const { loadId, fileNo, chunkNo, type } = lease;
  const heldJobs = await holdLeases(session, [lease], ['staged']);
  const { rows } = await session.query<{ row_no: number }>(
    `SELECT row_no FROM accession.${LIVE_TABLES[type].staged} WHERE load_id = $1 AND file_no = $2 AND chunk_no = $3`,
    [loadId, fileNo, chunkNo],
  );
  if (rows.length !== 1) throw notTheOnlyRow();
  await session.query(rejectRows(LIVE_TABLES[type]), [
    loadId,
    fileNo,
    rows.map(({ row_no }) => row_no),
    [JSON.stringify([issue])],
  ]);
  await session.query(FINISH_CHUNK, [loadId, chunkNo, 'done', 0, 0, 0, 1, null]);
  await jobs.complete(session, heldJobs);
}

function tooFewRows(): AppError {
  return internal('A part of the load that has fewer than two rows cannot be halved.');
}

function notTheOnlyRow(): AppError {
  return internal('A row was to be rejected alone that does not stand alone.');
}

function internal(message: string): AppError {
  return new AppError({
    code: 'internal',
    message,
    hint: 'Run the command again with LOG_LEVEL=debug and send us the log.',
  });
}
