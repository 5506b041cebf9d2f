import { type Coercer, isBlankWord } from './coerce.ts';
import type { Column } from './columns.ts';
import { type Finding, readElsewhere, valueRequired } from './messages.ts';
import type { ColumnMapping, RowIssue, SourceRecord } from './types.ts';

/** A record read from its cells. `record` is null where an error rejects it; warnings leave it in place. */
export interface ReadRecord<R> {
  record: R | null;
  issues: RowIssue[];
  /** True where the ISBN got its leading zero back. */
  isbnZeroRestored: boolean;
}

export type RecordReader<R> = (source: SourceRecord) => ReadRecord<R>;

/** Reads one column of a record and adds what it finds to `issues`; null for a blank or unreadable cell. */
export type CellReader<T> = (source: SourceRecord, issues: RowIssue[]) => T | null;

/**
 * A reader for one column of a file, over every cell that may hold it: the first that is neither blank nor
 * unreadable gives the value, and the unreadable ones before it become warnings. Null where the file has no
 * such column.
 */
export function cellReader<T>(
  mapping: ColumnMapping,
  column: Column,
  coerce: Coercer<T>,
): CellReader<T> | null {
  const positions = mapping.sources[column.name];
  if (!positions) return null;
  return (source, issues) => {
    let unread: { raw: string; finding: Finding }[] | null = null;
    for (const position of positions) {
      const raw = source.cells[position] ?? '';
      const trimmed = raw.trim();
      if (trimmed === '' || (column.blankWords && isBlankWord(trimmed))) continue;
      const read = coerce(trimmed);
      if (read.state === 'invalid') {
        unread ??= [];
        // Two cells with the same fault are one fault of this column: it is counted and told once.
        const told = unread.some((earlier) => earlier.finding.code === read.finding.code);
        if (!told) unread.push({ raw, finding: read.finding });
        continue;
      }
      const heading = mapping.header[position]?.trim() ?? column.name;
      for (const { raw: other, finding } of unread ?? []) {
        issues.push(issueOf(source, column, other, readElsewhere(finding, heading)));
      }
      if (read.finding) issues.push(issueOf(source, column, raw, read.finding));
      return read.value;
    }
    for (const { raw, finding } of unread ?? []) issues.push(issueOf(source, column, raw, finding));
    if (!unread && column.required) {
      const raw = source.cells[positions[0] ?? 0] ?? '';
      issues.push(issueOf(source, column, raw, valueRequired(column.label)));
    }
    return null;
  };
}

export function issueOf(
  source: SourceRecord,
  column: Column | null,
  raw: string | null,
  finding: Finding,
): RowIssue {
  return {
    row: source.row,
    line: source.line,
    column: column?.name ?? null,
    code: finding.code,
    severity: finding.severity,
    value: raw,
    message: finding.message,
    suggestion: finding.suggestion,
  };
}

export function hasError(issues: readonly RowIssue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}
