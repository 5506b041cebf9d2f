import { createHash, randomUUID } from 'node:crypto';
import type { SqlConnection } from '../../electron/adapters/sql/session.ts';
import type { ChunkLease, ChunkState } from '../../electron/engine/chunks-port.ts';
import type {
  ChunkOutcome,
  CommitOptions,
  Database,
  LoadFile,
  Staging,
} from '../../electron/engine/database-port.ts';
import { catalogHashJson, checkoutHashJson, studentHashJson } from '../../shared/records/hashes.ts';
import type {
  BookRecord,
  CheckedRow,
  CheckoutRecord,
  RecordType,
  StudentRecord,
} from '../../shared/records/types.ts';
import { NEVER } from './database-harness.ts';

export const ALL_COLUMNS: Readonly<Record<RecordType, readonly string[]>> = {
  books: [
    ...['book_id', 'title', 'author', 'isbn', 'genre', 'keywords', 'description', 'difficulty_band'],
    ...['reading_level', 'publication_year', 'page_count', 'average_rating'],
  ],
  students: [
    ...['student_id', 'grade_level', 'age', 'homeroom_teacher', 'prior_year_reading_score', 'lunch_period'],
  ],
  checkouts: ['student_id', 'book_id', 'checkout_date', 'return_date', 'student_rating', 'checkout_id'],
};

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function book(row: number, bookId: string, fields: Partial<BookRecord> = {}): CheckedRow<'books'> {
  const record: BookRecord = {
    book_id: bookId,
    isbn: '',
    title: `Title of ${bookId}`,
    author: '',
    genre: [],
    keywords: [],
    description: '',
    page_count: null,
    publication_year: null,
    difficulty_band: '',
    reading_level: null,
    average_rating: null,
    ...fields,
  };
  return { ...place(row), key: bookId, record, contentHash: sha256(catalogHashJson(record)) };
}

export function student(
  row: number,
  studentId: string,
  fields: Partial<StudentRecord> = {},
): CheckedRow<'students'> {
  const record: StudentRecord = {
    student_id: studentId,
    grade_level: 4,
    age: 9,
    homeroom_teacher: 'Ms. Ames',
    prior_year_reading_score: null,
    lunch_period: '2',
    ...fields,
  };
  return { ...place(row), key: studentId, record, contentHash: sha256(studentHashJson(record)) };
}

export function checkout(
  row: number,
  studentId: string,
  bookId: string,
  fields: Partial<CheckoutRecord> = {},
): CheckedRow<'checkouts'> {
  const record: CheckoutRecord = {
    student_id: studentId,
    book_id: bookId,
    checkout_date: '2026-09-03',
    return_date: null,
    student_rating: null,
    checkout_id: `AC-${studentId}-${bookId}`,
    ...fields,
  };
  const key = [studentId, bookId, record.checkout_date].join('\u001f');
  return { ...place(row), key, record, contentHash: sha256(checkoutHashJson(record)) };
}

/** Cells that a text[] parameter could get wrong. */
function place(row: number) {
  return { row, line: row + 1, cells: [`row "${row}"`, 'a\\b,{c}', '', 'NULL', 'zwei\nZeilen ü'] };
}

export interface FileRows {
  type: RecordType;
  rows: readonly CheckedRow[];
  columns?: readonly string[];
}

export interface StagedLoad {
  loadId: string;
  correlationId: string;
  files: readonly LoadFile[];
}

export function filesOf(groups: readonly FileRows[]): LoadFile[] {
  return groups.map(({ type, columns = ALL_COLUMNS[type] }, fileNo) => {
    const name = `${type}-${fileNo}.csv`;
    return { fileNo, path: `/files/${name}`, name, type, columns, header: columns };
  });
}

/** Begins a load and stages each group as a file of one chunk, numbered like the file; `seal` is the caller's. */
export async function stage(database: Database, groups: readonly FileRows[]): Promise<StagedLoad> {
  const load = { loadId: randomUUID(), correlationId: randomUUID(), files: filesOf(groups) };
  await database.ledger.begin(
    {
      ...load,
      startedAt: new Date('2026-09-01T08:00:00Z'),
      options: { embed: true, publish: true, allOrNothing: false, rejectsDir: null },
    },
    NEVER,
  );
  const staging = database.staging(load.loadId, load.files);
  for (const [fileNo, { rows }] of groups.entries()) await staging.add(fileNo, fileNo, rows, NEVER);
  return load;
}

/** Stages each group for a rehearsal; `discard` is the caller's. */
export async function rehearse(
  database: Pick<Database, 'rehearsal'>,
  groups: readonly FileRows[],
): Promise<Staging> {
  const staging = await database.rehearsal(filesOf(groups), NEVER);
  for (const [fileNo, { rows }] of groups.entries()) await staging.add(fileNo, fileNo, rows, NEVER);
  return staging;
}

export async function stageAndSeal(database: Database, groups: readonly FileRows[]): Promise<StagedLoad> {
  const load = await stage(database, groups);
  await database.staging(load.loadId, load.files).seal(NEVER);
  return load;
}

export async function leaseOf(
  database: Database,
  loadId: string,
  chunkNo = 0,
  state: ChunkState = 'staged',
): Promise<ChunkLease> {
  const lease = await database.ledger.lease(loadId, chunkNo, state, 'test', 60_000, NEVER);
  if (lease === null) throw new Error(`chunk ${chunkNo} cannot be leased`);
  return lease;
}

export const COMMIT: CommitOptions = { publish: true, embed: true, missingReference: 'reject' };

export async function commitAll(
  database: Database,
  groups: readonly FileRows[],
  options: Partial<CommitOptions> = {},
): Promise<StagedLoad & { outcomes: ChunkOutcome[] }> {
  const load = await stageAndSeal(database, groups);
  const leases: ChunkLease[] = [];
  for (const chunkNo of groups.keys()) leases.push(await leaseOf(database, load.loadId, chunkNo));
  const outcomes = await database.commits.commit(leases, { ...COMMIT, ...options }, NEVER);
  return { ...load, outcomes };
}

export async function rowsOf<Row = Record<string, unknown>>(
  connection: SqlConnection,
  sql: string,
  params: readonly unknown[] = [],
): Promise<Row[]> {
  return (await connection.query<Row>(sql, params, NEVER)).rows;
}

/** An empty database between two tests is sooner had than a new one. */
export async function emptyTables(connection: SqlConnection): Promise<void> {
  await connection.script(
    `TRUNCATE public.catalog, public.students, public.checkout, public.book_embeddings,
       accession.loads, accession.turns, accession.chunks, accession.row_history, accession.book_vectors,
       accession.outbox, accession.dead_letters,
       accession.staged_books, accession.staged_students, accession.staged_checkouts CASCADE`,
    NEVER,
  );
}
