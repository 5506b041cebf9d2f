import { type Coercer, indexedText, wholeNumber } from './coerce.ts';
import { date } from './coerce-date.ts';
import { COLUMNS } from './columns.ts';
import { MAX_INDEXED_BYTES, MAX_KEY_BYTES } from './limits.ts';
import { returnBeforeCheckout } from './messages.ts';
import { cellReader, hasError, issueOf, type RecordReader } from './record-reader.ts';
import type {
  CheckoutRecord,
  ColumnMapping,
  ColumnSource,
  RowIssue,
  SourceRecord,
  TextHasher,
} from './types.ts';

/** How each column of a checkout is read; `dateOrders` as a mapping has them. */
export function checkoutCoercers(dateOrders: ColumnMapping['dateOrders']) {
  const columns = COLUMNS.checkouts;
  return {
    student_id: indexedText(columns.student_id.label, MAX_KEY_BYTES),
    book_id: indexedText(columns.book_id.label, MAX_KEY_BYTES),
    checkout_date: date(columns.checkout_date.label, dateOrders.checkout_date ?? null),
    return_date: date(columns.return_date.label, dateOrders.return_date ?? null),
    student_rating: wholeNumber({
      label: columns.student_rating.label,
      min: 1,
      max: 5,
      range: 'from 1 to 5',
    }),
    checkout_id: indexedText(columns.checkout_id.label, MAX_INDEXED_BYTES),
  };
}

/** Reads the checkouts of one file; `hasher` makes the id of a checkout that has none. */
export function checkoutReader(mapping: ColumnMapping, hasher: TextHasher): RecordReader<CheckoutRecord> {
  const columns = COLUMNS.checkouts;
  const coercers = checkoutCoercers(mapping.dateOrders);
  const studentId = cellReader(mapping, columns.student_id, coercers.student_id);
  const bookId = cellReader(mapping, columns.book_id, coercers.book_id);
  const checkoutDate = cellReader(mapping, columns.checkout_date, coercers.checkout_date);
  const returnDate = cellReader(mapping, columns.return_date, coercers.return_date);
  const rating = cellReader(mapping, columns.student_rating, coercers.student_rating);
  const checkoutId = cellReader(mapping, columns.checkout_id, coercers.checkout_id);

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
      const raw = textThatReads(
        mapping.sources.return_date,
        source,
        record.return_date,
        coercers.return_date,
      );
      issues.push(issueOf(source, columns.return_date, raw, returnBeforeCheckout()));
    }
    if (hasError(issues)) return { record: null, issues, isbnZeroRestored: false };
    if (record.checkout_id === '') record.checkout_id = madeUpId(record, hasher);
    return { record, issues, isbnZeroRestored: false };
  };
}

/** The text that the return date was read from, which need not be the first cell that may hold it. */
function textThatReads(
  from: ColumnSource | undefined,
  source: SourceRecord,
  day: string,
  read: Coercer<string>,
): string | null {
  if (from?.kind === 'constant') return from.value;
  if (from?.kind !== 'cells') return null;
  const isIt = (cell: string): boolean => {
    const outcome = read(cell.trim());
    return outcome.state === 'value' && outcome.value === day;
  };
  return from.positions.map((position) => source.cells[position] ?? '').find(isIt) ?? null;
}

/** `AC-` and the first 16 hex digits of sha256(`student|book|date`): the same checkout, the same id, always. */
function madeUpId(record: CheckoutRecord, hasher: TextHasher): string {
  const name = `${record.student_id}|${record.book_id}|${record.checkout_date}`;
  return `AC-${hasher.sha256Hex(name).slice(0, 16)}`;
}
