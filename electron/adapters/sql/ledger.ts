import { AppError } from '../../../shared/errors.ts';
import type { RecordType } from '../../../shared/records/types.ts';
import type { ChunkLease, ChunkRow, ChunkState } from '../../engine/chunks-port.ts';
import type { Ledger, LoadStatus } from '../../engine/database-port.ts';
import {
  ABANDONED_AFTER,
  BEGIN_LOAD,
  INSERT_CLOSING,
  LEASE,
  LOAD_COLUMNS,
  type LoadRecord,
  loadOf,
  SWEEP_ABANDONED,
  TAKE_TURNS,
  TURN_HOLDER,
} from './ledger-sql.ts';
import type { SqlConnection } from './session.ts';

const ENDED: readonly LoadStatus[] = ['loaded', 'partial', 'failed', 'stopped'];

export function createLedger(connection: SqlConnection): Ledger {
  /** One statement about one load, which must be there. */
  const change = async (sql: string, params: readonly unknown[], signal: AbortSignal): Promise<void> => {
    const { count } = await connection.query(sql, params, signal);
    if (count === 0) throw unknownLoad();
  };

  return {
    async begin(load, signal) {
      await connection.transaction(async (session) => {
        for (const sweep of SWEEP_ABANDONED) await session.query(sweep, [ABANDONED_AFTER]);
        await session.query(BEGIN_LOAD, [
          load.loadId,
          load.correlationId,
          load.startedAt,
          JSON.stringify(load.files),
          JSON.stringify(load.options),
        ]);
      }, signal);
    },

    /** A load that goes on is not ended any more: its end and error are taken back; what it has counted so far stays. */
    async setStatus(loadId, status, signal) {
      await (ENDED.includes(status)
        ? change('UPDATE accession.loads SET status = $2 WHERE load_id = $1', [loadId, status], signal)
        : change(
            'UPDATE accession.loads SET status = $2, ended_at = NULL, error = NULL WHERE load_id = $1',
            [loadId, status],
            signal,
          ));
    },

    async finish(loadId, end, signal) {
      await connection.transaction(async (session) => {
        const { count } = await session.query(
          'UPDATE accession.loads SET status = $2, ended_at = $3, report = $4::jsonb, error = $5::jsonb WHERE load_id = $1',
          [loadId, end.status, end.endedAt, json(end.report), json(end.error)],
        );
        if (count === 0) throw unknownLoad();
        await session.query('DELETE FROM accession.turns WHERE load_id = $1', [loadId]);
        for (const { topic, messages } of end.closing) {
          if (messages.length === 0) continue;
          const payload = JSON.stringify({ kind: 'messages', messages });
          await session.query(INSERT_CLOSING, [loadId, topic, payload, messages.length]);
        }
      }, signal);
    },

    async saveReport(loadId, report, signal) {
      await change(
        'UPDATE accession.loads SET report = $2::jsonb WHERE load_id = $1',
        [loadId, json(report)],
        signal,
      );
    },

    async load(idOrPrefix, signal) {
      const prefix = idOrPrefix.trim().toLowerCase();
      if (!/^[0-9a-f-]{4,36}$/.test(prefix)) return null;
      const { rows } = await connection.query<LoadRecord>(
        `SELECT ${LOAD_COLUMNS} FROM accession.loads WHERE starts_with(load_id::text, $1) LIMIT 2`,
        [prefix],
        signal,
      );
      if (rows.length > 1) throw ambiguousLoad(prefix);
      return rows[0] === undefined ? null : loadOf(rows[0]);
    },

    async loads(limit, signal) {
      const { rows } = await connection.query<LoadRecord>(
        `SELECT ${LOAD_COLUMNS} FROM accession.loads ORDER BY started_at DESC, load_id LIMIT $1`,
        [limit],
        signal,
      );
      return rows.map(loadOf);
    },

    async chunks(loadId, signal) {
      const { rows } = await connection.query<ChunkRow>(
        `SELECT chunk_no AS "chunkNo", file_no AS "fileNo", type, state, row_count AS rows, inserted, updated,
           unchanged, rejected, embed_failed AS "embedFailed"
         FROM accession.chunks WHERE load_id = $1 ORDER BY chunk_no`,
        [loadId],
        signal,
      );
      return rows;
    },

    async lease(loadId, chunkNo, state, owner, leaseMs, signal) {
      const { rows } = await connection.query<{
        file_no: number;
        type: RecordType;
        state: ChunkState;
        lease_generation: number;
      }>(LEASE, [loadId, chunkNo, state, owner, leaseMs], signal);
      const [row] = rows;
      if (row === undefined) return null;
      const lease: ChunkLease = {
        loadId,
        chunkNo,
        fileNo: row.file_no,
        type: row.type,
        state: row.state,
        generation: row.lease_generation,
      };
      return lease;
    },

    async takeTurns(loadId, types, leaseMs, signal) {
      return connection.transaction(async (session) => {
        await session.query('LOCK TABLE accession.turns IN SHARE ROW EXCLUSIVE MODE');
        const { rows } = await session.query<{ load_id: string; started_at: Date }>(TURN_HOLDER, [
          loadId,
          types,
        ]);
        const [holder] = rows;
        if (holder !== undefined) {
          return { held: false as const, byLoadId: holder.load_id, startedAt: holder.started_at };
        }
        await session.query(TAKE_TURNS, [loadId, types, leaseMs]);
        return { held: true as const };
      }, signal);
    },

    async releaseTurns(loadId, signal) {
      await connection.query('DELETE FROM accession.turns WHERE load_id = $1', [loadId], signal);
    },
  };
}

function json(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function unknownLoad(): AppError {
  return new AppError({
    code: 'load.unknown',
    message: 'The database knows no load of this number.',
    hint: 'All loads are listed under History in the window, and by "accession history" on the command line.',
  });
}

function ambiguousLoad(prefix: string): AppError {
  return new AppError({
    code: 'load.unknown',
    message: `More than one load begins with ${prefix}.`,
    hint: 'Give more characters of its number; "accession history" lists the loads.',
  });
}
