import {
  asStored,
  changeOf,
  keyOf,
  LIVE_TABLES,
  type LiveColumn,
  type LiveTable,
  sameKey,
} from './live-tables.ts';

/** $1 load, $2 file, $3 chunk. */
const STAGED_HERE = 's.load_id = $1 AND s.file_no = $2 AND s.chunk_no = $3 AND s.reject IS NULL';

/** $1 load, $2 chunks, $3 their generations, $4 states. The rows stay locked, so that no lease can change hands before the end. */
export const FENCE = `
SELECT c.chunk_no, c.job_id
FROM accession.chunks c JOIN unnest($2::int[], $3::bigint[]) AS held (chunk_no, generation)
  ON c.chunk_no = held.chunk_no AND c.lease_generation = held.generation
WHERE c.load_id = $1 AND c.state = ANY($4)
ORDER BY c.chunk_no FOR UPDATE OF c`;

/**
 * Locks what may change, in key order, so that two commits cannot wait for each other. A statement of its own:
 * the next one then reads the rows as they are under the lock, and so do its before-images.
 */
export function lockRows(table: LiveTable): string {
  return `SELECT count(*) FROM (
  SELECT FROM ${table.live} l JOIN accession.${table.staged} s ON ${sameKey(table, 's', 'l')}
  WHERE ${STAGED_HERE} AND l.content_hash IS DISTINCT FROM s.content_hash
  ORDER BY ${keyOf(table, 'l')} FOR NO KEY UPDATE OF l
) locked`;
}

/**
 * Writes one chunk and its history, and counts it. An `appeared` row was there although it had no before-image:
 * somebody else inserted it meanwhile, and the transaction must begin again. (`xmax` of a row is 0 exactly when
 * this statement inserted it.)
 */
export function writeRows(table: LiveTable, fileColumns: readonly LiveColumn[]): string {
  const key = table.key.map(({ name }) => name);
  const all = [...key, ...table.columns.map(({ name }) => name), 'content_hash'].join(', ');
  const values = [...key.map((name) => `s.${name}`), ...table.columns.map((column) => asStored(column, 's'))];
  const updates = fileColumns.map(({ name, rule }) =>
    rule === 'keep' ? `${name} = coalesce(EXCLUDED.${name}, l.${name})` : `${name} = EXCLUDED.${name}`,
  );
  return `WITH classified AS MATERIALIZED (
  SELECT s.*, ${changeOf(table, fileColumns, 's', 'l')} AS change,
    CASE WHEN l.content_hash = s.content_hash OR l.${key[0]} IS NULL THEN NULL ELSE to_jsonb(l) END AS before
  FROM accession.${table.staged} s LEFT JOIN ${table.live} l ON ${sameKey(table, 's', 'l')}
  WHERE ${STAGED_HERE}
), history AS (
  INSERT INTO accession.row_history (load_id, chunk_no, type, key, change, before)
  SELECT s.load_id, s.chunk_no, '${table.type}', ${keyArray(table, 's')}, s.change, s.before
  FROM classified s WHERE s.change <> 'same'
), hashed AS (
  UPDATE ${table.live} l SET content_hash = s.content_hash
  FROM classified s WHERE s.change = 'hash' AND ${sameKey(table, 's', 'l')}
), written AS (
  INSERT INTO ${table.live} AS l (${all})
  SELECT ${values.join(', ')}, s.content_hash FROM classified s
  WHERE s.change IN ('insert', 'update') ORDER BY ${keyOf(table, 's')}
  ON CONFLICT (${key.join(', ')}) DO UPDATE SET ${[...updates, 'content_hash = EXCLUDED.content_hash'].join(', ')}
  RETURNING xmax = 0 AS is_new
)
SELECT count(*) FILTER (WHERE change = 'insert') AS inserted,
  count(*) FILTER (WHERE change = 'update') AS updated,
  count(*) FILTER (WHERE change IN ('same', 'hash')) AS unchanged,
  count(*) FILTER (WHERE change = 'insert') - (SELECT count(*) FROM written WHERE is_new) AS appeared
FROM classified`;
}

/** A history key: text whatever the server's DateStyle is. */
function keyArray(table: LiveTable, alias: string): string {
  const parts = table.key.map(({ name, type }) =>
    type === 'date' ? `to_char(${alias}.${name}, 'YYYY-MM-DD')` : `${alias}.${name}`,
  );
  return `ARRAY[${parts.join(', ')}]`;
}

/** Checkouts whose book or student is not in the database now. */
export const MISSING_REFERENCES = `
SELECT * FROM (
  SELECT s.row_no, s.student_id, s.book_id,
    NOT EXISTS (SELECT FROM ${LIVE_TABLES.students.live} l WHERE l.student_id = s.student_id) AS missing_student,
    NOT EXISTS (SELECT FROM ${LIVE_TABLES.books.live} l WHERE l.book_id = s.book_id) AS missing_book
  FROM accession.${LIVE_TABLES.checkouts.staged} s WHERE ${STAGED_HERE}
) looked_up
WHERE missing_student OR missing_book ORDER BY row_no`;

/** $1 load, $2 file, $3 rows, $4 their issues as JSON text. */
export function rejectRows(table: LiveTable): string {
  return `UPDATE accession.${table.staged} s SET reject = rejected.issues::jsonb
FROM unnest($3::int[], $4::text[]) AS rejected (row_no, issues)
WHERE s.load_id = $1 AND s.file_no = $2 AND s.row_no = rejected.row_no`;
}

/** $1 load, $2 chunk, $3 state, $4–$7 counts, $8 the next job. */
export const FINISH_CHUNK = `
UPDATE accession.chunks
SET state = $3, inserted = $4, updated = $5, unchanged = $6, rejected = $7, job_id = $8,
  lease_owner = NULL, lease_until = NULL
WHERE load_id = $1 AND chunk_no = $2`;

/** $1 load, $2 the page's last row, $3 file, $4 rows of a page. */
export const REJECTED_PAGE = `
SELECT row_no, line_no, to_jsonb(cells) AS cells, reject
FROM (${Object.values(LIVE_TABLES)
  .map(
    ({ staged }) => `SELECT row_no, line_no, cells, reject FROM accession.${staged}
  WHERE load_id = $1 AND file_no = $3 AND row_no > $2 AND reject IS NOT NULL`,
  )
  .join(' UNION ALL ')}) rejected
ORDER BY row_no LIMIT $4`;

/** $1 load. A student of two files counts once, and as inserted if either file did that. */
export const STUDENT_COUNTS = `
SELECT count(*) FILTER (WHERE is_new) AS inserted, count(*) FILTER (WHERE NOT is_new) AS updated
FROM (
  SELECT bool_or(change = 'insert') AS is_new FROM accession.row_history
  WHERE load_id = $1 AND type = 'students' AND change IN ('insert', 'update') GROUP BY key
) student`;

/** $1 load, $2 file, $3 chunk, $4 its new second half, $5 rows the first half keeps. */
export function moveSecondHalf(table: LiveTable): string {
  return `UPDATE accession.${table.staged} s SET chunk_no = $4
FROM (SELECT row_no FROM accession.${table.staged} s WHERE ${STAGED_HERE} ORDER BY row_no OFFSET $5) half
WHERE ${STAGED_HERE} AND s.row_no = half.row_no`;
}

export function countStaged(table: LiveTable): string {
  return `SELECT count(*) AS rows FROM accession.${table.staged} s WHERE ${STAGED_HERE}`;
}
