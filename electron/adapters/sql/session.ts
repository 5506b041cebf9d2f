/**
 * What the shared SQL needs of a server: Postgres over `pg` or PGlite in this process. Parameters are
 * Postgres' own text or binary forms; arrays travel as JavaScript arrays, binary as Uint8Array.
 */
export interface SqlSession {
  query<Row = Record<string, unknown>>(text: string, params?: readonly unknown[]): Promise<SqlResult<Row>>;
}

export interface SqlResult<Row> {
  rows: Row[];
  /** Rows affected; 0 where the statement reports none. */
  count: number;
}

/** Sessions of one database. Every method translates the vendor's errors into AppError `db.*`. */
export interface SqlConnection {
  /** One statement on any connection. */
  query<Row = Record<string, unknown>>(
    text: string,
    params: readonly unknown[],
    signal: AbortSignal,
  ): Promise<SqlResult<Row>>;
  /** One transaction; rolled back when `work` throws or the signal aborts before the commit. */
  transaction<T>(work: (session: SqlSession) => Promise<T>, signal: AbortSignal): Promise<T>;
  /** A connection of one's own until `release`, for TEMP tables. */
  reserve(signal: AbortSignal): Promise<{ session: SqlSession; release(): Promise<void> }>;
  /** Several statements without parameters, as a migration has them. */
  script(sql: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Work that another process may have to take over: one job for each step of a chunk that is not finished. */
export interface ChunkJob {
  id: string;
  loadId: string;
  chunkNo: number;
  step: 'commit' | 'embed';
}

/** The job queue inside a caller's transaction, so that a job and its effects stand or fall together. */
export interface ChunkJobs {
  /** Installs or migrates the queue's own schema. */
  prepare(signal: AbortSignal): Promise<void>;
  /** The queue's schema as SQL for a DBA. */
  prepareSql(): string;
  /** True where the queue's schema stands at the version this code needs. */
  ready(session: SqlSession): Promise<boolean>;
  enqueue(session: SqlSession, jobs: readonly ChunkJob[]): Promise<void>;
  complete(session: SqlSession, jobIds: readonly string[]): Promise<void>;
}
