import {
  type ColumnSummary,
  type DamageExample,
  type DigitLength,
  EXAMPLES,
  LONGEST_DIGITS,
  type Sign,
  type SignSummary,
} from './column-summary.ts';
import type { ColumnRole } from './kinds.ts';

interface Tally {
  cells: number;
  examples: DamageExample[];
}

interface DigitTally extends Tally {
  beginWithZero: number;
}

/** What is being counted of one column. Changed in place: it is touched for every cell of a file. */
export interface ColumnTally {
  readonly position: number;
  readonly role: ColumnRole;
  cells: number;
  longest: number;
  readonly digits: (DigitTally | undefined)[];
  readonly signs: Map<Sign, Tally>;
}

export function createTally(position: number, role: ColumnRole): ColumnTally {
  return { position, role, cells: 0, longest: 0, digits: [], signs: new Map() };
}

/** Counts a sign; the example is only worked out where it is kept. */
export function countSign(
  column: ColumnTally,
  sign: Sign,
  row: number,
  example: () => { before: string; after: string | null },
): void {
  let tally = column.signs.get(sign);
  if (!tally) {
    tally = { cells: 0, examples: [] };
    column.signs.set(sign, tally);
  }
  tally.cells += 1;
  if (isKept(tally, row)) keep(tally, { row, ...example() });
}

/** Counts a cell of digits only. */
export function countDigits(column: ColumnTally, cell: string, row: number): void {
  const length = cell.length < LONGEST_DIGITS ? cell.length : LONGEST_DIGITS;
  let tally = column.digits[length];
  if (!tally) {
    tally = { cells: 0, beginWithZero: 0, examples: [] };
    column.digits[length] = tally;
  }
  tally.cells += 1;
  if (cell.charCodeAt(0) === ZERO) tally.beginWithZero += 1;
  if (isKept(tally, row)) keep(tally, { row, before: cell, after: null });
}

const ZERO = 0x30;

export function summarise(column: ColumnTally): ColumnSummary {
  const digits: DigitLength[] = [];
  column.digits.forEach((tally, length) => {
    if (tally) digits.push({ length, ...tally, examples: [...tally.examples] });
  });
  const signs: Partial<Record<Sign, SignSummary>> = {};
  for (const [sign, { cells, examples }] of column.signs) signs[sign] = { cells, examples: [...examples] };
  const { position, role, cells, longest } = column;
  return { position, role, cells, longest, digits, signs };
}

/** Rows come in order, so after the first few this is one comparison. */
function isKept(tally: Tally, row: number): boolean {
  return tally.examples.length < EXAMPLES || row < (tally.examples[EXAMPLES - 1]?.row ?? 0);
}

function keep(tally: Tally, example: DamageExample): void {
  tally.examples.push(example);
  tally.examples.sort((a, b) => a.row - b.row);
  if (tally.examples.length > EXAMPLES) tally.examples.pop();
}
