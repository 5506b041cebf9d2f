import type { ColumnRole, DamageKind } from './kinds.ts';

/**
 * What one cell can show by itself. All but `id-leading-zero`, which only the column shows, and two that are no
 * damage but weigh in the diagnosis of others: `mojibake-mixed` (garbled and sound accents in one cell) and
 * `fraction` (`10.5` in a column of ids).
 */
export type Sign = Exclude<DamageKind, 'id-leading-zero'> | 'mojibake-mixed' | 'fraction';

/** A cell before and after repair. `row` counts records from 1; long texts are clipped to the place in question. */
export interface DamageExample {
  row: number;
  before: string;
  /** Null where nothing can be proposed. */
  after: string | null;
}

export interface SignSummary {
  cells: number;
  /** Of the lowest rows, at most EXAMPLES, in row order. */
  examples: readonly DamageExample[];
}

/** The cells of a column of ids that are digits only and of one length. */
export interface DigitLength {
  /** LONGEST_DIGITS stands for everything longer, too. */
  length: number;
  cells: number;
  beginWithZero: number;
  examples: readonly DamageExample[];
}

/** What was seen of one column. Plain data: it crosses threads as it is. */
export interface ColumnSummary {
  position: number;
  role: ColumnRole;
  /** Cells that are not empty. */
  cells: number;
  /** Length of the longest cell, in UTF-16 units, as spreadsheets count. */
  longest: number;
  /** By length, shortest first; only for ids. */
  digits: readonly DigitLength[];
  signs: Readonly<Partial<Record<Sign, SignSummary>>>;
}

/** Five show a pattern; more would only be read by a machine. */
export const EXAMPLES = 5;
/** No id is that long; it bounds the histogram. */
export const LONGEST_DIGITS = 32;

/**
 * The summaries of two parts of a file as one. Associative, with `[]` as its neutral element: batches may be
 * merged in any grouping. Examples are those of the lowest rows, so that the outcome is always the same.
 */
export function mergeSummaries(a: readonly ColumnSummary[], b: readonly ColumnSummary[]): ColumnSummary[] {
  const byPosition = new Map(a.map((column) => [column.position, column]));
  for (const column of b) {
    const other = byPosition.get(column.position);
    byPosition.set(column.position, other ? mergeColumns(other, column) : column);
  }
  return [...byPosition.values()].sort((x, y) => x.position - y.position);
}

function mergeColumns(a: ColumnSummary, b: ColumnSummary): ColumnSummary {
  return {
    position: a.position,
    role: a.role,
    cells: a.cells + b.cells,
    longest: Math.max(a.longest, b.longest),
    digits: mergeDigits(a.digits, b.digits),
    signs: mergeSigns(a.signs, b.signs),
  };
}

function mergeDigits(a: readonly DigitLength[], b: readonly DigitLength[]): DigitLength[] {
  const byLength = new Map(a.map((digits) => [digits.length, digits]));
  for (const digits of b) {
    const other = byLength.get(digits.length);
    byLength.set(digits.length, other ? mergeLengths(other, digits) : digits);
  }
  return [...byLength.values()].sort((x, y) => x.length - y.length);
}

function mergeLengths(a: DigitLength, b: DigitLength): DigitLength {
  return {
    length: a.length,
    cells: a.cells + b.cells,
    beginWithZero: a.beginWithZero + b.beginWithZero,
    examples: mergeExamples(a.examples, b.examples),
  };
}

function mergeSigns(a: ColumnSummary['signs'], b: ColumnSummary['signs']): ColumnSummary['signs'] {
  const merged: Partial<Record<Sign, SignSummary>> = { ...a };
  for (const [sign, summary] of Object.entries(b) as [Sign, SignSummary][]) {
    const other = merged[sign];
    merged[sign] = other
      ? { cells: other.cells + summary.cells, examples: mergeExamples(other.examples, summary.examples) }
      : summary;
  }
  return merged;
}

function mergeExamples(a: readonly DamageExample[], b: readonly DamageExample[]): DamageExample[] {
  return [...a, ...b].sort((x, y) => x.row - y.row).slice(0, EXAMPLES);
}
