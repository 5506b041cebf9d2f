import type { Database } from '../../engine/database-port.ts';
import { LIVE_TABLES } from './live-tables.ts';
import type { SqlConnection } from './session.ts';

const TABLE_EXISTS = 'SELECT to_regclass($1) IS NOT NULL AS present';

/**
 * Which ids a live table has. Needs SELECT on it only, so that it also works where nobody has prepared the
 * database; a table that is missing has no ids.
 */
export function createKnownIds(connection: SqlConnection): Database['knownIds'] {
  return async (type, ids, signal) => {
    const table = LIVE_TABLES[type];
    const key = table.key[0]?.name ?? '';
    const { rows: tables } = await connection.query<{ present: boolean }>(TABLE_EXISTS, [table.live], signal);
    if (tables[0]?.present !== true) return new Set();
    const { rows } = await connection.query<{ id: string }>(
      `SELECT ${key} AS id FROM ${table.live} WHERE ${key} = ANY($1::text[])`,
      [ids],
      signal,
    );
    return new Set(rows.map(({ id }) => id));
  };
}
