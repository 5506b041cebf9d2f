import { unguarded } from '../../shared/records/formula-guard.ts';
import { type FileOfDraft, markHeading, REASONS, readMarkHeading } from '../../shared/records/own-files.ts';
import type { ColumnToCorrect } from './ports.ts';
import { comparable } from './row-mark.ts';

const SURPLUS = /^Extra cell ([1-9]\d{0,4})$/;

/**
 * The columns of a file of rows to correct: the file's own, one for each cell that rows have behind them, what is
 * wrong, and the mark. `width`: cells of the widest row.
 */
export function correctionColumns(
  header: readonly string[],
  width: number,
  from: FileOfDraft,
): ColumnToCorrect[] {
  const own: ColumnToCorrect[] = header.map((heading) => ({ heading, kind: 'cells' }));
  for (let position = header.length; position < width; position += 1)
    own.push({ heading: `Extra cell ${position + 1}`, kind: 'cells' });
  return [...own, { heading: REASONS, kind: 'reasons' }, { heading: markHeading(from), kind: 'mark' }];
}

/** Where the columns of a file that came back stand. */
export interface ReturnedColumns {
  mark: number;
  /** By the position in the file of the draft; columns that were taken away, or cannot be told apart, are missing. */
  columns: ReadonlyMap<number, number>;
}

/**
 * Finds the columns again by their headings, wherever they were moved to; new ones are left out. Headings that occur
 * more than once are taken in their order if all are there, else only where they still stand.
 */
export function returnedColumns(header: readonly string[], returned: readonly string[]): ReturnedColumns {
  const mark = returned.findLastIndex((heading) => readMarkHeading(heading) !== null);
  const columns = new Map<number, number>();
  const places = placesOf(returned.filter((_, at) => at !== mark));
  const before = (at: number): number => (mark === -1 || at < mark ? at : at + 1);
  const expected = placesOf(header);
  for (const [heading, positions] of expected) {
    const found = (places.get(heading) ?? []).map(before);
    for (const [i, position] of positions.entries()) {
      const at = found.length === positions.length ? found[i] : found.find((each) => each === position);
      if (at !== undefined) columns.set(position, at);
    }
  }
  for (const [heading, [at, ...others]] of places) {
    const number = Number(SURPLUS.exec(heading)?.[1] ?? 0);
    if (number <= header.length || expected.has(heading) || others.length > 0 || at === undefined) continue;
    columns.set(number - 1, before(at));
  }
  return { mark, columns };
}

function placesOf(headings: readonly string[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [at, heading] of headings.entries()) {
    const key = unguarded(comparable(heading)).trim();
    places.set(key, [...(places.get(key) ?? []), at]);
  }
  return places;
}
