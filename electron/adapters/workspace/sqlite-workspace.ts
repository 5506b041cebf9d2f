import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Change } from '../../../shared/contract/draft-review.ts';
import type { RowEdits } from '../../../shared/records/row-edits.ts';
import type { IssueCode, RejectedRow, RowIssue } from '../../../shared/records/types.ts';
import type {
  FactsBlock,
  FileFindings,
  IssueCount,
  IssueKind,
  IssuePage,
  Operation,
  OperationCommit,
  ReviewedRow,
  ReviewRun,
  Turn,
  Workspace,
  WorkspaceFile,
} from '../../engine/workspace-port.ts';
import {
  commitOperation,
  editedCells,
  editedRows,
  editsOf,
  nextOperation,
  nextTurns,
  operations,
} from './edits.ts';
import {
  addIssues,
  clearFindings,
  issueCounts,
  issuePage,
  issueRows,
  replaceFindings,
  rowsWithErrors,
  saveBlock,
} from './findings.ts';
import { LoadDatabase } from './load-database.ts';
import { clearReview, reviewRowsOf, saveReviewRun } from './review-rows.ts';

const SAVE_FILE = `INSERT INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
  key = excluded.key, name = excluded.name, path = excluded.path, mapping = excluded.mapping, state = excluded.state,
  columns = excluded.columns, remembered = excluded.remembered, isbn_zeros_restored = excluded.isbn_zeros_restored`;
/** Of the journal too: no other file gets its number, but the same one may be read in another way. */
const OF_FILES = ['issues', 'facts', 'edits', 'changes', 'review_runs', 'review_updates', 'files'];
const ADD_REJECTED = `INSERT INTO rejected VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (file_no, row_no) DO UPDATE SET issues = excluded.issues`;
const REJECTED = `SELECT row_no, line_no, cells, issues FROM rejected
  WHERE file_no = ? AND row_no > ? ORDER BY row_no LIMIT 500`;

/**
 * The workspace: a folder for each load under `dir`, with its findings and edits in one SQLite file. Readable
 * by its owner only: it holds students.
 */
export class SqliteWorkspace implements Workspace {
  readonly #dir: string;
  readonly #open = new Map<string, LoadDatabase>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  async saveFile(loadId: string, file: WorkspaceFile): Promise<void> {
    const { fileNo, key, name, path, state, remembered, isbnZerosRestored } = file;
    const mapping = JSON.stringify(file.mapping);
    const columns = JSON.stringify(file.columns);
    this.#database(loadId).write((run) => {
      run(SAVE_FILE, fileNo, key, name, path, mapping, state, columns, Number(remembered), isbnZerosRestored);
    });
  }

  async files(loadId: string): Promise<WorkspaceFile[]> {
    if (!this.#known(loadId)) return [];
    return this.#database(loadId)
      .rows('SELECT * FROM files ORDER BY file_no')
      .map((row) => ({
        fileNo: Number(row.file_no),
        key: Number(row.key),
        name: String(row.name),
        path: String(row.path),
        mapping: JSON.parse(String(row.mapping)),
        state: row.state === 'checked' ? 'checked' : 'opened',
        columns: row.columns === null ? null : JSON.parse(String(row.columns)),
        remembered: row.remembered === 1,
        isbnZerosRestored: Number(row.isbn_zeros_restored),
      }));
  }

  async clearFindings(loadId: string, fileNo: number): Promise<void> {
    this.#database(loadId).write((run) => clearFindings(run, fileNo));
  }

  async addIssues(loadId: string, fileNo: number, issues: readonly RowIssue[]): Promise<void> {
    if (issues.length === 0) return;
    const database = this.#database(loadId);
    database.write((run) => addIssues(database, run, fileNo, issues));
  }

  async removeIssues(loadId: string, fileNo: number, codes: readonly IssueCode[]): Promise<void> {
    if (!this.#known(loadId)) return;
    this.#database(loadId).write((run) => {
      for (const code of codes) run('DELETE FROM issues WHERE file_no = ? AND code = ?', fileNo, code);
    });
  }

  async issues(loadId: string, fileNo: number, page: IssuePage): Promise<RowIssue[]> {
    return this.#known(loadId) ? issuePage(this.#database(loadId), fileNo, page) : [];
  }

  async issueCounts(loadId: string, fileNo: number): Promise<IssueCount[]> {
    return this.#known(loadId) ? issueCounts(this.#database(loadId), fileNo) : [];
  }

  async issueRows(loadId: string, fileNo: number, kind: IssueKind): Promise<Uint32Array> {
    return this.#known(loadId) ? issueRows(this.#database(loadId), fileNo, kind) : new Uint32Array();
  }

  async editedRows(loadId: string, fileNo: number, what: 'cells' | 'skipped'): Promise<Uint32Array> {
    return this.#known(loadId) ? editedRows(this.#database(loadId), fileNo, what) : new Uint32Array();
  }

  async editedCells(loadId: string, fileNo: number): Promise<number> {
    return this.#known(loadId) ? editedCells(this.#database(loadId), fileNo) : 0;
  }

  async removeFile(loadId: string, fileNo: number): Promise<void> {
    if (!this.#known(loadId)) return;
    this.#database(loadId).writeThrough((run) => {
      for (const table of OF_FILES) run(`DELETE FROM ${table} WHERE file_no = ?`, fileNo);
      run('DELETE FROM operations WHERE operation_no NOT IN (SELECT operation_no FROM changes)');
    });
  }

  async saveFacts(loadId: string, fileNo: number, blocks: readonly FactsBlock[]): Promise<void> {
    this.#database(loadId).write((run) => {
      for (const { blockNo, bytes } of blocks) saveBlock(run, fileNo, blockNo, bytes);
    });
  }

  async facts(loadId: string, fileNo: number): Promise<FactsBlock[]> {
    if (!this.#known(loadId)) return [];
    return this.#database(loadId)
      .rows('SELECT block_no, bytes FROM facts WHERE file_no = ? ORDER BY block_no', fileNo)
      .map((row) => ({ blockNo: Number(row.block_no), bytes: row.bytes as Uint8Array }));
  }

  editsNow(loadId: string, fileNo: number, from: number, to: number): RowEdits {
    return this.#known(loadId) ? editsOf(this.#database(loadId), fileNo, from, to) : new Map();
  }

  async commitOperation(loadId: string, commit: OperationCommit): Promise<void> {
    commitOperation(this.#database(loadId), commit);
  }

  async replaceFindings(loadId: string, findings: readonly FileFindings[]): Promise<void> {
    const database = this.#database(loadId);
    database.write((run) => {
      for (const one of findings) replaceFindings(database, run, one);
    });
  }

  async nextOperation(loadId: string, direction: 'undo' | 'redo'): Promise<Operation | null> {
    return this.#known(loadId) ? nextOperation(this.#database(loadId), direction) : null;
  }

  async nextTurns(loadId: string): Promise<{ undo: Turn | null; redo: Turn | null }> {
    return this.#known(loadId) ? nextTurns(this.#database(loadId)) : { undo: null, redo: null };
  }

  async operations(loadId: string): Promise<Omit<Operation, 'changes'>[]> {
    return this.#known(loadId) ? operations(this.#database(loadId)) : [];
  }

  async addRejected(loadId: string, rows: readonly RejectedRow[]): Promise<void> {
    if (rows.length === 0) return;
    this.#database(loadId).write((run) => {
      for (const { fileNo, row, line, cells, issues } of rows)
        run(ADD_REJECTED, fileNo, row, line, JSON.stringify(cells), JSON.stringify(issues));
    });
  }

  async *refused(loadId: string, fileNo: number, signal: AbortSignal): AsyncIterable<RejectedRow> {
    if (!this.#known(loadId)) return;
    let after = -1;
    for (;;) {
      signal.throwIfAborted();
      const rows = this.#database(loadId).rows(REJECTED, fileNo, after);
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

  async rowsWithErrors(loadId: string, fileNo: number, after: number, limit: number): Promise<number[]> {
    return this.#known(loadId) ? rowsWithErrors(this.#database(loadId), fileNo, after, limit) : [];
  }

  async saveReview(loadId: string, fileNo: number, run: ReviewRun): Promise<void> {
    this.#database(loadId).write((write) => saveReviewRun(write, fileNo, run));
  }

  async reviewRows(
    loadId: string,
    fileNo: number,
    change: Change,
    page: { offset: number; limit: number },
  ): Promise<ReviewedRow[]> {
    return this.#known(loadId) ? reviewRowsOf(this.#database(loadId), fileNo, change, page) : [];
  }

  async clearReview(loadId: string): Promise<void> {
    if (this.#known(loadId)) this.#database(loadId).write(clearReview);
  }

  async dropCopies(loadId: string): Promise<void> {
    const folder = join(this.#dir, loadId);
    if (!existsSync(folder)) return;
    // Facts are of use only as long as there are rows to edit.
    if (this.#known(loadId)) this.#database(loadId).shrink('facts');
    const copies = (await readdir(folder)).filter((name) => name.startsWith('file-'));
    await Promise.all(copies.map((name) => rm(join(folder, name), { force: true })));
  }

  async letGo(loadId: string): Promise<void> {
    this.#open.get(loadId)?.close();
    this.#open.delete(loadId);
  }

  async forget(loadId: string): Promise<void> {
    await this.letGo(loadId);
    await rm(join(this.#dir, loadId), { recursive: true, force: true });
  }

  async close(): Promise<void> {
    for (const database of this.#open.values()) database.close();
    this.#open.clear();
  }

  /** Asking after a load that this machine knows nothing of must not create it. */
  #known(loadId: string): boolean {
    return this.#open.has(loadId) || existsSync(join(this.#dir, loadId, 'state.sqlite'));
  }

  #database(loadId: string): LoadDatabase {
    const known = this.#open.get(loadId);
    if (known !== undefined) return known;
    const database = new LoadDatabase(this.#dir, loadId);
    this.#open.set(loadId, database);
    return database;
  }
}
