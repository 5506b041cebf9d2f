import type { DateSystem } from './kinds.ts';

const MS_PER_DAY = 86_400_000;
/** 31 December 1899, the day before day 1, and 1 January 1904, day 0 (ECMA-376 part 1, 18.17.4). */
const DAY_ZERO: Readonly<Record<DateSystem, number>> = {
  1900: Date.UTC(1899, 11, 31),
  1904: Date.UTC(1904, 0, 1),
};
/** The 1900 system counts a 29 February 1900 that never was, as Lotus 1-2-3 did. */
const DAY_THAT_NEVER_WAS = 60;

/** That of every spreadsheet today; a column of day numbers does not say which one it was written in. */
export const USUAL_DATE_SYSTEM: DateSystem = 1900;

/** The date (`YYYY-MM-DD`) that a spreadsheet counts as this day, or null where it has none. A time of day is cut. */
export function serialToIsoDate(serial: number, system: DateSystem): string | null {
  const day = Math.floor(serial);
  if (system === 1900 && (day < 1 || day === DAY_THAT_NEVER_WAS)) return null;
  if (!Number.isFinite(day) || day < 0 || day > LAST_DAY) return null;
  const surplus = system === 1900 && day > DAY_THAT_NEVER_WAS ? 1 : 0;
  return new Date(DAY_ZERO[system] + (day - surplus) * MS_PER_DAY).toISOString().slice(0, 10);
}

/** 31 December 9999 in the 1900 system; the 1904 system ends 1,462 days earlier, and nobody's loan is so late. */
const LAST_DAY = 2_958_465;

/** 1 January 1950 and 31 December 2099: what a birth date or a loan can be. */
const FIRST_LIKELY = 18_264;
const LAST_LIKELY = 73_050;
const SERIAL = /^\d{5}(?:\.\d+)?$/;

/** The day number in a cell of a date column (five digits, perhaps with a time of day as a fraction), or null. */
export function likelySerial(cell: string): number | null {
  if (!SERIAL.test(cell)) return null;
  const serial = Math.floor(Number(cell));
  return serial >= FIRST_LIKELY && serial <= LAST_LIKELY ? serial : null;
}

/** Short names of months as spreadsheets in English, Spanish, French and German write them. */
const MONTHS: ReadonlySet<string> = new Set(
  (
    'jan feb mar apr may jun jul aug sep sept oct nov dec ene abr ago dic ' +
    'janv févr mars avr mai juin juil août déc mär mrz okt dez'
  ).split(' '),
);
/** As spreadsheets write it: a code such as `DEC-01` is a person's. */
const DAY_AND_MONTH = /^(?:\d{1,2}(?:-|\. ?)(\p{L}\p{Ll}{2,4})\.?|(\p{L}\p{Ll}{2,4})-\d{2})$/u;
const MIDNIGHT = /^(?:19|20)\d{2}-\d{2}-\d{2}[ T]00:00(?::00(?:\.0+)?)?$/;

/** True for what a spreadsheet makes of `5-4` or `4.5`: `4-May`, `May-04`, `04. Mai`, a date at midnight. */
export function looksTurnedIntoDate(cell: string): boolean {
  if (MIDNIGHT.test(cell)) return true;
  const match = DAY_AND_MONTH.exec(cell);
  return match !== null && MONTHS.has((match[1] ?? match[2] ?? '').toLowerCase());
}
