import type { Database } from '../../engine/database-port.ts';
import { createCommits } from './commits.ts';
import { createKnownIds } from './known-ids.ts';
import { createLedger } from './ledger.ts';
import { createOutbox } from './outbox.ts';
import { onlyPrepared } from './prepared.ts';
import { createRehearsal } from './rehearsal.ts';
import { createSchema } from './schema.ts';
import type { ChunkJobs, SqlConnection } from './session.ts';
import { createStaging } from './staging.ts';
import { createVectors } from './vectors.ts';

export interface SqlDatabaseParts {
  connection: SqlConnection;
  jobs: ChunkJobs;
}

/** The Database port over any Postgres. Closing it closes the connection. */
export function createSqlDatabase({ connection, jobs }: SqlDatabaseParts): Database {
  const prepared = onlyPrepared(connection);
  return {
    schema: createSchema(connection, jobs),
    ledger: createLedger(prepared),
    commits: createCommits(prepared, jobs),
    vectors: createVectors(prepared, jobs),
    outbox: createOutbox(prepared),
    staging: (loadId, files) => createStaging(prepared, jobs, loadId, files),
    // Runs on a database that nobody has prepared, too: it needs the TEMP right only.
    rehearsal: (files, signal) => createRehearsal(connection, files, signal),
    knownIds: createKnownIds(connection),
    close: () => connection.close(),
  };
}
