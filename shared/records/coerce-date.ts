import { type Coerced, type Coercer, invalid, value } from './coerce.ts';
import { dateOrder, notADate } from './messages.ts';

/** ISO 8601 calendar date, with or without a time of day and an offset (`T` or a space between them). */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ][0-2]\d:[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?: ?(?:[Zz]|[+-]\d{2}(?::?\d{2})?))?)?$/;
/** Year first, but not as ISO has it: `2026-3-9`, `2026/03/09`, `20260309`. */
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** Year last: which of the first two is the month, nobody can tell from the cell. */
const YEAR_LAST = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})\b/;

/** A date as `YYYY-MM-DD`; date-times are cut to the date that they name, whatever their offset. */
export function date(label: string): Coercer<string> {
  return (cell) => readDate(cell, label);
}

function readDate(cell: string, label: string): Coerced<string> {
  const iso = ISO.exec(cell);
  if (iso) {
    const day = calendarDay(iso[1], iso[2], iso[3]);
    return day === null ? invalid(notADate(label, null)) : value(day);
  }
  const yearLast = YEAR_LAST.exec(cell);
  if (yearLast) return yearLastDate(label, yearLast[1], yearLast[2], yearLast[3]);
  const other = YEAR_FIRST.exec(cell) ?? COMPACT.exec(cell);
  return invalid(notADate(label, other ? calendarDay(other[1], other[2], other[3]) : null));
}

function yearLastDate(label: string, first = '', second = '', year = ''): Coerced<string> {
  // Of two digits nobody knows the century: then both readings count as possible, and neither is proposed.
  const wholeYear = year.length === 4 ? year : '2000';
  const monthFirst = calendarDay(wholeYear, first, second);
  const dayFirst = calendarDay(wholeYear, second, first);
  if (monthFirst === null && dayFirst === null) return invalid(notADate(label, null));
  const ambiguous =
    year.length !== 4 || (monthFirst !== null && dayFirst !== null && monthFirst !== dayFirst);
  return invalid(dateOrder(label, ambiguous ? null : (monthFirst ?? dayFirst)));
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `YYYY-MM-DD`, or null for a day that no calendar has. */
function calendarDay(year = '', month = '', day = ''): string | null {
  const y = Number(year);
  const m = Number(month);
  const d = Number(day);
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const days = m === 2 && leap ? 29 : (DAYS_IN_MONTH[m - 1] ?? 0);
  if (y < 1 || d < 1 || d > days) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
