import { bookReader } from './book.ts';
import { checkoutReader } from './checkout.ts';
import { catalogHashJson, checkoutHashJson, studentHashJson } from './hashes.ts';
import { cellsMissing, cellsSurplus, cellsSurplusBlank, type Finding, faultyRecord } from './messages.ts';
import { hasError, issueOf, type RecordReader } from './record-reader.ts';
import { studentReader } from './student.ts';
import type {
  CheckedBatch,
  CheckedRow,
  ColumnMapping,
  RecordOf,
  RecordType,
  RejectedRow,
  RowIssue,
  SourceRecord,
  TextHasher,
} from './types.ts';

/** Joins the parts of a checkout's key; no key may hold it (coerce.ts). */
export const KEY_SEPARATOR = '\u001f';

/**
 * Checks records one by one: coerces their cells, finds what is wrong, hashes what is accepted. Never throws
 * for a record. What takes several records (repeated keys, references) is not looked at here.
 */
export function checkRecords(
  mapping: ColumnMapping,
  records: readonly SourceRecord[],
  hasher: TextHasher,
  today: Date,
): CheckedBatch {
  const accepted: CheckedRow[] = [];
  const rejected: Omit<RejectedRow, 'fileNo'>[] = [];
  const issues: RowIssue[] = [];
  let isbnZerosRestored = 0;
  const check = checkerOf(mapping, hasher, today);

  for (const source of records) {
    const shape = shapeIssues(mapping, source);
    const result = hasError(shape) ? null : check(source);
    const found = result ? [...shape, ...result.issues] : shape;
    issues.push(...found);
    if (result?.row) {
      accepted.push(result.row);
      if (result.isbnZeroRestored) isbnZerosRestored += 1;
    } else {
      rejected.push({ row: source.row, line: source.line, cells: source.cells, issues: found });
    }
  }
  return { accepted, rejected, issues, isbnZerosRestored };
}

interface CheckedSource {
  row: CheckedRow | null;
  issues: RowIssue[];
  isbnZeroRestored: boolean;
}

function checkerOf(
  mapping: ColumnMapping,
  hasher: TextHasher,
  today: Date,
): (source: SourceRecord) => CheckedSource {
  switch (mapping.type) {
    case 'books':
      return rowChecker<'books'>(bookReader(mapping, today), (book) => book.book_id, catalogHashJson, hasher);
    case 'students':
      return rowChecker<'students'>(
        studentReader(mapping),
        (student) => student.student_id,
        studentHashJson,
        hasher,
      );
    case 'checkouts':
      return rowChecker<'checkouts'>(
        checkoutReader(mapping, hasher),
        (checkout) => [checkout.student_id, checkout.book_id, checkout.checkout_date].join(KEY_SEPARATOR),
        checkoutHashJson,
        hasher,
      );
  }
}

function rowChecker<T extends RecordType>(
  read: RecordReader<RecordOf[T]>,
  keyOf: (record: RecordOf[T]) => string,
  hashJson: (record: RecordOf[T]) => string,
  hasher: TextHasher,
): (source: SourceRecord) => CheckedSource {
  return (source) => {
    const { record, issues, isbnZeroRestored } = read(source);
    if (record === null) return { row: null, issues, isbnZeroRestored };
    const row: CheckedRow = {
      row: source.row,
      line: source.line,
      cells: storableCells(source.cells),
      key: keyOf(record),
      record,
      contentHash: hasher.sha256Hex(hashJson(record)),
    };
    return { row, issues, isbnZeroRestored };
  };
}

/** Issues of the row as a whole: no CSV, or another number of cells than the header has. */
function shapeIssues(mapping: ColumnMapping, source: SourceRecord): RowIssue[] {
  const rowIssue = (finding: Finding, raw: string | null = null) => [issueOf(source, null, raw, finding)];
  if (source.fault !== null) return rowIssue(faultyRecord(source.fault), source.cells[0] ?? null);
  const expected = mapping.header.length;
  const found = source.cells.length;
  if (found === expected) return [];
  if (found < expected) return rowIssue(cellsMissing(found, expected));
  const blank = source.cells.slice(expected).every((cell) => cell.trim() === '');
  return rowIssue(blank ? cellsSurplusBlank(found, expected) : cellsSurplus(found, expected));
}

/**
 * The cells of an accepted row are staged as they stand. A column that nobody maps may hold U+0000 all the
 * same, which no Postgres text takes: there it becomes U+FFFD, the sign for a character that is lost.
 */
function storableCells(cells: readonly string[]): readonly string[] {
  if (!cells.some((cell) => cell.includes('\0'))) return cells;
  return cells.map((cell) => cell.replaceAll('\0', '\ufffd'));
}
