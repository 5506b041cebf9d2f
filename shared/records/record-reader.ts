import { type Coercer, invalid, isBlankWord } from './coerce.ts';
import type { Column } from './columns.ts';
import { constantValue } from './constant.ts';
import { derivation } from './derive.ts';
import { shownValue } from './issue-value.ts';
import { columnTitle, workedOut } from './mapping-messages.ts';
import { type Finding, readElsewhere, valueRequired } from './messages.ts';
import type { ColumnMapping, ColumnSource, RowIssue, SourceRecord } from './types.ts';

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
 * A reader for one column of a file, wherever its values come from; null where the file has no such column.
 * A constant is read here, once. Throws AppError `mapping.invalid` for one that cannot be read.
 */
export function cellReader<T>(
  mapping: ColumnMapping,
  column: Column,
  coerce: Coercer<T>,
): CellReader<T> | null {
  const source = mapping.sources[column.name];
  if (!source) return null;
  switch (source.kind) {
    case 'constant': {
      const constant = constantValue(column, source.value, coerce);
      return () => constant;
    }
    case 'derived':
      return derivedReader(mapping, column, source, coerce);
    case 'cells': {
      const [position = 0, ...others] = source.positions;
      return others.length === 0
        ? oneCell(column, position, coerce, valueRequired(column.label))
        : firstOfCells(mapping, column, source.positions, coerce);
    }
  }
}

/** The path of nearly every cell there is: nothing is allocated for one that is in order. */
function oneCell<T>(column: Column, position: number, coerce: Coercer<T>, missing: Finding): CellReader<T> {
  const { required, blankWords } = column;
  return (source, issues) => {
    const raw = source.cells[position] ?? '';
    const trimmed = raw.trim();
    if (trimmed === '' || (blankWords && isBlankWord(trimmed))) {
      if (required) issues.push(issueOf(source, column, raw, missing));
      return null;
    }
    const read = coerce(trimmed);
    if (read.finding !== null) issues.push(issueOf(source, column, raw, read.finding));
    return read.state === 'invalid' ? null : read.value;
  };
}

/**
 * Over every cell that may hold the column: the first that is neither blank nor unreadable gives the value,
 * and the unreadable ones before it become warnings.
 */
function firstOfCells<T>(
  mapping: ColumnMapping,
  column: Column,
  positions: readonly number[],
  coerce: Coercer<T>,
): CellReader<T> {
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
      const heading = columnTitle(mapping.header, position);
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

/** Issues stand at the canonical column, with the cell that the value was to be worked out from. */
function derivedReader<T>(
  mapping: ColumnMapping,
  column: Column,
  source: Extract<ColumnSource, { kind: 'derived' }>,
  coerce: Coercer<T>,
): CellReader<T> {
  const heading = columnTitle(mapping.header, source.position);
  const derive = derivation(source.rule, mapping.dateOrders[column.name] ?? null);
  const workOut: Coercer<T> = (cell) => {
    const derived = derive(cell);
    if (derived.state === 'invalid') return invalid(workedOut(derived.finding, heading, true));
    const read = coerce(derived.value);
    return read.state === 'invalid' ? invalid(workedOut(read.finding, heading, false)) : read;
  };
  const missing = workedOut(valueRequired(column.label), heading, false);
  return oneCell(column, source.position, workOut, missing);
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
    value: raw === null ? null : shownValue(raw),
    message: finding.message,
    suggestion: finding.suggestion,
  };
}

export function hasError(issues: readonly RowIssue[]): boolean {
  return issues.some((issue) => issue.severity === 'error');
}
