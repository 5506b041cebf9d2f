import { MIGRATION_001, stagingTables } from './001-ledger.ts';

export interface Migration {
  version: number;
  name: string;
  /** Statements of schema `accession`; free of `$accession$`, since they run inside a DO block quoted so. */
  sql: string;
}

const STAGED_TABLES = ['staged_books', 'staged_students', 'staged_checkouts'] as const;

/** In order. One that has been released is never edited. */
export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'ledger',
    sql: `${MIGRATION_001}
${stagingTables((name) => `CREATE TABLE accession.${name}`)}
${STAGED_TABLES.map((name) => `CREATE INDEX ${name}_chunk ON accession.${name} (load_id, chunk_no);`).join('\n')}
`,
  },
];

export const LATEST_MIGRATION = Math.max(...MIGRATIONS.map(({ version }) => version));

/** The table of migrations itself; may be run again and again. */
export const MIGRATIONS_TABLE = `CREATE SCHEMA IF NOT EXISTS accession;
CREATE TABLE IF NOT EXISTS accession.migrations (
  version int PRIMARY KEY,
  name text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);`;

/** One statement that applies the migration unless it has been applied: the same for us and for a DBA's hands. */
export function migrationBlock({ version, name, sql }: Migration): string {
  return `DO $accession$
BEGIN
IF NOT EXISTS (SELECT FROM accession.migrations WHERE version = ${version}) THEN
${sql.trim()}
INSERT INTO accession.migrations (version, name) VALUES (${version}, '${name}');
END IF;
END
$accession$;`;
}
