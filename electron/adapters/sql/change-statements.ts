import type { ChangesOptions, LoadFile } from '../../engine/database-port.ts';
import {
  changeOf,
  columnsOfFile,
  LIVE_TABLES,
  type LiveColumn,
  type LiveTable,
  sameKey,
  written,
} from './live-tables.ts';
import { earlierFiles, leftBehind, type StagingPlace } from './staging-statements.ts';

/** What of the tables of vectors this session may read; a rehearsal needs neither. */
export interface ReadableVectors {
  /** accession.book_vectors */
  known: boolean;
  /** public.book_embeddings */
  published: boolean;
}

/** By the catalogs: asking after a table in a schema that one may not use is an error. */
export const READABLE_VECTORS = `
SELECT coalesce(bool_or(n.nspname = 'accession'), false) AS known,
  coalesce(bool_or(n.nspname = 'public'), false) AS published
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE (n.nspname, c.relname) IN (('accession', 'book_vectors'), ('public', 'book_embeddings'))
  AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
  AND (n.nspname = 'accession' OR 2 = (SELECT count(*) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attname IN ('vec', 'content_hash') AND NOT a.attisdropped))`;

export const CHANGES_CURSOR = 'accession_changes';

/**
 * A cursor over the rows of the last of these files of one table, in row order, compared as `review` compares them.
 * $1 load. The cursor is read to its end, so what its first rows cost is of no matter.
 */
export function declareChanges(
  table: LiveTable,
  files: readonly LoadFile[],
  place: StagingPlace,
  { books }: ChangesOptions,
  readable: ReadableVectors,
): string {
  const file = files.at(-1);
  const columns = columnsOfFile(table, file?.columns ?? []);
  const { steps, state } = earlierFiles(table, files.slice(0, -1), place);
  const change = changeOf(table, columns, 's', 'l');
  const withBooks = books && table === LIVE_TABLES.books;
  return `DECLARE ${CHANGES_CURSOR} NO SCROLL CURSOR FOR
${steps.length === 0 ? '' : `WITH ${steps.join(',\n')}\n`}SELECT s.row_no AS "row", ${change} AS change,
  CASE WHEN ${change} = 'update' THEN ${changedFields(columns)} END AS fields,
  ${withBooks ? `CASE WHEN ${change} IN ('insert', 'update') THEN ${bookAfter(table, columns, readable)} END` : 'NULL::json'} AS book
FROM ${place.staged(table)} s LEFT JOIN ${state} l ON ${sameKey(table, 's', 'l')}${withBooks ? joinVectors(readable) : ''}
WHERE s.load_id = $1 AND s.file_no = ${file?.fileNo ?? -1} AND s.reject IS NULL
ORDER BY s.row_no`;
}

/** A JSON list of name, text before and text after of each column, null for what does not change. */
function changedFields(columns: readonly LiveColumn[]): string {
  const fields = columns.map((column) => {
    const before = `l.${column.name}`;
    const after = written(column, 's', 'l');
    return `CASE WHEN ${after} IS DISTINCT FROM ${before}
      THEN json_build_array('${column.name}', ${asText(column, before)}, ${asText(column, after)}) END`;
  });
  return `json_build_array(${fields.join(', ')})`;
}

/** Text whatever the server's DateStyle is. */
function asText({ type }: LiveColumn, value: string): string {
  return type === 'date' ? `to_char(${value}, 'YYYY-MM-DD')` : `(${value})::text`;
}

/** The columns of WRITTEN_BOOKS (vector-statements.ts) as they would be, so that both are read alike. */
function bookAfter(table: LiveTable, columns: readonly LiveColumn[], readable: ReadableVectors): string {
  const after = (name: string): string => {
    const column = table.columns.find((each) => each.name === name);
    return column === undefined ? 'NULL' : leftBehind(table, columns, column);
  };
  const texts = [
    'title',
    'author',
    'description',
    'genre',
    'keywords',
    'difficulty_band',
    'publication_year',
  ];
  return `json_build_object('book_id', s.book_id, ${texts.map((name) => `'${name}', ${after(name)}`).join(', ')},
    'reading_level', (${after('reading_level')})::text,
    'text_hash', ${readable.known ? 'v.text_hash' : 'NULL'}, 'model', ${readable.known ? 'v.model' : 'NULL'},
    'is_published', ${readable.published ? 'e.book_id IS NOT NULL' : 'false'},
    'published_hash', ${readable.published ? 'e.content_hash' : 'NULL'},
    'has_vector', ${readable.published ? 'coalesce(e.has_vector, false)' : 'false'})`;
}

/** No vector is read, only whether there is one. */
function joinVectors({ known, published }: ReadableVectors): string {
  return `${known ? '\n  LEFT JOIN accession.book_vectors v ON v.book_id = s.book_id' : ''}${
    published
      ? `\n  LEFT JOIN (SELECT book_id, content_hash, vec IS NOT NULL AS has_vector FROM public.book_embeddings) e
    ON e.book_id = s.book_id`
      : ''
  }`;
}
