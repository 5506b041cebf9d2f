import type { RecordType, RowIssue } from '../../shared/records/types.ts';
import { ROW_STATE } from './checker-port.ts';
import { KeyTable } from './key-table.ts';
import type { RowFacts } from './row-facts.ts';

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

/** A row whose key comes again, and the next row that has it. */
export interface Superseded {
  row: number;
  next: number;
}

/**
 * Finds the rows whose key comes again in a later row that fits, in row order, and marks them: the last one
 * that fits wins. Rows that do not fit, or that a person left out, take part in nothing.
 */
export function markSuperseded(facts: RowFacts): Superseded[] {
  const last = new KeyTable(facts.rows);
  const superseded: Superseded[] = [];
  for (let row = 1; row <= facts.rows; row += 1) {
    if (!facts.fits(row)) continue;
    const before = last.set(facts.key(row, 0), facts.key(row, 1), facts.key(row, 2), row);
    if (before === -1) continue;
    superseded.push({ row: before, next: row });
    facts.setState(before, facts.state(before) | ROW_STATE.superseded);
  }
  return superseded.sort((a, b) => a.row - b.row);
}

/** The issue of a superseded row. `key` is the key's text, `next` where it comes again. */
export function repeatedKeyIssue(
  type: RecordType,
  place: { row: number; line: number },
  key: string,
  next: { row: number; line: number },
): RowIssue {
  return {
    row: place.row,
    line: place.line,
    column: COLUMN[type],
    code: 'key.repeated',
    severity: 'error',
    value: key.replaceAll('\u001f', ', '),
    message: `The same ${NOUN[type]} comes again in row ${next.row} (line ${next.line}). The last one counts, so this row is not loaded.`,
    suggestion: { label: 'Correct one of the two rows, or leave this one out.', value: null },
  };
}
