import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { AppError } from '../../../shared/errors.ts';
import { newerWorkspace, workspaceFailed } from './workspace-errors.ts';

/** Raised when a table changes, with a step from the version before: what a person changed stands nowhere else. */
const VERSION = 4;

/** Before this one nothing was kept that could not be found again: those are begun anew. */
const OLDEST_KEPT = 3;

/** Another process may be writing at the very moment: a command line that looks at a load the desktop has open. */
const BUSY_TIMEOUT_MS = 5_000;

const SCHEMA = `
CREATE TABLE files (
  file_no INTEGER PRIMARY KEY, key INTEGER NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL, mapping TEXT NOT NULL,
  state TEXT NOT NULL, columns TEXT, remembered INTEGER NOT NULL, isbn_zeros_restored INTEGER NOT NULL
);
CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE issues (
  id INTEGER PRIMARY KEY, file_no INTEGER NOT NULL, row_no INTEGER NOT NULL, line_no INTEGER NOT NULL,
  column_name TEXT NOT NULL, code TEXT NOT NULL, severity TEXT NOT NULL, value TEXT, message INTEGER NOT NULL,
  label INTEGER, suggested TEXT
);
CREATE UNIQUE INDEX issues_of_row ON issues (file_no, row_no, code, column_name, message);
CREATE INDEX issues_of_code ON issues (file_no, code, column_name, severity, row_no);
CREATE TABLE facts (file_no INTEGER NOT NULL, block_no INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (file_no, block_no));
CREATE TABLE edits (
  file_no INTEGER NOT NULL, row_no INTEGER NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL,
  PRIMARY KEY (file_no, row_no, position)
) WITHOUT ROWID;
CREATE TABLE operations (operation_no INTEGER PRIMARY KEY, label TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE changes (
  operation_no INTEGER NOT NULL, file_no INTEGER NOT NULL, row_no INTEGER NOT NULL, position INTEGER NOT NULL,
  before TEXT, after TEXT, PRIMARY KEY (operation_no, file_no, row_no, position)
) WITHOUT ROWID;
CREATE TABLE rejected (
  file_no INTEGER NOT NULL, row_no INTEGER NOT NULL, line_no INTEGER NOT NULL, cells TEXT NOT NULL, issues TEXT NOT NULL,
  PRIMARY KEY (file_no, row_no)
) WITHOUT ROWID;
`;

/** What version 4 added. */
const REVIEWS = `
CREATE TABLE review_runs (
  file_no INTEGER NOT NULL, first_row INTEGER NOT NULL, inserted INTEGER NOT NULL, updated INTEGER NOT NULL,
  unchanged INTEGER NOT NULL, rejected INTEGER NOT NULL, codes BLOB NOT NULL, PRIMARY KEY (file_no, first_row)
);
CREATE TABLE review_updates (
  file_no INTEGER NOT NULL, row_no INTEGER NOT NULL, fields TEXT NOT NULL, PRIMARY KEY (file_no, row_no)
) WITHOUT ROWID;
`;

const ANY_EDIT = 'SELECT 1 FROM edits LIMIT 1';

/** The column of an issue that concerns the whole row: no column is called that. */
export const WHOLE_ROW = '';

/** Runs one statement of a transaction. */
export type Run = (sql: string, ...values: SqlValue[]) => void;

/** Value of an SQLite parameter. */
export type SqlValue = string | number | null | Uint8Array;

/**
 * The SQLite file of one load. Writing and reading go through connections of their own, so that a reader never
 * sees half of what is being written. WAL: nothing is ever torn, and what was written survives the death of the
 * process; what a person did is flushed to the disk as well, so that it survives a power cut.
 */
export class LoadDatabase {
  readonly #folder: string;
  readonly #writer: DatabaseSync;
  readonly #reader: DatabaseSync;
  /** By connection and then by text: a key put together anew would cost as much as the statement. */
  readonly #statements = {
    reader: new Map<string, StatementSync>(),
    writer: new Map<string, StatementSync>(),
  };
  readonly #texts = new Map<string, number>();
  /** Whether any row of any file is edited; a check without edits must not ask for each of its ranges. */
  #edited: boolean;

  constructor(dir: string, loadId: string) {
    this.#folder = join(dir, loadId);
    let writer: DatabaseSync | null = null;
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      const path = join(this.#folder, 'state.sqlite');
      // SQLite gives its other files the mode of this one.
      closeSync(openSync(path, 'a', 0o600));
      writer = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS });
      this.#writer = writer;
      this.#writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      this.#prepareSchema();
      this.#reader = new DatabaseSync(path, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
      this.#edited = this.#writer.prepare(ANY_EDIT).get() !== undefined;
    } catch (cause) {
      writer?.close();
      throw cause instanceof AppError ? cause : workspaceFailed(this.#folder, cause);
    }
  }

  get folder(): string {
    return this.#folder;
  }

  get edited(): boolean {
    return this.#edited;
  }

  /** Reads what was last committed. Throws AppError workspace.failed. */
  rows(sql: string, ...values: SqlValue[]): Record<string, unknown>[] {
    try {
      return this.#prepared(this.#reader, sql).all(...values) as Record<string, unknown>[];
    } catch (cause) {
      throw workspaceFailed(this.#folder, cause);
    }
  }

  /** As `rows`, each made into something at once: of many, nothing is held twice. */
  mapped<T>(make: (row: Record<string, unknown>) => T, sql: string, ...values: SqlValue[]): T[] {
    try {
      const all: T[] = [];
      for (const row of this.#prepared(this.#reader, sql).iterate(...values)) all.push(make(row));
      return all;
    } catch (cause) {
      throw workspaceFailed(this.#folder, cause);
    }
  }

  /** The first column of many rows, without an object for each. Throws AppError workspace.failed. */
  numbers(sql: string, ...values: SqlValue[]): Uint32Array {
    try {
      const statement = this.#prepared(this.#reader, sql);
      statement.setReturnArrays(true);
      return Uint32Array.from(statement.all(...values) as unknown as [number][], ([first]) => first);
    } catch (cause) {
      throw workspaceFailed(this.#folder, cause);
    }
  }

  /** `write`, and on the disk when it returns. */
  writeThrough(work: (run: Run) => void): void {
    this.#writer.exec('PRAGMA synchronous = FULL');
    try {
      this.write(work);
    } finally {
      this.#writer.exec('PRAGMA synchronous = NORMAL');
    }
  }

  /** Runs `work` in one transaction, committed where it returns. Throws AppError workspace.failed. */
  write(work: (run: Run) => void): void {
    try {
      this.#writer.exec('BEGIN IMMEDIATE');
      work((sql, ...values) => {
        this.#prepared(this.#writer, sql).run(...values);
      });
      const edited = this.#prepared(this.#writer, ANY_EDIT).get() !== undefined;
      this.#writer.exec('COMMIT');
      this.#edited = edited;
    } catch (cause) {
      if (this.#writer.isTransaction) this.#writer.exec('ROLLBACK');
      this.#texts.clear();
      throw workspaceFailed(this.#folder, cause);
    }
  }

  /** The number under which a text is stored once: messages repeat themselves a hundred thousand times. To be called inside `write`. */
  textId(text: string): number {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    this.#prepared(this.#writer, 'INSERT OR IGNORE INTO texts (text) VALUES (?)').run(text);
    const id = Number(this.#prepared(this.#writer, 'SELECT id FROM texts WHERE text = ?').get(text)?.id);
    // Texts that name an id or a line are as many as there are issues.
    if (this.#texts.size > 5_000) this.#texts.clear();
    this.#texts.set(text, id);
    return id;
  }

  /** Empties a table that has served, and gives its room back to the disk. */
  shrink(table: 'facts'): void {
    this.write((run) => run(`DELETE FROM ${table}`));
    this.#writer.exec('VACUUM');
  }

  close(): void {
    this.#statements.reader.clear();
    this.#statements.writer.clear();
    this.#reader.close();
    this.#writer.close();
  }

  #prepareSchema(): void {
    const version = Number(this.#writer.prepare('PRAGMA user_version').get()?.user_version);
    if (version === VERSION) return;
    if (version > VERSION) throw newerWorkspace(this.#folder);
    this.#writer.exec('BEGIN IMMEDIATE');
    if (version < OLDEST_KEPT) this.#beginAnew();
    this.#writer.exec(`${REVIEWS} PRAGMA user_version = ${VERSION}; COMMIT`);
  }

  #beginAnew(): void {
    const tables = this.#writer.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    for (const { name } of tables)
      this.#writer.exec(`DROP TABLE IF EXISTS "${String(name).replaceAll('"', '""')}"`);
    this.#writer.exec(SCHEMA);
  }

  #prepared(database: DatabaseSync, sql: string): StatementSync {
    const statements = database === this.#writer ? this.#statements.writer : this.#statements.reader;
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }
}
