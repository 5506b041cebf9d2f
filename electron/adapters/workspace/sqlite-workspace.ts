import { mkdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '../../../shared/errors.ts';
import type { RejectedRow, RowIssue } from '../../../shared/records/types.ts';
import type { IssueCount, Page, Workspace } from '../../engine/ports.ts';

const SCHEMA = `
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS issues (
  file_no INTEGER NOT NULL, row_no INTEGER NOT NULL, line_no INTEGER NOT NULL, column_name TEXT, code TEXT NOT NULL,
  severity TEXT NOT NULL, value TEXT, message TEXT NOT NULL, suggestion TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS issues_once ON issues (file_no, row_no, code, coalesce(column_name, ''));
CREATE TABLE IF NOT EXISTS rejected (
  file_no INTEGER NOT NULL, row_no INTEGER NOT NULL, line_no INTEGER NOT NULL, cells TEXT NOT NULL, issues TEXT NOT NULL,
  PRIMARY KEY (file_no, row_no)
) WITHOUT ROWID;
`;

const ADD_ISSUE = `INSERT OR IGNORE INTO issues VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ADD_REJECTED = `INSERT INTO rejected VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (file_no, row_no) DO UPDATE SET issues = excluded.issues`;
const ISSUES = `SELECT row_no, line_no, column_name, code, severity, value, message, suggestion FROM issues
  WHERE file_no = ? AND severity = coalesce(?, severity) ORDER BY row_no, rowid LIMIT ? OFFSET ?`;
const ISSUE_COUNTS = `SELECT code, column_name, severity, count(*) AS n FROM issues
  WHERE file_no = ? GROUP BY code, column_name, severity ORDER BY n DESC, code`;
const REJECTED = `SELECT row_no, line_no, cells, issues FROM rejected
  WHERE file_no = ? AND row_no > ? ORDER BY row_no LIMIT 500`;

/**
 * The workspace in one SQLite file per load, under `dir`. Adding the same issue or row again is harmless, so
 * a resumed load may repeat itself. Files are readable by their owner only: rejected rows hold students.
 */
export class SqliteWorkspace implements Workspace {
  readonly #dir: string;
  readonly #open = new Map<string, DatabaseSync>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  async addIssues(loadId: string, fileNo: number, issues: readonly RowIssue[]): Promise<void> {
    this.#write(loadId, ADD_ISSUE, issues, (issue) => [
      fileNo,
      issue.row,
      issue.line,
      issue.column,
      issue.code,
      issue.severity,
      issue.value,
      issue.message,
      issue.suggestion === null ? null : JSON.stringify(issue.suggestion),
    ]);
  }

  async addRejected(loadId: string, rows: readonly RejectedRow[]): Promise<void> {
    this.#write(loadId, ADD_REJECTED, rows, (row) => [
      row.fileNo,
      row.row,
      row.line,
      JSON.stringify(row.cells),
      JSON.stringify(row.issues),
    ]);
  }

  async issues(loadId: string, fileNo: number, page: Page): Promise<RowIssue[]> {
    const rows = this.#database(loadId).prepare(ISSUES).all(fileNo, page.severity, page.limit, page.offset);
    return rows.map((row) => ({
      row: Number(row.row_no),
      line: Number(row.line_no),
      column: textOrNull(row.column_name),
      code: String(row.code) as RowIssue['code'],
      severity: row.severity === 'error' ? 'error' : 'warning',
      value: textOrNull(row.value),
      message: String(row.message),
      suggestion: row.suggestion === null ? null : JSON.parse(String(row.suggestion)),
    }));
  }

  async issueCounts(loadId: string, fileNo: number): Promise<IssueCount[]> {
    const rows = this.#database(loadId).prepare(ISSUE_COUNTS).all(fileNo);
    return rows.map((row) => ({
      code: String(row.code) as RowIssue['code'],
      column: textOrNull(row.column_name),
      severity: row.severity === 'error' ? 'error' : 'warning',
      count: Number(row.n),
    }));
  }

  async *rejected(loadId: string, fileNo: number, signal: AbortSignal): AsyncIterable<RejectedRow> {
    const statement = this.#database(loadId).prepare(REJECTED);
    let after = -1;
    for (;;) {
      signal.throwIfAborted();
      const rows = statement.all(fileNo, after);
      for (const row of rows) {
        after = Number(row.row_no);
        yield {
          fileNo,
          row: after,
          line: Number(row.line_no),
          cells: JSON.parse(String(row.cells)),
          issues: JSON.parse(String(row.issues)),
        };
      }
      if (rows.length === 0) return;
    }
  }

  async forget(loadId: string): Promise<void> {
    this.#open.get(loadId)?.close();
    this.#open.delete(loadId);
    const path = this.#path(loadId);
    await Promise.all(['', '-wal', '-shm'].map((suffix) => rm(`${path}${suffix}`, { force: true })));
  }

  async close(): Promise<void> {
    for (const database of this.#open.values()) database.close();
    this.#open.clear();
  }

  #write<T>(
    loadId: string,
    sql: string,
    items: readonly T[],
    values: (item: T) => (string | number | null)[],
  ): void {
    if (items.length === 0) return;
    const database = this.#database(loadId);
    try {
      database.exec('BEGIN');
      const statement = database.prepare(sql);
      for (const item of items) statement.run(...values(item));
      database.exec('COMMIT');
    } catch (cause) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw workspaceFailed(this.#dir, cause);
    }
  }

  #path(loadId: string): string {
    return join(this.#dir, `${loadId}.sqlite`);
  }

  #database(loadId: string): DatabaseSync {
    const known = this.#open.get(loadId);
    if (known !== undefined) return known;
    try {
      mkdirSync(this.#dir, { recursive: true, mode: 0o700 });
      const database = new DatabaseSync(this.#path(loadId));
      database.exec(SCHEMA);
      this.#open.set(loadId, database);
      return database;
    } catch (cause) {
      throw workspaceFailed(this.#dir, cause);
    }
  }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value);
}

function workspaceFailed(dir: string, cause: unknown): AppError {
  return new AppError({
    code: 'workspace.failed',
    message: `Accession cannot write its findings into ${dir}.`,
    hint: 'See that the disk is not full and that you may write there, or set ACCESSION_HOME to another folder.',
    cause,
  });
}
