import { BOOK_FAULTS, type BookFault, writtenRecord } from './book-faults.ts';
import { bookId, inventedBook } from './invented-book.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';

/** One row in each block of fifty is bad: two per cent, exactly. */
export const BLOCK_ROWS = 50;

export interface BooksPlan {
  rows: number;
  seed: number;
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
  const badRows = Math.floor(plan.rows / BLOCK_ROWS);
  let rejectedRows = 0;
  for (let block = 0; block < badRows; block += 1) if (faultOf(block)?.rejects) rejectedRows += 1;
  return { rows: plan.rows, badRows, rejectedRows, warnedRows: badRows - rejectedRows };
}

/** The record with this index (from 0), without its line end, and what is wrong with it. */
export function bookRow(plan: BooksPlan, index: number): { text: string; fault: BookFault | null } {
  const random = seededRandom(plan.seed, index);
  const cells = inventedBook(index, random);
  const block = Math.floor(index / BLOCK_ROWS);
  const fault = badIndex(plan, block) === index ? faultOf(block) : null;
  if (fault === null) return { text: writtenRecord(cells), fault };
  return { text: fault.write(cells, random, bookId(laterGoodRow(plan, block, random))), fault };
}

/** In turn, so that a small file has every kind too. */
function faultOf(block: number): BookFault | null {
  return BOOK_FAULTS[block % BOOK_FAULTS.length] ?? null;
}

/** Never the last row of its block: a row that repeats an id needs a good one behind it. Null in the unfinished block. */
function badIndex(plan: BooksPlan, block: number): number | null {
  const first = block * BLOCK_ROWS;
  if (first + BLOCK_ROWS > plan.rows) return null;
  return first + seededRandom(~plan.seed, block).below(BLOCK_ROWS - 1);
}

/** The last row of this block or of one anywhere behind it, so that repeated ids stand far apart. */
function laterGoodRow(plan: BooksPlan, block: number, random: SeededRandom): number {
  const blocksBehind = Math.floor(plan.rows / BLOCK_ROWS) - block;
  return (block + 1 + random.below(blocksBehind)) * BLOCK_ROWS - 1;
}
