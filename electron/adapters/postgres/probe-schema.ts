import type { ProbeFix, ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import { PUBLIC_TABLES } from '../sql/public-tables.ts';
import { planSchema } from '../sql/schema-plan.ts';
import type { SchemaState } from '../sql/schema-state.ts';
import type { SqlSession } from '../sql/session.ts';

/** What this user may create, and what the server could offer. */
interface MayCreate {
  extension_available: boolean;
  extension: boolean;
  tables: boolean;
  own_schemas: boolean;
  server_major: string;
}

/**
 * A trusted extension needs CREATE on the database, any other a superuser. An own schema that stands already can be
 * brought up to date by its owner only.
 */
const MAY_CREATE = `
SELECT
  EXISTS (SELECT FROM pg_available_extensions WHERE name = 'vector') AS extension_available,
  superuser OR (create_in_database AND EXISTS (
    SELECT FROM pg_available_extension_versions WHERE name = 'vector' AND trusted)) AS extension,
  superuser OR coalesce(has_schema_privilege(to_regnamespace('public'), 'CREATE'), false) AS tables,
  superuser OR (create_in_database AND NOT EXISTS (
    SELECT FROM pg_namespace WHERE nspname IN ('accession', 'accession_jobs')
      AND NOT pg_has_role(nspowner, 'USAGE'))) AS own_schemas,
  split_part(current_setting('server_version'), '.', 1) AS server_major
FROM (SELECT rolsuper AS superuser, has_database_privilege(current_database(), 'CREATE') AS create_in_database
        FROM pg_roles WHERE rolname = current_user) AS me`;

/** What the database lacks for Accession, each with its mend. `prepareSql` is asked for only where something does. */
export async function schemaProblems(
  session: SqlSession,
  state: SchemaState,
  queueReady: boolean,
  prepareSql: () => Promise<string>,
): Promise<ProbeProblem[]> {
  let steps: string[];
  try {
    steps = planSchema(state).map(({ words }) => words);
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'db.incompatible') throw thrown;
    return [{ code: 'tables-unsuitable', message: thrown.message, hint: thrown.hint, fix: null }];
  }
  if (steps.length === 0 && queueReady) return [];
  const [may] = (await session.query<MayCreate>(MAY_CREATE)).rows;
  if (may === undefined) throw new Error('Postgres does not know the user it has let in.');

  const lacksExtension = state.vectorExtension === null;
  const missing = PUBLIC_TABLES.map(({ name }) => name).filter((name) => !state.tables.has(name));
  if (lacksExtension && !may.extension_available) return [notInstalled(may.server_major)];
  const mayPrepare =
    (!lacksExtension || may.extension) && (missing.length === 0 || may.tables) && may.own_schemas;
  const fix: ProbeFix = { kind: mayPrepare ? 'db-prepare' : 'sql', sql: await prepareSql() };
  const hint = mayPrepare
    ? 'Have Accession create it: "accession db prepare", or the button "Prepare the database".'
    : `The user "${state.user}" may not create it: give the SQL that goes with this to whoever looks after the database.`;

  const problems: ProbeProblem[] = [];
  if (lacksExtension)
    problems.push({
      code: 'extension-missing',
      message: `The database "${state.database}" lacks the extension pgvector, in which the vectors of the books are kept.`,
      hint,
      fix,
    });
  if (missing.length > 0)
    problems.push({
      code: 'table-missing',
      message: `The database "${state.database}" lacks the ${missing.length === 1 ? 'table' : 'tables'} ${listed(missing)}.`,
      hint: `If the recommendation engine is running already, check that this is its database. If it is: ${lowerFirst(hint)}`,
      fix,
    });
  // The rest of the steps: columns of hashes, Accession's own tables, the queue's.
  const rest = steps.length - (lacksExtension ? 1 : 0) - missing.length;
  if (problems.length === 0 && (rest > 0 || !queueReady))
    problems.push({
      code: 'not-prepared',
      message: `The database "${state.database}" has not been prepared for this version of Accession.`,
      hint,
      fix,
    });
  return problems;
}

/** Vectors of one length only fit into the table. */
export function dimensionsProblem(state: SchemaState, dimensions: number | null): ProbeProblem | null {
  const vec = state.tables.get('book_embeddings')?.columns.find(({ name }) => name === 'vec');
  const stored = /^vector\((\d+)\)$/.exec(vec?.type ?? '')?.[1];
  if (dimensions === null || stored === undefined || Number(stored) === dimensions) return null;
  return {
    code: 'dimensions',
    message: `The table book_embeddings holds vectors of ${stored} numbers, but the profile asks for vectors of ${dimensions}.`,
    hint: `Set the dimensions of the embeddings in the profile to ${stored}.`,
    fix: null,
  };
}

function notInstalled(major: string): ProbeProblem {
  return {
    code: 'extension-not-installed',
    message: 'The database server does not have pgvector, in which the vectors of the books are kept.',
    hint: `Ask whoever looks after the server to install pgvector for Postgres ${major} (on Debian: apt install postgresql-${major}-pgvector), then test again.`,
    fix: null,
  };
}

/** students · students and catalog · students, catalog and checkout */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}
