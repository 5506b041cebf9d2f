import { bookReader } from './book.ts';
import { checkoutReader } from './checkout.ts';
import { unguarded } from './formula-guard.ts';
import { catalogHashJson, checkoutHashJson, studentHashJson } from './hashes.ts';
import { cellsMissing, cellsSurplus, cellsSurplusBlank, type Finding, faultyRecord } from './messages.ts';
import { ownColumns } from './own-files.ts';
import { hasError, issueOf, type RecordReader } from './record-reader.ts';
import { studentReader } from './student.ts';
import type {
  BookRecord,
  CheckedRow,
  CheckoutRecord,
  ColumnMapping,
  RecordOf,
  RecordType,
  RowIssue,
  SourceRecord,
  StudentRecord,
  TextHasher,
} from './types.ts';

/** Joins the parts of a checkout's key; no key may hold it (coerce.ts). */
export const KEY_SEPARATOR = '\u001f';

/** What a record came to on its own. What takes several records (repeated keys, references) is not looked at. */
export interface CheckedRecord<T extends RecordType = RecordType> {
  /** Null where an error rejects the record. */
  record: RecordOf[T] | null;
  /** Unique within the type; `''` where the record is rejected. */
  key: string;
  /** What a checkout points at. */
  refs: { studentId: string; bookId: string } | null;
  /** Errors and warnings, those of the row as a whole first. */
  issues: RowIssue[];
  /** The ISBN got back a leading zero that its check digit proves; no issue is raised for it. */
  isbnZeroRestored: boolean;
}

export type CheckRecord = (source: SourceRecord) => CheckedRecord;

/**
 * A check for the records of one file: coerces their cells and finds what is wrong. It never throws for a
 * record. `today` bounds publication years.
 */
export function recordCheck(mapping: ColumnMapping, hasher: TextHasher, today: Date): CheckRecord {
  switch (mapping.type) {
    case 'books':
      return check<'books'>(mapping, bookReader(mapping, today), bookKey);
    case 'students':
      return check<'students'>(mapping, studentReader(mapping), studentKey);
    case 'checkouts':
      return check<'checkouts'>(mapping, checkoutReader(mapping, hasher), checkoutKey, checkoutRefs);
  }
}

const bookKey = (book: BookRecord): string => book.book_id;
const studentKey = (student: StudentRecord): string => student.student_id;
const checkoutKey = (checkout: CheckoutRecord): string =>
  `${checkout.student_id}${KEY_SEPARATOR}${checkout.book_id}${KEY_SEPARATOR}${checkout.checkout_date}`;
const checkoutRefs = (checkout: CheckoutRecord): { studentId: string; bookId: string } => ({
  studentId: checkout.student_id,
  bookId: checkout.book_id,
});

function check<T extends RecordType>(
  mapping: ColumnMapping,
  read: RecordReader<RecordOf[T]>,
  keyOf: (record: RecordOf[T]) => string,
  refsOf?: (record: RecordOf[T]) => { studentId: string; bookId: string },
): CheckRecord {
  // A file of rejected rows that was mended: what guards a spreadsheet in it is no part of any cell.
  const plain =
    ownColumns(mapping.header) === null
      ? (source: SourceRecord): SourceRecord => source
      : (source: SourceRecord): SourceRecord => ({ ...source, cells: source.cells.map(unguarded) });
  return (source) => {
    const shape = shapeIssues(mapping, source);
    if (shape !== null && hasError(shape)) return rejected(shape);
    const { record, issues, isbnZeroRestored } = read(plain(source));
    const all = shape === null ? issues : [...shape, ...issues];
    if (record === null) return rejected(all);
    return { record, key: keyOf(record), refs: refsOf?.(record) ?? null, issues: all, isbnZeroRestored };
  };
}

function rejected(issues: RowIssue[]): CheckedRecord {
  return { record: null, key: '', refs: null, issues, isbnZeroRestored: false };
}

/** An accepted record as it is staged, with the hash that tells whether the database has it already. */
export function stagedRow(
  type: RecordType,
  source: SourceRecord,
  { record, key }: CheckedRecord,
  hasher: TextHasher,
): CheckedRow | null {
  if (record === null) return null;
  return {
    row: source.row,
    line: source.line,
    cells: storableCells(source.cells),
    key,
    record,
    contentHash: hasher.sha256Hex(hashJson(type, record)),
  };
}

function hashJson(type: RecordType, record: RecordOf[RecordType]): string {
  switch (type) {
    case 'books':
      return catalogHashJson(record as BookRecord);
    case 'students':
      return studentHashJson(record as StudentRecord);
    case 'checkouts':
      return checkoutHashJson(record as CheckoutRecord);
  }
}

const LONE_RETURN = /\r(?!\n)/;

/** Issues of the row as a whole: no CSV, or another number of cells than the header has. */
function shapeIssues(mapping: ColumnMapping, source: SourceRecord): RowIssue[] | null {
  const rowIssue = (finding: Finding, raw: string | null = null) => [issueOf(source, null, raw, finding)];
  if (source.fault !== null) return rowIssue(faultyRecord(source.fault), source.cells[0] ?? null);
  const expected = mapping.header.length;
  const found = source.cells.length;
  if (found === expected) return null;
  if (found < expected) return rowIssue(cellsMissing(found, expected));
  const blank = source.cells.slice(expected).every((cell) => cell.trim() === '');
  if (blank) return rowIssue(cellsSurplusBlank(found, expected));
  const joined = source.cells.some((cell) => LONE_RETURN.test(cell));
  return rowIssue(cellsSurplus(found, expected, joined));
}

/**
 * The cells of an accepted row are staged as they stand. A column that nobody maps may hold U+0000 all the
 * same, which no Postgres text takes: there it becomes U+FFFD, the sign for a character that is lost.
 */
function storableCells(cells: readonly string[]): readonly string[] {
  if (!cells.some((cell) => cell.includes('\0'))) return cells;
  return cells.map((cell) => cell.replaceAll('\0', '\ufffd'));
}
