import type { NumberFormat } from './number-format.ts';

const MS_PER_DAY = 86_400_000;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/**
 * A number of a cell, `raw` as the file has it, as the text that its format gives it a meaning by:
 * - dates as `2026-09-03`, or `2026-09-03T08:15:00` where they have a time; times of day as `08:15:00`; durations as
 *   `36:15:00`, all to the second;
 * - `001042` for 1042 in the format `000000`: the zeros are all that makes it a student's number, and they are what
 *   people see and type elsewhere;
 * - everything else as the shortest decimal that is the same number: an ISBN keeps all its digits, 4.4 is `4.4`, 12%
 *   is `0.12`.
 * A number that its format cannot show (a negative date, half an identifier) is written as a number.
 */
export function numberText(raw: string, format: NumberFormat, date1904: boolean): string {
  if (format.kind === 'plain') return decimalText(raw);
  const value = Number(raw);
  if (!Number.isFinite(value) || value < 0) return decimalText(raw);
  if (format.kind === 'digits') return identifierText(value, format.template) ?? decimalText(raw);
  // Whole milliseconds first: 8:15 is stored as 0.34374999999999994, and must not become 8:14:59.
  const ms = Math.round(value * MS_PER_DAY);
  if (format.kind === 'duration') return clockText(ms);
  return momentText(ms, format.kind, date1904) ?? decimalText(raw);
}

/** The shortest decimal of the same number, without an exponent from 1e-100 up to 1e21. What is no number stays. */
function decimalText(raw: string): string {
  // Digits beyond a double's fifteen are kept where a writer has put them.
  if (INTEGER.test(raw)) return raw === '-0' ? '0' : raw;
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  const text = String(value);
  const [digits = '', exponent] = text.split('e-');
  if (exponent === undefined) return text;
  const places = Number(exponent) + (digits.split('.')[1]?.length ?? 0);
  return places <= 100 ? value.toFixed(places) : text;
}

function identifierText(value: number, template: readonly (string | null)[]): string | null {
  if (!Number.isSafeInteger(value)) return null;
  const places = template.filter((each) => each === null).length;
  const digits = String(value).padStart(places, '0');
  // What does not fit stands before the first place.
  let at = digits.length - places;
  let text = '';
  let surplus = digits.slice(0, at);
  for (const each of template) {
    if (each === null) {
      text += surplus + digits.charAt(at);
      surplus = '';
      at += 1;
    } else {
      text += each;
    }
  }
  return text;
}

/** Null before the first and after the last day that a spreadsheet shows. */
function momentText(ms: number, kind: 'date' | 'clock', date1904: boolean): string | null {
  const days = Math.floor(ms / MS_PER_DAY);
  const time = clockText(ms - days * MS_PER_DAY);
  // Below day 1 of the 1900 system is no date, so half a day can only be noon, whatever the format.
  if (days === 0 && (kind === 'clock' || (!date1904 && time !== '00:00:00'))) return time;
  const day = dayText(days, date1904);
  return day === null || time === '00:00:00' ? day : `${day}T${time}`;
}

/**
 * ECMA-376 part 1, §18.17.4.1. In the 1900 system day 60 is a 29 February that never was, taken over from Lotus 1-2-3;
 * it is written as such, for a spreadsheet shows it so, and a check of dates will find it.
 */
function dayText(days: number, date1904: boolean): string | null {
  if (date1904) return isoDay(Date.UTC(1904, 0, 1) + days * MS_PER_DAY);
  if (days < 1) return null;
  if (days === 60) return '1900-02-29';
  return isoDay(Date.UTC(1899, 11, days < 60 ? 31 : 30) + days * MS_PER_DAY);
}

function isoDay(ms: number): string | null {
  return ms > Date.UTC(9999, 11, 31) ? null : new Date(ms).toISOString().slice(0, 10);
}

/** Whole seconds, rounded down: 23:59:59.9 belongs to its own day. */
function clockText(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}

/** A cell that holds its date as ISO 8601 (type `d`, §18.18.11) in the form of `numberText`. */
export function isoDateText(value: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d)?))?/.exec(value) ?? [];
  if (day === undefined) return value;
  const clock = time?.length === 5 ? `${time}:00` : time;
  return clock === undefined || clock === '00:00:00' ? day : `${day}T${clock}`;
}
