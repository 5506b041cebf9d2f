import { isbnColumn } from './column-content.ts';
import { columnsOf } from './columns.ts';
import { matchHeader } from './match-header.ts';
import { RECORD_TYPES, type RecordType } from './types.ts';

/**
 * The type whose columns a file has, or null where that cannot be told. `sample` holds the cells of its first
 * records.
 *
 * Only checkouts have both a student's and a book's key. Of the others the type wins of which most required
 * columns are there; then one that is complete; then the one that knows most columns. A header that satisfies
 * none still goes to the likeliest type, so that a missing column can be named. Where the headings leave it
 * open, a column of ISBNs makes them books.
 */
export function recogniseType(
  header: readonly string[],
  sample: readonly (readonly string[])[] = [],
): RecordType | null {
  const scores = RECORD_TYPES.map((type) => scoreOf(type, header));
  if (isCheckouts(header)) return 'checkouts';
  const [best, next] = scores.filter((score) => score.required > 0).sort(byLikelihood);
  const clear = best !== undefined && (next === undefined || byLikelihood(best, next) < 0);
  if (clear && (best.complete || best.known > 1)) return best.type;
  return holdsIsbns(header, sample) ? 'books' : null;
}

interface Score {
  type: RecordType;
  /** How many of the required columns are there. */
  required: number;
  complete: boolean;
  known: number;
}

function scoreOf(type: RecordType, header: readonly string[]): Score {
  const known = [...matchHeader(type, header).keys()];
  const required = known.filter((column) => column.required).length;
  const inAll = columnsOf(type).filter((column) => column.required).length;
  return { type, required, complete: required === inAll, known: known.length };
}

/** Negative where `a` is the likelier one, zero where nobody can tell. */
function byLikelihood(a: Score, b: Score): number {
  return b.required - a.required || Number(b.complete) - Number(a.complete) || b.known - a.known;
}

function isCheckouts(header: readonly string[]): boolean {
  const names = [...matchHeader('checkouts', header).keys()].map((column) => column.name);
  return names.includes('student_id') && names.includes('book_id');
}

function holdsIsbns(header: readonly string[], sample: readonly (readonly string[])[]): boolean {
  const students = [...matchHeader('checkouts', header).keys()].some(
    (column) => column.name === 'student_id',
  );
  return !students && isbnColumn(sample, [...header.keys()]) !== null;
}
