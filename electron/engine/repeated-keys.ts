import type { RecordType, RowIssue } from '../../shared/records/types.ts';

interface Place {
  row: number;
  line: number;
}

const NOUN: Record<RecordType, string> = {
  books: 'book_id',
  students: 'student_id',
  checkouts: 'student, book and date',
};

const COLUMN: Record<RecordType, string | null> = {
  books: 'book_id',
  students: 'student_id',
  checkouts: null,
};

/**
 * The keys of one file. The last valid row of a key wins: each time a key comes again, the row before it is
 * reported as superseded. Memory grows with the number of distinct keys, not with the file's size.
 */
export function createRepeatedKeys(type: RecordType) {
  const last = new Map<string, Place>();
  return {
    /** Returns the issue of the earlier row that this one supersedes, or null. */
    see(key: string, place: Place): RowIssue | null {
      const before = last.get(key);
      last.set(key, { row: place.row, line: place.line });
      if (before === undefined) return null;
      return {
        row: before.row,
        line: before.line,
        column: COLUMN[type],
        code: 'key.repeated',
        severity: 'error',
        value: key.replaceAll('\u001f', ', '),
        message: `The same ${NOUN[type]} comes again in line ${place.line}. The last one counts; this row is left out.`,
        suggestion: null,
      };
    },
  };
}
