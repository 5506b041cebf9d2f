import { pythonJson } from '../../../shared/records/python-json.ts';
import type { CheckedRow } from '../../../shared/records/types.ts';
import type { LiveTable } from './live-tables.ts';

/** Inserts one chunk. $1 load, $2 file, $3 chunk, then one array per column as `stagedArrays` makes them. */
export function insertStaged(table: LiveTable, staged: string): string {
  const columns = [
    { name: 'row_no', type: 'int' },
    { name: 'line_no', type: 'int' },
    { name: 'cells', type: 'text' },
    { name: 'content_hash', type: 'text' },
    ...table.key,
    ...table.columns,
  ];
  const names = columns.map(({ name }) => name);
  const arrays = columns.map(({ type }, index) => `$${index + 4}::${type}[]`);
  // A call whose answer was lost is repeated: its rows stand already.
  return `INSERT INTO ${staged} (load_id, file_no, chunk_no, ${names.join(', ')})
SELECT $1::uuid, $2::int, $3::int, ${names.map((name) => (name === 'cells' ? 'cells::text[]' : name)).join(', ')}
FROM unnest(${arrays.join(', ')}) AS fresh (${names.join(', ')})
ON CONFLICT (load_id, file_no, row_no) DO NOTHING`;
}

/** The rows turned into one array per column, in the order of `insertStaged`. */
export function stagedArrays(table: LiveTable, rows: readonly CheckedRow[]): unknown[][] {
  return [
    rows.map(({ row }) => row),
    rows.map(({ line }) => line),
    // unnest would flatten an array of arrays, so each row's cells travel as the text of an array.
    rows.map(({ cells }) => arrayText(cells)),
    rows.map(({ contentHash }) => contentHash),
    ...[...table.key, ...table.columns].map(({ name }) =>
      rows.map(({ record }) => stagedValue(name, record)),
    ),
  ];
}

function stagedValue(name: string, record: object): unknown {
  const value: unknown = Reflect.get(record, name);
  // Lists are stored as Python's json.dumps prints them, which other services read and compare.
  if (Array.isArray(value)) return pythonJson(value);
  // Blank counts as none for the only text column that keeps what is stored.
  if (name === 'difficulty_band' && value === '') return null;
  return value ?? null;
}

/** Postgres' text form of a text[] (https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO). */
function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}
