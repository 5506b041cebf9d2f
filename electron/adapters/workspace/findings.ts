import { shownValue } from '../../../shared/records/issue-value.ts';
import type { RowIssue } from '../../../shared/records/types.ts';
import type { FileFindings, IssueCount, IssueKind, IssuePage } from '../../engine/workspace-port.ts';
import { type LoadDatabase, type Run, type SqlValue, WHOLE_ROW } from './load-database.ts';

const ADD_ISSUE = `INSERT OR IGNORE INTO issues (file_no, row_no, line_no, column_name, code, severity, value, message, label, suggested)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ISSUE_COUNTS = `SELECT code, column_name, severity, count(*) AS n FROM issues
  WHERE file_no = ? GROUP BY code, column_name, severity ORDER BY n DESC, code, column_name`;
const ROWS_WITH_ERRORS = `SELECT DISTINCT row_no FROM issues
  WHERE file_no = ? AND severity = 'error' AND row_no > ? ORDER BY row_no LIMIT ?`;

export function addIssues(
  database: LoadDatabase,
  run: Run,
  fileNo: number,
  issues: readonly RowIssue[],
): void {
  for (const issue of issues)
    run(
      ADD_ISSUE,
      fileNo,
      issue.row,
      issue.line,
      issue.column ?? WHOLE_ROW,
      issue.code,
      issue.severity,
      // SQLite takes no half characters.
      issue.value === null ? null : shownValue(issue.value).toWellFormed(),
      database.textId(issue.message),
      issue.suggestion === null ? null : database.textId(issue.suggestion.label),
      issue.suggestion?.value ?? null,
    );
}

export function clearFindings(run: Run, fileNo: number): void {
  run('DELETE FROM issues WHERE file_no = ?', fileNo);
  run('DELETE FROM facts WHERE file_no = ?', fileNo);
  run(`UPDATE files SET state = 'opened' WHERE file_no = ?`, fileNo);
}

export function replaceFindings(
  database: LoadDatabase,
  run: Run,
  { fileNo, replaced, issues, facts }: FileFindings,
): void {
  for (const { rows, codes } of replaced)
    for (const row of rows) {
      if (codes === null) run('DELETE FROM issues WHERE file_no = ? AND row_no = ?', fileNo, row);
      else
        for (const code of codes)
          run('DELETE FROM issues WHERE file_no = ? AND row_no = ? AND code = ?', fileNo, row, code);
    }
  addIssues(database, run, fileNo, issues);
  for (const { blockNo, bytes } of facts) saveBlock(run, fileNo, blockNo, bytes);
}

export function saveBlock(run: Run, fileNo: number, blockNo: number, bytes: Uint8Array): void {
  run(
    `INSERT INTO facts VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET bytes = excluded.bytes`,
    fileNo,
    blockNo,
    bytes,
  );
}

/**
 * Statements differ by what narrows them, so that SQLite can choose the index that fits. What is skipped is
 * counted off in that index alone.
 */
export function issuePage(database: LoadDatabase, fileNo: number, page: IssuePage): RowIssue[] {
  const { where, values } = narrowed(fileNo, page, page.fromRow, page.toRow);
  const order = page.backwards === true ? 'DESC' : 'ASC';
  const rows = database.rows(
    `SELECT i.row_no, i.line_no, i.column_name, i.code, i.severity, i.value, m.text AS message, l.text AS label, i.suggested
      FROM (SELECT id FROM issues WHERE ${where} ORDER BY row_no ${order}, id ${order} LIMIT ? OFFSET ?) p
      JOIN issues i ON i.id = p.id JOIN texts m ON m.id = i.message LEFT JOIN texts l ON l.id = i.label
      ORDER BY i.row_no ${order}, i.id ${order}`,
    ...values,
    page.limit,
    page.offset,
  );
  return rows.map(issueOf);
}

export function issueRows(database: LoadDatabase, fileNo: number, kind: IssueKind): Uint32Array {
  const { where, values } = narrowed(fileNo, kind, 1, undefined);
  return database.numbers(`SELECT DISTINCT row_no FROM issues WHERE ${where} ORDER BY row_no`, ...values);
}

function narrowed(
  fileNo: number,
  kind: IssueKind,
  fromRow: number | undefined,
  toRow: number | undefined,
): { where: string; values: SqlValue[] } {
  const where = ['file_no = ?'];
  const values: SqlValue[] = [fileNo];
  const narrow = (condition: string, value: SqlValue | undefined): void => {
    if (value === undefined) return;
    where.push(condition);
    values.push(value);
  };
  narrow('code = ?', kind.code);
  narrow('column_name = ?', kind.column === null ? WHOLE_ROW : kind.column);
  narrow('severity = ?', kind.severity);
  narrow('row_no >= ?', fromRow);
  narrow('row_no <= ?', toRow);
  return { where: where.join(' AND '), values };
}

export function issueCounts(database: LoadDatabase, fileNo: number): IssueCount[] {
  return database.rows(ISSUE_COUNTS, fileNo).map((row) => ({
    code: String(row.code) as IssueCount['code'],
    column: columnOf(row.column_name),
    severity: row.severity === 'error' ? 'error' : 'warning',
    count: Number(row.n),
  }));
}

export function rowsWithErrors(
  database: LoadDatabase,
  fileNo: number,
  after: number,
  limit: number,
): number[] {
  return database.rows(ROWS_WITH_ERRORS, fileNo, after, limit).map((row) => Number(row.row_no));
}

function issueOf(row: Record<string, unknown>): RowIssue {
  return {
    row: Number(row.row_no),
    line: Number(row.line_no),
    column: columnOf(row.column_name),
    code: String(row.code) as RowIssue['code'],
    severity: row.severity === 'error' ? 'error' : 'warning',
    value: textOrNull(row.value),
    message: String(row.message),
    suggestion: row.label === null ? null : { label: String(row.label), value: textOrNull(row.suggested) },
  };
}

function columnOf(name: unknown): string | null {
  return name === WHOLE_ROW ? null : String(name);
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}
