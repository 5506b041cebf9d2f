import { createHash } from 'node:crypto';
import { checkRecords } from '../../../shared/records/check.ts';
import { mapColumns } from '../../../shared/records/mapping.ts';
import type {
  CheckedBatch,
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

export function source(cells: readonly string[], row = 1): SourceRecord {
  return { row, line: row + 1, cells, fault: null };
}

/** Checks one record that is good but for the cells given. */
export function checkOne<T extends RecordType>(
  type: T,
  cells: Record<string, string>,
): { record: RecordOf[T] | null; issues: readonly RowIssue[]; batch: CheckedBatch } {
  const all = { ...GOOD_CELLS[type], ...cells };
  const mapping = mapColumns(type, Object.keys(all));
  const batch = checkRecords(mapping, [source(Object.values(all))], hasher, TODAY);
  const record = (batch.accepted[0]?.record ?? null) as RecordOf[T] | null;
  return { record, issues: batch.issues, batch };
}

export function checkRows(type: RecordType, header: readonly string[], rows: readonly SourceRecord[]) {
  return checkRecords(mapColumns(type, header), rows, hasher, TODAY);
}
