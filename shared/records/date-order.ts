import { type DateOrderEvidence, dateOrderEvidence } from './coerce-date.ts';
import { cellsAt } from './column-content.ts';
import { columnTitle } from './mapping-messages.ts';
import type { ColumnMapping, ColumnSource } from './types.ts';

/** Canonical columns that hold dates; the birth date from which an age is worked out is the only other date. */
export const DATE_COLUMNS: ReadonlySet<string> = new Set(['checkout_date', 'return_date']);

/** A column whose dates nobody can read before a person has said their order, once. */
export interface DateOrderQuestion {
  /** Canonical name; the key of `ColumnMapping.dateOrders`. */
  column: string;
  /** What the file calls it. */
  heading: string;
  evidence: DateOrderEvidence;
}

/**
 * What is to be asked about a file before its dates can be read: every column of dates with the year last for
 * which no order was said. `sample` holds the cells of the first records.
 */
export function dateOrderQuestions(
  mapping: ColumnMapping,
  sample: readonly (readonly string[])[],
): DateOrderQuestion[] {
  const questions: DateOrderQuestion[] = [];
  for (const [column, source] of Object.entries(mapping.sources)) {
    if (source === undefined || mapping.dateOrders[column] !== undefined) continue;
    const positions = datePositions(column, source);
    const evidence = dateOrderEvidence(positions.flatMap((position) => cellsAt(sample, position)));
    if (evidence.monthFirst + evidence.dayFirst + evidence.ambiguous === 0) continue;
    questions.push({ column, heading: columnTitle(mapping.header, positions[0] ?? 0), evidence });
  }
  return questions;
}

function datePositions(column: string, source: ColumnSource): readonly number[] {
  if (source.kind === 'cells') return DATE_COLUMNS.has(column) ? source.positions : [];
  return source.kind === 'derived' && source.rule.kind === 'age-on' ? [source.position] : [];
}
