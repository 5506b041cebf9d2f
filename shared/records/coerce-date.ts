import { type Coerced, type Coercer, invalid, value } from './coerce.ts';
import { centuryUnknown, notInThisOrder } from './mapping-messages.ts';
import { dateOrder, notADate } from './messages.ts';
import type { DateOrder } from './types.ts';

/** ISO 8601 calendar date, with or without a time of day and an offset (`T` or a space between them). */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ][0-2]\d:[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?: ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?))?)?$/;
/** Year first, but not as ISO has it: `2026-3-9`, `2026/03/09`, `20260309`. */
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** Year last: which of the first two is the month, nobody can tell from the cell. */
const YEAR_LAST = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})\b/;
/** What may stand behind a date whose order is known: nothing, or a time of day as spreadsheets write it. */
const TIME_OF_DAY = /^(?:,? +[0-2]?\d:[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?: ?[ap]\.? ?m\.?)?)?$/i;

/**
 * A date as `YYYY-MM-DD`; date-times are cut to the date that they name, whatever their offset. Dates with the
 * year last are read only where a person said the column's order.
 */
export function date(label: string, order: DateOrder | null = null): Coercer<string> {
  return (cell) => readDate(cell, label, order);
}

function readDate(cell: string, label: string, order: DateOrder | null): Coerced<string> {
  const iso = ISO.exec(cell);
  if (iso) {
    const day = calendarDay(iso[1], iso[2], iso[3]);
    return day === null ? invalid(notADate(label, null)) : value(day);
  }
  const yearLast = YEAR_LAST.exec(cell);
  if (yearLast && order !== null) {
    if (TIME_OF_DAY.test(cell.slice(yearLast[0].length))) return inOrder(label, order, yearLast);
    return invalid(notADate(label, null));
  }
  if (yearLast) return yearLastDate(label, yearLast[1], yearLast[2], yearLast[3]);
  const other = YEAR_FIRST.exec(cell) ?? COMPACT.exec(cell);
  return invalid(notADate(label, other ? calendarDay(other[1], other[2], other[3]) : null));
}

function inOrder(label: string, order: DateOrder, parts: RegExpExecArray): Coerced<string> {
  const [, first = '', second = '', year = ''] = parts;
  if (year.length !== 4) return invalid(centuryUnknown(label));
  const day = order === 'month-first' ? calendarDay(year, first, second) : calendarDay(year, second, first);
  return day === null ? invalid(notInThisOrder(label, order)) : value(day);
}

function yearLastDate(label: string, first = '', second = '', year = ''): Coerced<string> {
  const { monthFirst, dayFirst } = bothReadings(first, second, year);
  if (monthFirst === null && dayFirst === null) return invalid(notADate(label, null));
  const ambiguous =
    year.length !== 4 || (monthFirst !== null && dayFirst !== null && monthFirst !== dayFirst);
  return invalid(dateOrder(label, ambiguous ? null : (monthFirst ?? dayFirst)));
}

/** Of two digits nobody knows the century: a leap year is taken, so that no reading is refused for it. */
function bothReadings(
  first: string,
  second: string,
  year: string,
): { monthFirst: string | null; dayFirst: string | null } {
  const wholeYear = year.length === 4 ? year : '2000';
  return {
    monthFirst: calendarDay(wholeYear, first, second),
    dayFirst: calendarDay(wholeYear, second, first),
  };
}

/** Cells of a column by the orders of day and month in which they are dates. */
export interface DateOrderEvidence {
  /** Only read as month/day/year. */
  monthFirst: number;
  /** Only read as day/month/year. */
  dayFirst: number;
  /** Dates in both orders. */
  ambiguous: number;
}

/** What a column's cells say about their order, for a door that asks a person; other cells do not count. */
export function dateOrderEvidence(cells: Iterable<string>): DateOrderEvidence {
  const evidence = { monthFirst: 0, dayFirst: 0, ambiguous: 0 };
  for (const cell of cells) {
    const parts = YEAR_LAST.exec(cell.trim());
    if (!parts) continue;
    const { monthFirst, dayFirst } = bothReadings(parts[1] ?? '', parts[2] ?? '', parts[3] ?? '');
    // 4 April is 4/4 either way: nothing depends on it.
    if (monthFirst === dayFirst) continue;
    if (monthFirst !== null && dayFirst !== null) evidence.ambiguous += 1;
    else if (monthFirst !== null) evidence.monthFirst += 1;
    else if (dayFirst !== null) evidence.dayFirst += 1;
  }
  return evidence;
}

/**
 * The earliest day that a cell can mean in any order, `YYYY-MM-DD`; null for what is no date. Eight digits in
 * a row are none here: they are a barcode as often. A year of two digits counts as one of this century.
 */
export function readsAsDay(cell: string): string | null {
  const yearFirst = ISO.exec(cell) ?? YEAR_FIRST.exec(cell);
  if (yearFirst) return calendarDay(yearFirst[1], yearFirst[2], yearFirst[3]);
  const [, first = '', second = '', year = ''] = YEAR_LAST.exec(cell) ?? [];
  if (year === '') return null;
  const wholeYear = year.length === 4 ? year : `20${year}`;
  const readings = [calendarDay(wholeYear, first, second), calendarDay(wholeYear, second, first)];
  return readings.filter((day) => day !== null).sort()[0] ?? null;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `YYYY-MM-DD`, or null for a day that no calendar has. */
export function calendarDay(year = '', month = '', day = ''): string | null {
  const y = Number(year);
  const m = Number(month);
  const d = Number(day);
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = m === 2 && leap ? 29 : (DAYS_IN_MONTH[m - 1] ?? 0);
  if (y < 1 || d < 1 || d > days) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
