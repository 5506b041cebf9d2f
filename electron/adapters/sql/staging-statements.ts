import type { LoadFile } from '../../engine/database-port.ts';
import {
  asStored,
  changeOf,
  columnsOfFile,
  firstKey,
  keyOf,
  LIVE_TABLES,
  type LiveColumn,
  type LiveTable,
  sameKey,
  written,
} from './live-tables.ts';

/** Where a load's or a rehearsal's rows are staged, and what they are compared with. */
export interface StagingPlace {
  loadId: string;
  staged(table: LiveTable): string;
  /** A relation with the live table's columns; for a rehearsal it may be a subquery. */
  live(table: LiveTable): string;
}

const { books, students, checkouts } = LIVE_TABLES;

/**
 * These statements join whole tables whose fresh rows the planner has no statistics of; believing them tiny, it
 * would compare each with each. SET LOCAL, in the same transaction.
 */
export const JOIN_BY_HASH = 'SET LOCAL enable_nestloop = off';

/** $1 load, $2 and $3 the files and rows to take out. */
export function removeRows(table: LiveTable, place: StagingPlace): string {
  return `DELETE FROM ${place.staged(table)} s USING unnest($2::int[], $3::int[]) AS ref (file_no, row_no)
WHERE s.load_id = $1 AND s.file_no = ref.file_no AND s.row_no = ref.row_no
RETURNING ${RAW_ROW}`;
}

const RAW_ROW = 's.file_no AS "fileNo", s.row_no AS "row", s.line_no AS line, to_jsonb(s.cells) AS cells';

/** $1 load. */
export function removeMissingReferences(place: StagingPlace): string {
  const staged = (table: LiveTable) =>
    `(SELECT DISTINCT ${firstKey(table)} FROM ${place.staged(table)} WHERE load_id = $1 AND reject IS NULL)`;
  return `WITH missing AS MATERIALIZED (
  SELECT s.file_no, s.row_no,
    ls.student_id IS NULL AND ss.student_id IS NULL AS missing_student,
    lb.book_id IS NULL AND sb.book_id IS NULL AS missing_book
  FROM ${place.staged(checkouts)} s
    LEFT JOIN ${place.live(students)} ls ON ls.student_id = s.student_id
    LEFT JOIN ${staged(students)} ss ON ss.student_id = s.student_id
    LEFT JOIN ${place.live(books)} lb ON lb.book_id = s.book_id
    LEFT JOIN ${staged(books)} sb ON sb.book_id = s.book_id
  WHERE s.load_id = $1 AND s.reject IS NULL
    AND ((ls.student_id IS NULL AND ss.student_id IS NULL) OR (lb.book_id IS NULL AND sb.book_id IS NULL))
)
DELETE FROM ${place.staged(checkouts)} s USING missing m
WHERE s.load_id = $1 AND s.file_no = m.file_no AND s.row_no = m.row_no
RETURNING ${RAW_ROW}, s.student_id AS "studentId", s.book_id AS "bookId",
  m.missing_student AS "missingStudent", m.missing_book AS "missingBook"`;
}

/**
 * What a commit of these files of one table would do, counted per file and change. $1 load. A later file is
 * compared with what the earlier ones would have left, step by step: the same key in two files is inserted once.
 */
export function review(table: LiveTable, files: readonly LoadFile[], place: StagingPlace): string {
  const last = files.at(-1);
  const { steps, state } = earlierFiles(table, files.slice(0, -1), place);
  if (last !== undefined) steps.push(fileStep(table, files.length - 1, last, state, place));
  const counts = files.map(
    ({ fileNo }, step) =>
      `SELECT ${fileNo} AS "fileNo", change, count(*) AS rows FROM file_${step} GROUP BY change`,
  );
  return `WITH ${steps.join(',\n')}\n${counts.join('\nUNION ALL\n')}`;
}

/** Common table expressions that come to what these files would have left of the live table, which is `state`. */
export function earlierFiles(
  table: LiveTable,
  files: readonly LoadFile[],
  place: StagingPlace,
): { steps: string[]; state: string } {
  const steps: string[] = [];
  let state = place.live(table);
  const all = [...table.key, ...table.columns].map(({ name }) => name).join(', ');
  for (const [step, file] of files.entries()) {
    steps.push(fileStep(table, step, file, state, place));
    steps.push(`after_${step} AS (
  SELECT ${all}, content_hash FROM file_${step}
  UNION ALL
  SELECT ${all}, content_hash FROM ${state} l
  WHERE NOT EXISTS (SELECT FROM file_${step} s WHERE ${sameKey(table, 's', 'l')}))`);
    state = `after_${step}`;
  }
  return { steps, state };
}

function fileStep(
  table: LiveTable,
  step: number,
  file: LoadFile,
  state: string,
  place: StagingPlace,
): string {
  const columns = columnsOfFile(table, file.columns);
  return `file_${step} AS (
  SELECT ${keyOf(table, 's')}, ${changeOf(table, columns, 's', 'l')} AS change, s.content_hash, ${table.columns
    .map((column) => `${leftBehind(table, columns, column)} AS ${column.name}`)
    .join(', ')}
  FROM ${place.staged(table)} s LEFT JOIN ${state} l ON ${sameKey(table, 's', 'l')}
  WHERE s.load_id = $1 AND s.file_no = ${file.fileNo} AND s.reject IS NULL)`;
}

/** What the live table would hold of `s` LEFT JOIN `l` in this column once the file's rows were written. */
export function leftBehind(table: LiveTable, fileColumns: readonly LiveColumn[], column: LiveColumn): string {
  const after = fileColumns.includes(column) ? written(column, 's', 'l') : `l.${column.name}`;
  return `CASE WHEN l.${firstKey(table)} IS NULL THEN ${asStored(column, 's')}
    WHEN l.content_hash = s.content_hash THEN l.${column.name} ELSE ${after} END`;
}

/** $1 load. The chunks that still have rows; those known already are left alone. */
export const SEAL_CHUNKS = `
INSERT INTO accession.chunks (load_id, chunk_no, file_no, type, state, row_count, job_id)
SELECT $1::uuid, chunk_no, file_no, type, 'staged', count(*), gen_random_uuid()
FROM (${Object.values(LIVE_TABLES)
  .map(
    ({ type, staged }) =>
      `SELECT '${type}' AS type, file_no, chunk_no FROM accession.${staged} WHERE load_id = $1`,
  )
  .join(' UNION ALL ')}) staged
GROUP BY type, file_no, chunk_no
ON CONFLICT (load_id, chunk_no) DO NOTHING
RETURNING chunk_no, job_id`;
