import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { PUBLIC_TABLES } from '../sql/public-tables.ts';
import type { SqlSession } from '../sql/session.ts';
import { listed } from './probe-schema.ts';

/** A load reads and writes; undoing one deletes. */
const WRITING = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] as const;
const READING = ['SELECT'] as const;

interface Lack {
  /** Quoted as SQL needs it. */
  object: string;
  privilege: string;
  /** As people say it. */
  table: string;
}

const LACKING_ON_TABLES = `
SELECT format('%I.%I', n.nspname, c.relname) AS object, p.privilege AS privilege,
  CASE n.nspname WHEN 'public' THEN c.relname::text ELSE n.nspname || '.' || c.relname END AS table
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace CROSS JOIN unnest($1::text[]) WITH ORDINALITY AS p(privilege, nth)
WHERE c.relkind IN ('r', 'p')
  AND (n.nspname IN ('accession', 'accession_jobs') OR (n.nspname = 'public' AND c.relname = ANY($2)))
  AND NOT has_table_privilege(c.oid, p.privilege)
ORDER BY n.nspname = 'public' DESC, n.nspname, array_position($2, c.relname::text), c.relname, p.nth`;

const LACKING_ELSEWHERE = `
SELECT format('SCHEMA %I', nspname) AS object, 'USAGE' AS privilege, 'schema ' || nspname AS table
  FROM pg_namespace WHERE nspname IN ('public', 'accession', 'accession_jobs') AND NOT has_schema_privilege(oid, 'USAGE')
UNION ALL
SELECT format('DATABASE %I', current_database()), 'TEMPORARY', 'database ' || current_database()
  WHERE NOT has_database_privilege(current_database(), 'TEMPORARY')`;

export interface Rights {
  /** What this user lacks, as one problem. */
  problem: ProbeProblem | null;
  /** Whether the state of the database can be read at all: asking about a closed schema is an error. */
  stateReadable: boolean;
  catalogReadable: boolean;
}

/** Compares the user's rights with those that Accession needs; asks for none itself. */
export async function examineRights(session: SqlSession, user: string, readOnly: boolean): Promise<Rights> {
  const rights = readOnly ? READING : WRITING;
  const tables = PUBLIC_TABLES.map(({ name }) => name);
  const elsewhere = (await session.query<Lack>(LACKING_ELSEWHERE)).rows;
  const onTables = (await session.query<Lack>(LACKING_ON_TABLES, [rights, tables])).rows;
  const lacks = [...elsewhere, ...onTables];
  const cannotRead = (table: string): boolean =>
    onTables.some((lack) => lack.table === table && lack.privilege === 'SELECT');
  const readable = {
    stateReadable:
      !elsewhere.some(({ privilege }) => privilege === 'USAGE') &&
      !onTables.some(({ table, privilege }) => privilege === 'SELECT' && table.startsWith('accession')),
    catalogReadable: !cannotRead('catalog'),
  };
  if (lacks.length === 0) return { problem: null, ...readable };
  const to = `"${user.replaceAll('"', '""')}"`;
  const byObject = [...Map.groupBy(lacks, ({ object }) => object)];
  const words = byObject.map(
    ([, [first, ...rest]]) =>
      `${first?.table} (${[first, ...rest].map((lack) => lack?.privilege).join(', ')})`,
  );
  const grants = byObject.map(
    ([object, own]) => `GRANT ${own.map(({ privilege }) => privilege).join(', ')} ON ${object} TO ${to};`,
  );
  // Accession's own tables are many; one name stands for them.
  const shown = words.length > 6 ? [...words.slice(0, 5), `${words.length - 5} more`] : words;
  const problem: ProbeProblem = {
    code: 'right-missing',
    message: `The database user "${user}" lacks rights: ${listed(shown)}.`,
    hint: 'Give the SQL that goes with this to whoever looks after the database, then test again.',
    fix: { kind: 'sql', sql: `${grants.join('\n')}\n` },
  };
  return { problem, ...readable };
}
