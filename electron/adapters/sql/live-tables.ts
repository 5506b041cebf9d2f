import type { RecordType } from '../../../shared/records/types.ts';

/** A column of a live table that a file can fill. */
export interface LiveColumn {
  name: string;
  /** Its type in staging, where numbers are not rounded yet. */
  type: 'text' | 'int' | 'numeric' | 'date';
  /** What the live column rounds to, where it does. */
  rounded: string | null;
  /** `keep`: the stored value stays where the file has none (enrichment fills these downstream). */
  rule: 'take' | 'keep';
}

/** One of the three tables that files are loaded into, as every statement about it needs it. */
export interface LiveTable {
  type: RecordType;
  live: string;
  staged: string;
  key: readonly { name: string; type: 'text' | 'date' }[];
  columns: readonly LiveColumn[];
}

function column(
  name: string,
  type: LiveColumn['type'],
  rule: LiveColumn['rule'] = 'take',
  rounded: string | null = null,
): LiveColumn {
  return { name, type, rule, rounded };
}

export const LIVE_TABLES: Readonly<Record<RecordType, LiveTable>> = {
  books: {
    type: 'books',
    live: 'public.catalog',
    staged: 'staged_books',
    key: [{ name: 'book_id', type: 'text' }],
    columns: [
      column('isbn', 'text'),
      column('title', 'text'),
      column('author', 'text'),
      column('genre', 'text'),
      column('keywords', 'text'),
      column('description', 'text'),
      column('page_count', 'int', 'keep'),
      column('publication_year', 'int', 'keep'),
      column('difficulty_band', 'text', 'keep'),
      column('reading_level', 'numeric', 'keep', 'numeric(4,2)'),
      column('average_rating', 'numeric', 'take', 'numeric(3,2)'),
    ],
  },
  students: {
    type: 'students',
    live: 'public.students',
    staged: 'staged_students',
    key: [{ name: 'student_id', type: 'text' }],
    columns: [
      column('grade_level', 'int'),
      column('age', 'int'),
      column('homeroom_teacher', 'text'),
      column('prior_year_reading_score', 'int'),
      column('lunch_period', 'text'),
    ],
  },
  checkouts: {
    type: 'checkouts',
    live: 'public.checkout',
    staged: 'staged_checkouts',
    key: [
      { name: 'student_id', type: 'text' },
      { name: 'book_id', type: 'text' },
      { name: 'checkout_date', type: 'date' },
    ],
    columns: [column('return_date', 'date'), column('student_rating', 'int'), column('checkout_id', 'text')],
  },
};

/** The columns a file has; the others are left alone where the row exists. */
export function columnsOfFile(table: LiveTable, fileColumns: readonly string[]): readonly LiveColumn[] {
  return table.columns.filter(({ name }) => fileColumns.includes(name));
}

/** `a.key = b.key`, part by part. */
export function sameKey(table: LiveTable, a: string, b: string): string {
  return table.key.map(({ name }) => `${a}.${name} = ${b}.${name}`).join(' AND ');
}

/** The key's columns of `alias`, for a select list or an ORDER BY. */
export function keyOf(table: LiveTable, alias: string): string {
  return table.key.map(({ name }) => `${alias}.${name}`).join(', ');
}

/** The staged value as the live column would hold it. */
export function asStored({ name, rounded }: LiveColumn, staged: string): string {
  return rounded === null ? `${staged}.${name}` : `${staged}.${name}::${rounded}`;
}

/** What the live column holds after the staged row has been written over it. */
export function written(column: LiveColumn, staged: string, live: string): string {
  const value = asStored(column, staged);
  return column.rule === 'keep' ? `coalesce(${value}, ${live}.${column.name})` : value;
}

/**
 * What writing a staged row means, for `s` LEFT JOIN `l` on the key: `insert`, `update`, `hash` (only the hash
 * differs) or `same`. Review and commit both use it, so that they cannot disagree.
 */
export function changeOf(table: LiveTable, columns: readonly LiveColumn[], s: string, l: string): string {
  const after = columns.map((column) => written(column, s, l)).join(', ');
  const before = columns.map(({ name }) => `${l}.${name}`).join(', ');
  const differs = columns.length === 0 ? 'false' : `ROW(${after}) IS DISTINCT FROM ROW(${before})`;
  return `CASE WHEN ${l}.${firstKey(table)} IS NULL THEN 'insert'
    WHEN ${l}.content_hash = ${s}.content_hash THEN 'same'
    WHEN ${differs} THEN 'update' ELSE 'hash' END`;
}

/** NULL exactly where an outer join found no row. */
export function firstKey(table: LiveTable): string {
  return table.key[0]?.name ?? '';
}
