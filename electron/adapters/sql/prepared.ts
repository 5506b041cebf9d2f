import { AppError } from '../../../shared/errors.ts';
import { LATEST_MIGRATION } from './migrations/migrations.ts';
import type { SqlConnection } from './session.ts';

/** Throws AppError `db.not-prepared` where Accession's own tables are missing or older than this code needs. */
export async function ensurePrepared(connection: SqlConnection, signal: AbortSignal): Promise<void> {
  const version = await connection
    .query<{ version: number | null }>('SELECT max(version) AS version FROM accession.migrations', [], signal)
    .then(({ rows }) => rows[0]?.version ?? 0)
    .catch((thrown: unknown) => {
      if (thrown instanceof AppError && thrown.code === 'db.missing-table') return 0;
      throw thrown;
    });
  if (version >= LATEST_MIGRATION) return;
  throw new AppError({
    code: 'db.not-prepared',
    message:
      version === 0
        ? 'The database has not been prepared for Accession yet.'
        : 'The database was prepared for an older version of Accession.',
    hint: 'Run "accession db prepare", or give the output of "accession db prepare --print" to whoever looks after the database.',
  });
}

/** The connection, looked at before its first use; once found in order it is not looked at again. */
export function onlyPrepared(connection: SqlConnection): SqlConnection {
  let prepared = false;
  const check = async (signal: AbortSignal): Promise<void> => {
    if (prepared) return;
    await ensurePrepared(connection, signal);
    prepared = true;
  };
  return {
    query: async (text, params, signal) => {
      await check(signal);
      return connection.query(text, params, signal);
    },
    transaction: async (work, signal) => {
      await check(signal);
      return connection.transaction(work, signal);
    },
    reserve: async (signal) => {
      await check(signal);
      return connection.reserve(signal);
    },
    script: async (sql, signal) => {
      await check(signal);
      return connection.script(sql, signal);
    },
    close: () => connection.close(),
  };
}
