import { AppError } from '../../../shared/errors.ts';
import type { SchemaPort, SchemaReport } from '../../engine/database-port.ts';
import { PUBLIC_TABLES } from './public-tables.ts';
import { CREATE_EXTENSION, planSchema, type SchemaStep } from './schema-plan.ts';
import { readSchemaState, type SchemaState } from './schema-state.ts';
import type { ChunkJobs, SqlConnection, SqlSession } from './session.ts';

/** Any number of our own; two `prepare`s at once take turns by it ("acces" in ASCII). */
const PREPARE_LOCK = 0x61_63_63_65_73;

const QUEUE_WORDS = "install or update the job queue's own schema";

export function createSchema(connection: SqlConnection, jobs: ChunkJobs): SchemaPort {
  return {
    /** Throws AppError `db.incompatible` where a table stands in a form that Accession cannot use. */
    async inspect(signal): Promise<SchemaReport> {
      return connection.transaction(async (session) => {
        const state = await readSchemaState(session);
        const steps = planSchema(state);
        const queueReady = await jobs.ready(session);
        return {
          server: state.server,
          vectorExtension: state.vectorExtension,
          missing: [...steps.map(({ words }) => words), ...(queueReady ? [] : [QUEUE_WORDS])],
          annIndex: state.annIndex,
          catalogBooks: state.tables.has('catalog') ? await countBooks(session) : null,
        };
      }, signal);
    },

    async prepare(signal) {
      const done = await connection.transaction(async (session) => {
        await session.query('SELECT pg_advisory_xact_lock($1)', [PREPARE_LOCK]);
        // Read under the lock: another one may just have done it all.
        const steps = planSchema(await readSchemaState(session));
        for (const step of steps) await take(session, step);
        return steps.map(({ words }) => words);
      }, signal);
      // The queue has its own lock and transaction, and could not share ours within PGlite's single session.
      const queueReady = await connection.transaction((session) => jobs.ready(session), signal);
      if (!queueReady) {
        await jobs.prepare(signal);
        done.push(QUEUE_WORDS);
      }
      return { done };
    },

    async prepareSql(signal) {
      return connection.transaction(async (session) => {
        const state = await readSchemaState(session);
        const steps = planSchema(state);
        const queueReady = await jobs.ready(session);
        if (steps.length === 0 && queueReady) return '-- Nothing to do: the database is ready.\n';
        const parts = steps.map(({ words, statements }) => `-- ${words}\n${statements.join('\n')}`);
        if (!queueReady) parts.push(`-- ${QUEUE_WORDS}\n${jobs.prepareSql()}`);
        return `${HEADER}\n\n${[...parts, grants(state)].join('\n\n')}\n`;
      }, signal);
    },
  };
}

async function countBooks(session: SqlSession): Promise<number> {
  const { rows } = await session.query<{ books: number }>('SELECT count(*) AS books FROM public.catalog');
  return rows[0]?.books ?? 0;
}

async function take(session: SqlSession, step: SchemaStep): Promise<void> {
  try {
    for (const statement of step.statements) await session.query(statement);
  } catch (thrown) {
    if (step !== CREATE_EXTENSION || !(thrown instanceof AppError) || thrown.code !== 'db.permission')
      throw thrown;
    throw new AppError({
      code: 'db.missing-extension',
      message: 'The database lacks the pgvector extension, and this user may not install it.',
      hint: 'Ask whoever looks after the database to run, as its owner or a superuser: CREATE EXTENSION vector;',
      cause: thrown,
    });
  }
}

const HEADER = `-- What Accession needs in this database. Run it once, as a user who may create schemas and extensions
-- here. It was written for the state the database is in now.`;

/** Who runs the script owns what it makes; the user that Accession connects as must be let in. */
function grants({ user, database }: SchemaState): string {
  const to = `"${user.replaceAll('"', '""')}"`;
  const own = ['accession', 'accession_jobs'].flatMap((schema) => [
    `GRANT USAGE ON SCHEMA ${schema} TO ${to};`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${to};`,
    `GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${to};`,
  ]);
  const tables = PUBLIC_TABLES.map(({ name }) => `public.${name}`).join(', ');
  return [
    `-- let the user of Accession in`,
    ...own,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${tables} TO ${to};`,
    `GRANT TEMPORARY ON DATABASE "${database.replaceAll('"', '""')}" TO ${to};`,
  ].join('\n');
}
