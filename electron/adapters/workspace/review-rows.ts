import type { Change } from '../../../shared/contract/draft-review.ts';
import type { FieldChange } from '../../engine/database-port.ts';
import { REVIEW_CODES, type ReviewedRow, type ReviewRun } from '../../engine/workspace-port.ts';
import type { LoadDatabase, Run } from './load-database.ts';

/** Where a run's number of rows of each change stands, before its codes: counting must not read those. */
const COUNT_COLUMNS: Readonly<Record<Change, string>> = {
  insert: 'inserted',
  update: 'updated',
  unchanged: 'unchanged',
  rejected: 'rejected',
};

const SAVE_RUN = `INSERT INTO review_runs (file_no, first_row, inserted, updated, unchanged, rejected, codes)
  VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET inserted = excluded.inserted, updated = excluded.updated,
  unchanged = excluded.unchanged, rejected = excluded.rejected, codes = excluded.codes`;
const SAVE_UPDATE = `INSERT INTO review_updates VALUES (?, ?, ?)
  ON CONFLICT DO UPDATE SET fields = excluded.fields`;
const RUN_CODES = 'SELECT codes FROM review_runs WHERE file_no = ? AND first_row = ?';
const UPDATES =
  'SELECT row_no, fields FROM review_updates WHERE file_no = ? AND row_no BETWEEN ? AND ? ORDER BY row_no';

export function saveReviewRun(run: Run, fileNo: number, { firstRow, codes, updates }: ReviewRun): void {
  if (codes.length === 0) return;
  const counts = new Uint32Array(256);
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  const count = (change: Change): number => counts[REVIEW_CODES[change]] ?? 0;
  run(
    SAVE_RUN,
    fileNo,
    firstRow,
    count('insert'),
    count('update'),
    count('unchanged'),
    count('rejected'),
    codes,
  );
  for (const { row, fields } of updates) run(SAVE_UPDATE, fileNo, row, packedFields(fields));
}

/** The runs' counts lead to the first one wanted, so that a page costs the same wherever it begins. */
export function reviewRowsOf(
  database: LoadDatabase,
  fileNo: number,
  change: Change,
  { offset, limit }: { offset: number; limit: number },
): ReviewedRow[] {
  const column = COUNT_COLUMNS[change];
  const runs = database.rows(
    `SELECT first_row, ${column} AS n FROM review_runs WHERE file_no = ? AND ${column} > 0 ORDER BY first_row`,
    fileNo,
  );
  const rows: number[] = [];
  let before = 0;
  for (const { first_row: firstRow, n } of runs) {
    if (rows.length >= limit) break;
    const count = Number(n);
    if (before + count > offset) {
      const [run] = database.rows(RUN_CODES, fileNo, Number(firstRow));
      const own = rowsWithCode(run?.codes, Number(firstRow), REVIEW_CODES[change]);
      const from = Math.max(0, offset - before);
      rows.push(...own.slice(from, from + limit - rows.length));
    }
    before += count;
  }
  return change === 'update' ? withFields(database, fileNo, rows) : rows.map((row) => ({ row, fields: [] }));
}

export function clearReview(run: Run): void {
  run('DELETE FROM review_runs');
  run('DELETE FROM review_updates');
}

function rowsWithCode(codes: unknown, firstRow: number, code: number): number[] {
  const rows: number[] = [];
  if (!(codes instanceof Uint8Array)) return rows;
  for (let i = codes.indexOf(code); i !== -1; i = codes.indexOf(code, i + 1)) rows.push(firstRow + i);
  return rows;
}

/** Rows of a page follow each other among the updates, so what lies between its ends is the page. */
function withFields(database: LoadDatabase, fileNo: number, rows: readonly number[]): ReviewedRow[] {
  const first = rows[0];
  const last = rows.at(-1);
  if (first === undefined || last === undefined) return [];
  return database.rows(UPDATES, fileNo, first, last).map((row) => ({
    row: Number(row.row_no),
    fields: fieldsOf(String(row.fields)),
  }));
}

/** Three texts for each field: a hundred thousand updates repeat no names. */
function packedFields(fields: readonly FieldChange[]): string {
  return JSON.stringify(fields.flatMap(({ column, before, after }) => [column, before, after]));
}

function fieldsOf(packed: string): FieldChange[] {
  const texts = JSON.parse(packed) as (string | null)[];
  const fields: FieldChange[] = [];
  for (let at = 0; at < texts.length; at += 3)
    fields.push({
      column: texts[at] ?? '',
      before: texts[at + 1] ?? null,
      after: texts[at + 2] ?? null,
    });
  return fields;
}
