import { AppError } from '../../../shared/errors.ts';
import { RECORD_TYPES, type RecordType } from '../../../shared/records/types.ts';
import type {
  LoadFile,
  MissingReference,
  RawRow,
  ReviewCounts,
  Staging,
} from '../../engine/database-port.ts';
import { LIVE_TABLES, type LiveTable } from './live-tables.ts';
import type { ChunkJobs, SqlConnection, SqlSession } from './session.ts';
import { streamChanges } from './staged-changes.ts';
import { insertStaged, stagedArrays } from './staged-rows.ts';
import {
  JOIN_BY_HASH,
  removeMissingReferences,
  removeRows,
  review,
  SEAL_CHUNKS,
  type StagingPlace,
} from './staging-statements.ts';

/** How a Staging reaches its tables; a rehearsal has to stay on the one connection that has them. */
export type StagingSessions = Pick<SqlConnection, 'query' | 'transaction'>;

/** Staging of a load that the ledger knows. Rows of a repeated key must be taken out before `seal`. */
export function createStaging(
  connection: SqlConnection,
  jobs: ChunkJobs,
  loadId: string,
  files: readonly LoadFile[],
): Staging {
  const place: StagingPlace = {
    loadId,
    staged: (table) => `accession.${table.staged}`,
    live: (table) => table.live,
  };
  return {
    ...createStagedRows(connection, place, files),

    async seal(signal) {
      await connection.transaction(async (session) => {
        const { rows } = await session.query<{ chunk_no: number; job_id: string }>(SEAL_CHUNKS, [loadId]);
        await jobs.enqueue(
          session,
          rows.map(({ chunk_no, job_id }) => ({ id: job_id, loadId, chunkNo: chunk_no, step: 'commit' })),
        );
        await session.query(
          `UPDATE accession.loads SET status = 'staged' WHERE load_id = $1 AND status = 'staging'`,
          [loadId],
        );
      }, signal);
    },

    async discard(signal) {
      await connection.transaction(async (session) => {
        for (const table of Object.values(LIVE_TABLES)) {
          await session.query(`DELETE FROM ${place.staged(table)} WHERE load_id = $1`, [loadId]);
        }
      }, signal);
    },
  };
}

/** What a load and a rehearsal have in common. */
export function createStagedRows(
  sessions: StagingSessions,
  place: StagingPlace,
  files: readonly LoadFile[],
): Omit<Staging, 'seal' | 'discard'> {
  const { loadId } = place;
  const tableOf = (fileNo: number): LiveTable => {
    const file = files.find((each) => each.fileNo === fileNo);
    if (file === undefined) throw unknownFile();
    return LIVE_TABLES[file.type];
  };

  return {
    async add(fileNo, chunkNo, rows, signal) {
      if (rows.length === 0) return;
      const table = tableOf(fileNo);
      await sessions.query(
        insertStaged(table, place.staged(table)),
        [loadId, fileNo, chunkNo, ...stagedArrays(table, rows)],
        signal,
      );
    },

    async remove(refs, signal) {
      if (refs.length === 0) return [];
      return sessions.transaction(async (session) => {
        const removed: RawRow[] = [];
        for (const [table, ofTable] of Map.groupBy(refs, ({ fileNo }) => tableOf(fileNo))) {
          const { rows } = await session.query<RawRow>(removeRows(table, place), [
            loadId,
            ofTable.map(({ fileNo }) => fileNo),
            ofTable.map(({ row }) => row),
          ]);
          for (const row of rows) removed.push(row);
        }
        return removed.sort(inFileOrder);
      }, signal);
    },

    async removeMissingReferences(signal) {
      return sessions.transaction(async (session) => {
        await session.query(JOIN_BY_HASH);
        const { rows } = await session.query<MissingReference>(removeMissingReferences(place), [loadId]);
        return rows.sort(inFileOrder);
      }, signal);
    },

    async review(signal) {
      return sessions.transaction(async (session) => {
        await session.query(JOIN_BY_HASH);
        const counts: ReviewCounts[] = [];
        for (const type of RECORD_TYPES) counts.push(...(await reviewType(session, place, files, type)));
        return counts;
      }, signal);
    },

    async changes(fileNo, options, onRows, signal) {
      const table = tableOf(fileNo);
      const upToIt = filesOfType(files, table.type).filter((file) => file.fileNo <= fileNo);
      await sessions.transaction(
        (session) => streamChanges(session, table, upToIt, place, options, onRows, signal),
        signal,
      );
    },

    async hasRows(type, signal) {
      const live = place.live(LIVE_TABLES[type]);
      const { rows } = await sessions.query<{ found: boolean }>(
        `SELECT EXISTS (SELECT FROM ${live} l) AS found`,
        [],
        signal,
      );
      return rows[0]?.found === true;
    },
  };
}

/** In loading order. */
function filesOfType(files: readonly LoadFile[], type: RecordType): LoadFile[] {
  return files.filter((file) => file.type === type).toSorted((a, b) => a.fileNo - b.fileNo);
}

async function reviewType(
  session: SqlSession,
  place: StagingPlace,
  files: readonly LoadFile[],
  type: RecordType,
): Promise<ReviewCounts[]> {
  const ofType = filesOfType(files, type);
  if (ofType.length === 0) return [];
  const { rows } = await session.query<{ fileNo: number; change: string; rows: number }>(
    review(LIVE_TABLES[type], ofType, place),
    [place.loadId],
  );
  const count = (fileNo: number, changes: readonly string[]): number =>
    rows
      .filter((row) => row.fileNo === fileNo && changes.includes(row.change))
      .reduce((sum, row) => sum + row.rows, 0);
  return ofType.map(({ fileNo }) => ({
    fileNo,
    inserted: count(fileNo, ['insert']),
    updated: count(fileNo, ['update']),
    unchanged: count(fileNo, ['same', 'hash']),
  }));
}

function inFileOrder(a: RawRow, b: RawRow): number {
  return a.fileNo - b.fileNo || a.row - b.row;
}

function unknownFile(): AppError {
  return new AppError({
    code: 'internal',
    message: 'A row was staged for a file that this load does not have.',
    hint: 'Run the command again with LOG_LEVEL=debug and send us the log.',
  });
}
