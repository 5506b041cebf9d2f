import { calendarDay } from '../../shared/records/coerce-date.ts';

/**
 * True where `after` is only what a spreadsheet makes of `before` by itself when it opens and saves a CSV: zeros in
 * front go, `9781402894626` becomes `9.78E+12`, `2026-09-03` becomes `9/3/2026`, `3-4` becomes `4-Mar`, `true`
 * becomes `TRUE`; saved in the system's old encoding, characters become question marks. Nobody meant those.
 */
export function isRetyped(before: string, after: string): boolean {
  const from = before.trim();
  const to = after.trim();
  if (from === to) return false;
  return isSameNumber(from, to) || isSameDay(from, to) || isSameTruth(from, to) || lostCharacters(from, to);
}

const NUMBER = /^[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)?(?:\.\d*)?(?:e[+-]?\d+)?$/i;
/** Excel calculates with, and shows, fifteen digits ("Excel specifications and limits"). */
const EXCEL_DIGITS = 15;

/** As many digits as `to` shows count where it is written with an exponent. */
function isSameNumber(from: string, to: string): boolean {
  const before = numberOf(cutDigits(from));
  const after = numberOf(to);
  if (before === null || after === null) return false;
  const [mantissa = '', exponent] = to.toLowerCase().split('e');
  const shown = mantissa.replace(/\D/g, '').length;
  const digits = exponent === undefined ? EXCEL_DIGITS : Math.min(Math.max(1, shown), EXCEL_DIGITS);
  return Number(before.toPrecision(digits)) === Number(after.toPrecision(EXCEL_DIGITS));
}

/** Digits behind the fifteenth become zeros, and are not rounded. */
function cutDigits(text: string): string {
  if (!/^\d+$/.test(text)) return text;
  const digits = text.replace(/^0+(?=\d)/, '');
  return digits.slice(0, EXCEL_DIGITS).padEnd(digits.length, '0');
}

function numberOf(text: string): number | null {
  if (!/\d/.test(text) || !NUMBER.test(text)) return null;
  const number = Number(text.replaceAll(',', ''));
  return Number.isFinite(number) ? number : null;
}

function isSameDay(from: string, to: string): boolean {
  const before = from.replace(TIME, '');
  const after = to.replace(TIME, '');
  // Day and month that change places were put there by a person: a spreadsheet keeps their order, or writes a name.
  if (TWO_NUMBERS.test(before) && TWO_NUMBERS.test(after)) return false;
  const [, first, second, year = ''] = YEAR_LAST.exec(before) ?? [];
  const [, third, fourth, other = ''] = YEAR_LAST.exec(after) ?? [];
  if (year !== '' && other !== '' && (Number(first) !== Number(third) || Number(second) !== Number(fourth)))
    return false;
  const days = daysOf(before);
  return days.length > 0 && daysOf(after).some((day) => days.includes(day));
}

/** A time of day, which spreadsheets add and take away. */
const TIME = /[T ,]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[ap]m)?$/i;
const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/;
const YEAR_LAST = /^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$/;
const TWO_NUMBERS = /^(\d{1,2})[-/.](\d{1,4})$/;
const DAY_MONTH = /^(\d{1,2})[-. ]+([a-z]{3,9})(?:[-. ]+(\d{4}|\d{2}))?$/i;
const MONTH_DAY = /^([a-z]{3,9})[-. ]+(\d{1,2})(?:,? +(\d{4}))?$/i;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** Stands for the year where a cell names none: a leap year, so that no day is missing. */
const ANY_YEAR = '2000';

/** Every day that a text can mean, `YYYY-MM-DD`; where it names no year, `-MM-DD`, and where no day, the month's first. */
function daysOf(day: string): string[] {
  const [, y = '', m = '', d = ''] = YEAR_FIRST.exec(day) ?? [];
  if (y !== '') return days([[y, m, d]]);
  const [, first = '', second = '', year = ''] = YEAR_LAST.exec(day) ?? [];
  if (year !== '') {
    return days(
      whole(year).flatMap((each) => [
        [each, first, second],
        [each, second, first],
      ]),
    );
  }
  const [, one = '', two = ''] = TWO_NUMBERS.exec(day) ?? [];
  if (one !== '') {
    return [
      ...yearless(one, two),
      ...yearless(two, one),
      ...days(whole(two).map((each) => [each, one, '1'])),
    ];
  }
  const [, before = '', name = '', named = ''] = DAY_MONTH.exec(day) ?? [];
  if (monthOf(name) !== '') return withMonth(monthOf(name), before, named);
  const [, word = '', behind = '', last = ''] = MONTH_DAY.exec(day) ?? [];
  if (monthOf(word) === '') return [];
  return [
    ...withMonth(monthOf(word), behind, last),
    ...days(whole(behind).map((each) => [each, monthOf(word), '1'])),
  ];
}

function withMonth(month: string, day: string, year: string): string[] {
  return year === '' ? yearless(month, day) : days(whole(year).map((each) => [each, month, day]));
}

function yearless(month: string, day: string): string[] {
  return days([[ANY_YEAR, month, day]]).map((each) => each.slice(4));
}

function days(readings: readonly string[][]): string[] {
  return readings.flatMap(([year, month, day]) => calendarDay(year, month, day) ?? []);
}

function whole(year: string): string[] {
  if (year.length === 4) return [year];
  return year.length === 2 ? [`20${year}`, `19${year}`] : [];
}

function monthOf(name: string): string {
  const at = name === '' ? -1 : MONTHS.indexOf(name.slice(0, 3).toLowerCase());
  return at === -1 ? '' : String(at + 1);
}

function isSameTruth(from: string, to: string): boolean {
  return /^(?:true|false)$/i.test(from) && from.toUpperCase() === to.toUpperCase();
}

/** The same text, but for question marks where it had characters beyond ASCII. */
function lostCharacters(from: string, to: string): boolean {
  if (!to.includes('?')) return false;
  const before = [...from];
  const after = [...to];
  return (
    before.length === after.length &&
    after.every((character, at) => {
      const old = before[at] ?? '';
      return character === old || (character === '?' && (old.codePointAt(0) ?? 0) > 127);
    })
  );
}
