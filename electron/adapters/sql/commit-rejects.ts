import { AppError } from '../../../shared/errors.ts';
import { missingReferenceIssues } from '../../../shared/records/references.ts';
import type { RejectedRow, RowIssue } from '../../../shared/records/types.ts';
import type { ChunkLease } from '../../engine/chunks-port.ts';
import type { CommitOptions } from '../../engine/database-port.ts';
import { MISSING_REFERENCES, REJECTED_PAGE, rejectRows } from './commit-statements.ts';
import { LIVE_TABLES } from './live-tables.ts';
import type { SqlConnection, SqlSession } from './session.ts';

/** What `reject` holds: the row's issues; where the row stands is the staged row's own knowledge. */
export type StoredIssue = Omit<RowIssue, 'row' | 'line'>;

const PAGE_ROWS = 500;

interface MissingRow {
  row_no: number;
  student_id: string;
  book_id: string;
  missing_student: boolean;
  missing_book: boolean;
}

/**
 * Takes out the checkouts of a chunk whose book or student is not in the database at this moment; returns how
 * many. Throws `load.all-or-nothing` instead where that was asked for.
 */
export async function rejectMissingReferences(
  session: SqlSession,
  { loadId, fileNo, chunkNo }: ChunkLease,
  how: CommitOptions['missingReference'],
): Promise<number> {
  const { rows } = await session.query<MissingRow>(MISSING_REFERENCES, [loadId, fileNo, chunkNo]);
  if (rows.length === 0) return 0;
  if (how === 'refuse') throw refused(rows.length);
  await session.query(rejectRows(LIVE_TABLES.checkouts), [
    loadId,
    fileNo,
    rows.map((row) => row.row_no),
    rows.map((row) => JSON.stringify(issuesOf(row))),
  ]);
  return rows.length;
}

function issuesOf(row: MissingRow): StoredIssue[] {
  return missingReferenceIssues({
    studentId: row.student_id,
    bookId: row.book_id,
    missingStudent: row.missing_student,
    missingBook: row.missing_book,
    databaseAsked: true,
  });
}

function refused(rows: number): AppError {
  const which =
    rows === 1
      ? 'One checkout names a book or student that is'
      : `${rows} checkouts name a book or student that is`;
  return new AppError({
    code: 'load.all-or-nothing',
    message: `${which} not in the database; with --all-or-nothing that means that nothing is written.`,
    hint: 'Load the missing books and students first or in the same load, or load without --all-or-nothing.',
  });
}

/** Page by page, so that memory does not grow with the number of rejects. */
export async function* rejectedRows(
  connection: SqlConnection,
  loadId: string,
  fileNo: number,
  signal: AbortSignal,
): AsyncGenerator<RejectedRow> {
  let last = 0;
  for (;;) {
    const { rows } = await connection.query<{
      row_no: number;
      line_no: number;
      cells: string[];
      reject: StoredIssue[];
    }>(REJECTED_PAGE, [loadId, last, fileNo, PAGE_ROWS], signal);
    for (const { row_no: row, line_no: line, cells, reject } of rows) {
      yield { fileNo, row, line, cells, issues: reject.map((issue) => ({ row, line, ...issue })) };
      last = row;
    }
    if (rows.length < PAGE_ROWS) return;
  }
}
