import { PUBLIC_TABLES } from './public-tables.ts';
import type { SqlSession } from './session.ts';

/** What stands in the database now, as the catalog of Postgres tells it; reading it needs no right. */
export interface SchemaState {
  /** The server's name and version, e.g. "PostgreSQL 18.4". */
  server: string;
  user: string;
  database: string;
  vectorExtension: string | null;
  tables: ReadonlyMap<string, TableState>;
  annIndex: boolean;
  migrations: ReadonlySet<number>;
}

export interface TableState {
  /** In the order in which an INSERT without column names fills them. */
  columns: readonly { name: string; type: string }[];
  /** Column lists of the unique indexes that ON CONFLICT can use, each sorted by name. */
  uniqueKeys: readonly string[];
}

const SERVER = `
SELECT current_setting('server_version') AS version, current_user::text AS user, current_database()::text AS database,
  (SELECT extversion FROM pg_extension WHERE extname = 'vector') AS extension`;

const COLUMNS = `
SELECT c.relname::text AS table, a.attname::text AS name, format_type(a.atttypid, a.atttypmod) AS type
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1) AND c.relkind IN ('r', 'p')
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum`;

const UNIQUE_KEYS = `
SELECT c.relname::text AS table, string_agg(a.attname::text, ',' ORDER BY a.attname) AS columns
FROM pg_index i
  JOIN pg_class c ON c.oid = i.indrelid
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY(i.indkey)
WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY($1)
  AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
GROUP BY c.relname, i.indexrelid`;

// Both of pgvector's index methods make each new vector search for its neighbours first.
const ANN_INDEX = `
SELECT EXISTS (
  SELECT FROM pg_index i
    JOIN pg_class ix ON ix.oid = i.indexrelid
    JOIN pg_am am ON am.oid = ix.relam
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)
  WHERE i.indrelid = to_regclass('public.book_embeddings') AND am.amname IN ('hnsw', 'ivfflat') AND a.attname = 'vec'
) AS found`;

export async function readSchemaState(session: SqlSession): Promise<SchemaState> {
  const names = PUBLIC_TABLES.map(({ name }) => name);
  const server = await session.query<{
    version: string;
    user: string;
    database: string;
    extension: string | null;
  }>(SERVER);
  const columns = await session.query<{ table: string; name: string; type: string }>(COLUMNS, [names]);
  const keys = await session.query<{ table: string; columns: string }>(UNIQUE_KEYS, [names]);
  const ann = await session.query<{ found: boolean }>(ANN_INDEX);
  const [first] = server.rows;
  const found = new Set(columns.rows.map(({ table }) => table));
  return {
    server: `PostgreSQL ${first?.version.split(' ')[0] ?? ''}`,
    user: first?.user ?? '',
    database: first?.database ?? '',
    vectorExtension: first?.extension ?? null,
    tables: new Map(
      [...found].map((name) => [
        name,
        {
          columns: columns.rows.filter(({ table }) => table === name),
          uniqueKeys: keys.rows.filter(({ table }) => table === name).map((key) => key.columns),
        },
      ]),
    ),
    annIndex: ann.rows[0]?.found ?? false,
    migrations: await appliedMigrations(session),
  };
}

async function appliedMigrations(session: SqlSession): Promise<ReadonlySet<number>> {
  const table = await session.query<{ found: boolean }>(
    `SELECT to_regclass('accession.migrations') IS NOT NULL AS found`,
  );
  if (table.rows[0]?.found !== true) return new Set();
  const applied = await session.query<{ version: number }>('SELECT version FROM accession.migrations');
  return new Set(applied.rows.map(({ version }) => version));
}
