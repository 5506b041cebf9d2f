import { AppError } from '../../../shared/errors.ts';
import { MIGRATIONS, MIGRATIONS_TABLE, migrationBlock } from './migrations/migrations.ts';
import { FITTING_TYPES, PUBLIC_TABLES, type PublicTable } from './public-tables.ts';
import type { SchemaState, TableState } from './schema-state.ts';

export interface SchemaStep {
  /** What it does, in plain words. */
  words: string;
  /** One or more statements, each ended by a semicolon at the end of a line. */
  statements: readonly string[];
}

/**
 * What is to be done, in order; nothing where the database is ready. Throws AppError `db.incompatible` with every
 * problem where a table of the recommendation engine stands there in a form that we may not change.
 */
export function planSchema(state: SchemaState): SchemaStep[] {
  const steps: SchemaStep[] = [];
  const problems: string[] = [];
  if (state.vectorExtension === null) steps.push(CREATE_EXTENSION);
  for (const table of PUBLIC_TABLES) {
    const found = state.tables.get(table.name);
    if (found === undefined)
      steps.push({ words: `create the table ${table.name}`, statements: table.create });
    else {
      problems.push(...problemsOf(table, found));
      if (!has(found, 'content_hash')) steps.push(addContentHash(table.name));
    }
  }
  if (problems.length > 0) throw incompatible(problems);
  const pending = MIGRATIONS.filter(({ version }) => !state.migrations.has(version));
  if (pending.length > 0) {
    steps.push({
      words: `create or update Accession's own tables (schema accession, to version ${pending.at(-1)?.version})`,
      statements: [...statementsOf(MIGRATIONS_TABLE), ...pending.map(migrationBlock)],
    });
  }
  return steps;
}

export const CREATE_EXTENSION: SchemaStep = {
  words: 'install the extension pgvector',
  statements: ['CREATE EXTENSION IF NOT EXISTS vector;'],
};

function addContentHash(table: string): SchemaStep {
  return {
    words: `add the column content_hash to the table ${table}`,
    statements: [`ALTER TABLE public.${table} ADD COLUMN IF NOT EXISTS content_hash text;`],
  };
}

const statementsOf = (sql: string): string[] => sql.split(/(?<=;)\n/);

function has(table: TableState, column: string): boolean {
  return table.columns.some(({ name }) => name === column);
}

function problemsOf(table: PublicTable, found: TableState): string[] {
  const problems: string[] = [];
  for (const { name, kind } of table.columns) {
    const type = found.columns.find((column) => column.name === name)?.type;
    if (type === undefined) {
      if (name !== 'content_hash') problems.push(`${table.name} has no column ${name}`);
    } else if (!FITTING_TYPES[kind].test(type)) {
      problems.push(`${table.name}.${name} is ${type}, where ${kind} is needed`);
    }
  }
  if (!found.uniqueKeys.includes([...table.key].sort().join(','))) {
    problems.push(`${table.name} has no primary key over ${table.key.join(', ')}`);
  }
  if (table.name === 'students' && !has(found, 'content_hash')) {
    // Other services insert into students by position: a new column may only become the seventh.
    const before = table.columns.slice(0, 6).map(({ name }) => name);
    if (found.columns.map(({ name }) => name).join() !== before.join()) {
      problems.push(
        'students needs a column content_hash (text) as its seventh, which cannot be added while there are other columns than the first six',
      );
    }
  }
  return problems;
}

function incompatible(problems: readonly string[]): AppError {
  return new AppError({
    code: 'db.incompatible',
    message: `The database has tables that Accession can neither use nor may change: ${problems.join('; ')}.`,
    hint: 'Check that the address names the right database; if it does, ask whoever looks after it to change these tables, or to copy them into new ones of the expected form.',
  });
}
