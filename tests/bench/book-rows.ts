import { BOOK_FAULTS, type BookFault, writtenRecord } from './book-faults.ts';
import { bookId, inventedBook } from './invented-book.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** Of how many rows one is bad, and what is wrong with it, in turn. */
export interface FaultMix {
  /** Part of the file's name. */
  name: string;
  blockRows: number;
  faults: readonly BookFault[];
}

/** One row in each block of fifty is bad: two per cent, exactly; a small file has every kind, too. */
const EVERY_KIND: FaultMix = { name: '', blockRows: 50, faults: BOOK_FAULTS };

export interface BooksPlan {
  rows: number;
  seed: number;
  /** Left out: every kind of fault, in two per cent of the rows. */
  mix?: FaultMix;
}

/** What the checker has to find in the file; `badRows` = rejected and warned rows. */
export interface PromisedCounts {
  rows: number;
  badRows: number;
  rejectedRows: number;
  warnedRows: number;
}

/** The rows behind the last whole block are all good. */
export function promisedCounts(plan: BooksPlan): PromisedCounts {
  const mix = plan.mix ?? EVERY_KIND;
  const badRows = Math.floor(plan.rows / mix.blockRows);
  let rejectedRows = 0;
  for (let block = 0; block < badRows; block += 1) if (faultOf(mix, block)?.rejects) rejectedRows += 1;
  return { rows: plan.rows, badRows, rejectedRows, warnedRows: badRows - rejectedRows };
}

/** The record with this index (from 0), without its line end, and what is wrong with it. */
export function bookRow(plan: BooksPlan, index: number): { text: string; fault: BookFault | null } {
  const mix = plan.mix ?? EVERY_KIND;
  const random = seededRandom(plan.seed, index);
  const cells = inventedBook(index, random);
  const block = Math.floor(index / mix.blockRows);
  const fault = badIndex(plan, mix, block) === index ? faultOf(mix, block) : null;
  if (fault === null) return { text: writtenRecord(cells), fault };
  return { text: fault.write(cells, random, bookId(laterGoodRow(plan, mix, block, random))), fault };
}

function faultOf({ faults }: FaultMix, block: number): BookFault | null {
  return faults[block % faults.length] ?? null;
}

/** Never the last row of its block: a row that repeats an id needs a good one behind it. Null in the unfinished block. */
function badIndex(plan: BooksPlan, { blockRows }: FaultMix, block: number): number | null {
  const first = block * blockRows;
  if (first + blockRows > plan.rows) return null;
  return first + seededRandom(~plan.seed, block).below(blockRows - 1);
}

/** The last row of this block or of one anywhere behind it, so that repeated ids stand far apart. */
function laterGoodRow(plan: BooksPlan, { blockRows }: FaultMix, block: number, random: SeededRandom): number {
  const blocksBehind = Math.floor(plan.rows / blockRows) - block;
  return (block + 1 + random.below(blocksBehind)) * blockRows - 1;
}
