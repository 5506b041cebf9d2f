/** The three kinds of record a file can hold, in the order in which their keys need them to be loaded. */
export const RECORD_TYPES = ['books', 'students', 'checkouts'] as const;
export type RecordType = (typeof RECORD_TYPES)[number];

/**
 * A book after coercion. Text fields: `null` where the file has no such column, `''` where the cell is blank
 * (the hash tells the two apart). `reading_level` and `average_rating` are unrounded.
 */
export interface BookRecord {
  book_id: string;
  isbn: string | null;
  title: string;
  author: string | null;
  genre: readonly string[];
  keywords: readonly string[];
  description: string | null;
  page_count: number | null;
  publication_year: number | null;
  difficulty_band: string | null;
  reading_level: number | null;
  average_rating: number | null;
}

/** A student after coercion; `lunch_period` is text because the production column is. */
export interface StudentRecord {
  student_id: string;
  grade_level: number;
  age: number;
  homeroom_teacher: string;
  prior_year_reading_score: number | null;
  lunch_period: string;
}

/** A checkout after coercion; dates are `YYYY-MM-DD`; `checkout_id` is never blank. */
export interface CheckoutRecord {
  student_id: string;
  book_id: string;
  checkout_date: string;
  return_date: string | null;
  student_rating: number | null;
  checkout_id: string;
}

export interface RecordOf {
  books: BookRecord;
  students: StudentRecord;
  checkouts: CheckoutRecord;
}

/** One record as it stands in a file, before anything is known of it. `row` counts records from 1, without header and blank lines; `line` is its first line in the file. */
export interface SourceRecord {
  row: number;
  line: number;
  cells: readonly string[];
  /** Set where the record could not be read as CSV; `cells` then holds its text as one cell (a long one: its beginning). */
  fault: RecordFault | null;
}

/** Why a record is no CSV: a quote that never closes, a closing quote with other text behind it, a line too long to be a record. */
export type RecordFault = 'quote-unclosed' | 'quote-text-after' | 'too-long';

export type Severity = 'error' | 'warning';

/** What is proposed for a cell: `value` is null where only words can help (then it is no one-click fix). */
export interface Suggestion {
  label: string;
  value: string | null;
}

/** What is wrong with one cell or row. An error rejects the row, a warning lets it load. The header is row 0, line 1. */
export interface RowIssue {
  row: number;
  line: number;
  /** Canonical column name (a file's own name for an unknown column); null for the whole row. */
  column: string | null;
  code: IssueCode;
  severity: Severity;
  value: string | null;
  message: string;
  suggestion: Suggestion | null;
}

export type IssueCode =
  | 'csv.quote-unclosed'
  | 'csv.quote-text-after'
  | 'csv.record-too-long'
  | 'csv.cells-missing'
  | 'csv.cells-surplus'
  | 'csv.cells-surplus-blank'
  | 'csv.no-rows'
  | 'file.encoding-guessed'
  | 'file.characters-lost'
  | 'file.other-sheets'
  | 'value.lost-character'
  | 'column.unknown'
  | 'column.repeated'
  | 'column.synonym-unused'
  | 'column.left-out'
  | 'column.by-content'
  | 'value.required'
  | 'value.not-a-number'
  | 'value.not-whole'
  | 'value.out-of-range'
  | 'value.not-a-date'
  | 'value.date-order'
  | 'value.not-a-choice'
  | 'value.old-word'
  | 'value.too-long'
  | 'value.forbidden-character'
  | 'value.not-a-list'
  | 'isbn.invalid'
  | 'isbn.scientific'
  | 'return.before-checkout'
  | 'key.repeated'
  | 'reference.missing-book'
  | 'reference.missing-student'
  | 'database.refused';

/** An accepted record on its way to staging. `key` is unique within its type; `contentHash` is 64 hex digits. */
export interface CheckedRow<T extends RecordType = RecordType> {
  row: number;
  line: number;
  cells: readonly string[];
  key: string;
  record: RecordOf[T];
  contentHash: string;
}

/** A rejected record with its original cells and every reason; what `--rejects` writes. */
export interface RejectedRow {
  fileNo: number;
  row: number;
  line: number;
  cells: readonly string[];
  issues: readonly RowIssue[];
}

/** How a column writes its dates where the year stands last: `9/3/2026` is 3 September or 9 March. */
export const DATE_ORDERS = ['month-first', 'day-first'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/** A value that is worked out from another one. */
export type DerivedRule =
  /** Whole years from the birth date in the cell to `date` (`YYYY-MM-DD`), as on a school's day of reckoning. */
  | { kind: 'age-on'; date: string }
  /** 12 less the years until graduation; `schoolYearEnds` is the calendar year in which the current school year ends. */
  | { kind: 'grade-from-graduation-year'; schoolYearEnds: number };

/** Where the values of one canonical column come from. */
export type ColumnSource =
  /** Cells that may hold it, best first. */
  | { kind: 'cells'; positions: readonly number[] }
  /** The same text for every row, read by the column's own rules. */
  | { kind: 'constant'; value: string }
  | { kind: 'derived'; position: number; rule: DerivedRule };

/** How a file's columns are read. Plain data: it crosses threads and is kept in the workspace. */
export interface ColumnMapping {
  type: RecordType;
  header: readonly string[];
  /** By canonical name; only columns that the file has. A column that is absent here is left alone in the database. */
  sources: Readonly<Partial<Record<string, ColumnSource>>>;
  /** By canonical name; the order of day and month where a person said it. */
  dateOrders: Readonly<Partial<Record<string, DateOrder>>>;
  /** Issues of the header itself (unknown or repeated columns), row 0. */
  issues: readonly RowIssue[];
}

/** SHA-256 of a text's UTF-8 bytes as 64 lower-case hex digits; the engine's Hasher is one. */
export interface TextHasher {
  sha256Hex(text: string): string;
}
