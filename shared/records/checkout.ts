import { indexedText, wholeNumber } from './coerce.ts';
import { date } from './coerce-date.ts';
import { COLUMNS } from './columns.ts';
import { MAX_INDEXED_BYTES, MAX_KEY_BYTES } from './limits.ts';
import { returnBeforeCheckout } from './messages.ts';
import { cellReader, hasError, issueOf, type RecordReader } from './record-reader.ts';
import type { CheckoutRecord, ColumnMapping, RowIssue, SourceRecord, TextHasher } from './types.ts';

/** Reads the checkouts of one file; `hasher` makes the id of a checkout that has none. */
export function checkoutReader(mapping: ColumnMapping, hasher: TextHasher): RecordReader<CheckoutRecord> {
  const columns = COLUMNS.checkouts;
  const studentId = cellReader(
    mapping,
    columns.student_id,
    indexedText(columns.student_id.label, MAX_KEY_BYTES),
  );
  const bookId = cellReader(mapping, columns.book_id, indexedText(columns.book_id.label, MAX_KEY_BYTES));
  const checkoutDate = cellReader(mapping, columns.checkout_date, date(columns.checkout_date.label));
  const returnDate = cellReader(mapping, columns.return_date, date(columns.return_date.label));
  const rating = cellReader(
    mapping,
    columns.student_rating,
    wholeNumber({ label: columns.student_rating.label, min: 1, max: 5, range: 'from 1 to 5' }),
  );
  const checkoutId = cellReader(
    mapping,
    columns.checkout_id,
    indexedText(columns.checkout_id.label, MAX_INDEXED_BYTES),
  );

  return (source) => {
    const issues: RowIssue[] = [];
    const record: CheckoutRecord = {
      student_id: studentId?.(source, issues) ?? '',
      book_id: bookId?.(source, issues) ?? '',
      checkout_date: checkoutDate?.(source, issues) ?? '',
      return_date: returnDate?.(source, issues) ?? null,
      student_rating: rating?.(source, issues) ?? null,
      checkout_id: checkoutId?.(source, issues) ?? '',
    };
    if (
      record.return_date !== null &&
      record.checkout_date !== '' &&
      record.return_date < record.checkout_date
    ) {
      const raw = cellThatReads(mapping.sources.return_date ?? [], source, record.return_date);
      issues.push(issueOf(source, columns.return_date, raw, returnBeforeCheckout()));
    }
    if (hasError(issues)) return { record: null, issues, isbnZeroRestored: false };
    if (record.checkout_id === '') record.checkout_id = madeUpId(record, hasher);
    return { record, issues, isbnZeroRestored: false };
  };
}

/** The cell that the return date was read from, which need not be the first one that may hold it. */
function cellThatReads(positions: readonly number[], source: SourceRecord, day: string): string | null {
  const read = date(COLUMNS.checkouts.return_date.label);
  const cells = positions.map((position) => source.cells[position] ?? '');
  const isIt = (cell: string) => {
    const outcome = read(cell.trim());
    return outcome.state === 'value' && outcome.value === day;
  };
  return cells.find(isIt) ?? null;
}

/** `AC-` and the first 16 hex digits of sha256(`student|book|date`): the same checkout, the same id, always. */
function madeUpId(record: CheckoutRecord, hasher: TextHasher): string {
  const name = `${record.student_id}|${record.book_id}|${record.checkout_date}`;
  return `AC-${hasher.sha256Hex(name).slice(0, 16)}`;
}
