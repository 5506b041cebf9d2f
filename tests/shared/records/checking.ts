import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/errors.ts';
import { recordCheck, stagedRow } from '../../../shared/records/check.ts';
import { mapColumns } from '../../../shared/records/mapping.ts';
import type { SavedMapping } from '../../../shared/records/saved-mapping.ts';
import type {
  CheckedRow,
  ColumnMapping,
  ColumnSource,
  RecordOf,
  RecordType,
  RowIssue,
  SourceRecord,
} from '../../../shared/records/types.ts';

export const TODAY = new Date(2026, 2, 15);

export const hasher = {
  sha256Hex: (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex'),
};

/** A record of each type whose cells are all in order. */
export const GOOD_CELLS: Record<RecordType, Record<string, string>> = {
  books: { book_id: 'B1', title: 'Matilda' },
  students: {
    student_id: 'S1',
    grade_level: '4',
    age: '9',
    homeroom_teacher: 'Ms. Field',
    lunch_period: '2',
  },
  checkouts: { student_id: 'S1', book_id: 'B1', checkout_date: '2026-03-02' },
};

/** The source of a column that is read from these places. */
export function cells(...positions: number[]): ColumnSource {
  return { kind: 'cells', positions };
}

export function errorOf(work: () => unknown): AppError {
  try {
    work();
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown;
    throw thrown;
  }
  throw new Error('expected an AppError');
}

export function source(cells: readonly string[], row = 1): SourceRecord {
  return { row, line: row + 1, cells, fault: null };
}

/** Maps a header that has the headings of its columns, with nothing saved and no sample. */
export function mapHeader(type: RecordType, header: readonly string[], saved: SavedMapping | null = null) {
  return mapColumns({ type, header, sample: [], fileName: 'file.csv', saved, today: TODAY });
}

export interface CheckedRows {
  accepted: CheckedRow[];
  rejected: { row: number; line: number; cells: readonly string[]; issues: readonly RowIssue[] }[];
  issues: RowIssue[];
  isbnZerosRestored: number;
}

/** Checks records as a load does, one by one. */
export function checkMapped(mapping: ColumnMapping, rows: readonly SourceRecord[]): CheckedRows {
  const check = recordCheck(mapping, hasher, TODAY);
  const all: CheckedRows = { accepted: [], rejected: [], issues: [], isbnZerosRestored: 0 };
  for (const row of rows) {
    const checked = check(row);
    all.issues.push(...checked.issues);
    const staged = stagedRow(mapping.type, row, checked, hasher);
    if (staged !== null) all.accepted.push(staged);
    else all.rejected.push({ row: row.row, line: row.line, cells: row.cells, issues: checked.issues });
    if (staged !== null && checked.isbnZeroRestored) all.isbnZerosRestored += 1;
  }
  return all;
}

/** Checks one record that is good but for the cells given. */
export function checkOne<T extends RecordType>(
  type: T,
  cells: Record<string, string>,
): { record: RecordOf[T] | null; issues: readonly RowIssue[]; batch: CheckedRows } {
  const all = { ...GOOD_CELLS[type], ...cells };
  const batch = checkMapped(mapHeader(type, Object.keys(all)), [source(Object.values(all))]);
  const record = (batch.accepted[0]?.record ?? null) as RecordOf[T] | null;
  return { record, issues: batch.issues, batch };
}

export function checkRows(type: RecordType, header: readonly string[], rows: readonly SourceRecord[]) {
  return checkMapped(mapHeader(type, header), rows);
}
