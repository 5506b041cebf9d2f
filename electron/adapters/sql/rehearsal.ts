import { AppError } from '../../../shared/errors.ts';
import type { LoadFile, Staging } from '../../engine/database-port.ts';
import { LIVE_TABLES, type LiveTable } from './live-tables.ts';
import { stagingTables } from './migrations/001-ledger.ts';
import type { SqlConnection, SqlSession } from './session.ts';
import { createStagedRows, type StagingSessions } from './staging.ts';

/** TEMP tables belong to one session, so their rows need no load to tell them apart. */
const REHEARSAL_ID = '00000000-0000-0000-0000-000000000000';

const COLUMNS = `
SELECT attname::text AS name FROM pg_attribute
WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped`;

/**
 * Staging over TEMP tables on a connection of its own, until `discard`. Needs the TEMP right and SELECT on the
 * public tables; a table that is missing counts as empty, a missing `content_hash` as unknown. `seal` throws:
 * a rehearsal is never committed.
 */
export async function createRehearsal(
  connection: SqlConnection,
  files: readonly LoadFile[],
  signal: AbortSignal,
): Promise<Staging> {
  const { session, release } = await connection.reserve(signal);
  try {
    const live = new Map<LiveTable, string>();
    for (const table of Object.values(LIVE_TABLES)) live.set(table, await liveRelation(session, table));
    const statements = stagingTables((name) => `CREATE TEMP TABLE ${name}`).split(';');
    for (const statement of statements) if (statement.trim() !== '') await session.query(statement);
    const place = {
      loadId: REHEARSAL_ID,
      staged: (table: LiveTable) => `pg_temp.${table.staged}`,
      live: (table: LiveTable) => live.get(table) ?? table.live,
    };
    return {
      ...createStagedRows(onSession(session), place, files),
      seal: () => Promise.reject(notForCommit()),
      // Giving the connection back drops its TEMP tables.
      discard: () => release(),
    };
  } catch (thrown) {
    await release();
    throw thrown;
  }
}

/** The live table as it is, with what it lacks as NULL. */
async function liveRelation(session: SqlSession, table: LiveTable): Promise<string> {
  const { rows } = await session.query<{ name: string }>(COLUMNS, [table.live]);
  const present = new Set(rows.map(({ name }) => name));
  const wanted = [...table.key, ...table.columns, { name: 'content_hash', type: 'text' }];
  if (wanted.every(({ name }) => present.has(name))) return table.live;
  const columns = wanted.map(({ name, type }) => (present.has(name) ? name : `NULL::${type} AS ${name}`));
  const from = present.size > 0 ? `FROM ${table.live}` : 'WHERE false';
  return `(SELECT ${columns.join(', ')} ${from})`;
}

function onSession(session: SqlSession): StagingSessions {
  return {
    query: async (text, params, signal) => {
      signal.throwIfAborted();
      return session.query(text, params);
    },
    transaction: async (work, signal) => {
      signal.throwIfAborted();
      await session.query('BEGIN');
      try {
        const value = await work(session);
        signal.throwIfAborted();
        await session.query('COMMIT');
        return value;
      } catch (thrown) {
        await session.query('ROLLBACK').catch(() => undefined);
        throw thrown;
      }
    },
  };
}

function notForCommit(): AppError {
  return new AppError({
    code: 'internal',
    message: 'A rehearsal was asked to write what it rehearses.',
    hint: 'Run the command again with LOG_LEVEL=debug and send us the log.',
  });
}
