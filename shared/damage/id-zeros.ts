import type { ColumnSummary } from './column-summary.ts';
import { EXAMPLES, LONGEST_DIGITS } from './column-summary.ts';
import type { Diagnosis } from './diagnosis.ts';

/** Fewer ids than this show no rule. */
const FEWEST_CELLS = 20;
const SHARE_OF_UNIFORM = 0.9;
/** An id that is shorter still is another kind of number. */
export const MOST_LOST_ZEROS = 3;

/**
 * Ids that lost the zeros they began with: nearly all are digits of one length, some of these begin with 0, and
 * the others are up to three digits shorter. Only a suggestion: an id has no check digit, a short one may be right.
 * Without ids that begin with 0, numbers that were simply counted up (8, 9, 10 …) would look the same.
 */
export function diagnoseIds(summary: ColumnSummary): Diagnosis | null {
  const full = summary.digits.at(-1);
  const all = summary.digits.reduce((sum, digits) => sum + digits.cells, 0);
  if (!full || all < FEWEST_CELLS || full.length === LONGEST_DIGITS) return null;
  if (full.cells < all * SHARE_OF_UNIFORM || full.beginWithZero === 0) return null;

  const short = summary.digits.slice(0, -1);
  const shortest = short[0]?.length ?? full.length;
  if (short.length === 0 || shortest < full.length - MOST_LOST_ZEROS) return null;
  const examples = short
    .flatMap((digits) => digits.examples)
    .sort((a, b) => a.row - b.row)
    .slice(0, EXAMPLES)
    .map(({ row, before }) => ({ row, before, after: before.padStart(full.length, '0') }));
  return {
    kind: 'id-leading-zero',
    cells: all - full.cells,
    examples,
    certainty: 'suggested',
    repair: { kind: 'id-leading-zero', length: full.length },
    beside: full.cells,
  };
}
