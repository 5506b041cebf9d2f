import { randomBytes } from 'node:crypto';
import { createPostgresConnection } from '../../electron/adapters/postgres/postgres-connection.ts';
import { createRehearsal } from '../../electron/adapters/sql/rehearsal.ts';
import type { Database } from '../../electron/engine/database-port.ts';
import { NEVER, type OpenDatabase } from './database-harness.ts';

/** Does `work` as a user that has no right but SELECT on the three loaded tables, and TEMP. On a server only. */
export async function asReadingUser(
  { connection, url }: OpenDatabase,
  work: (reading: Pick<Database, 'rehearsal'>) => Promise<void>,
): Promise<void> {
  const role = `reading_${randomBytes(4).toString('hex')}`;
  await connection.script(
    `CREATE ROLE ${role} LOGIN PASSWORD 'reader';
     GRANT SELECT ON public.catalog, public.students, public.checkout TO ${role}`,
    NEVER,
  );
  const own = new URL(url ?? '');
  own.username = role;
  own.password = 'reader';
  const reading = createPostgresConnection({
    url: own.toString(),
    poolSize: 1,
    applicationName: 'accession-test',
  });
  try {
    await work({ rehearsal: (files, signal) => createRehearsal(reading, files, signal) });
  } finally {
    await reading.close();
    await connection.script(`DROP OWNED BY ${role}; DROP ROLE ${role}`, NEVER);
  }
}
