import { calendarDay } from './coerce-date.ts';

/**
 * Schools keep their records by years that begin on 1 July, as most US states do: in July and August people
 * load the coming term.
 */
const FIRST_MONTH = 7;

/** The calendar year in which the school year of `today` ends: 2027 from July 2026 to June 2027. */
export function schoolYearEnd(today: Date): number {
  return today.getMonth() + 1 >= FIRST_MONTH ? today.getFullYear() + 1 : today.getFullYear();
}

/**
 * A day of the school year of `today`: `09-01` is 2026-09-01 and `03-01` is 2027-03-01 from July 2026 to June
 * 2027. A whole date stays itself. Null for what is neither, and for 29 February, which not every year has.
 */
export function dayOfSchoolYear(text: string, today: Date): string | null {
  const whole = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (whole) return calendarDay(whole[1], whole[2], whole[3]);
  const [, month = '', day = ''] = /^(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (month === '' || (month === '02' && day === '29')) return null;
  const ends = schoolYearEnd(today);
  return calendarDay(String(Number(month) >= FIRST_MONTH ? ends - 1 : ends), month, day);
}

/** `today` as `YYYY-MM-DD` in the local calendar. */
export function isoDay(today: Date): string {
  const pad = (part: number): string => String(part).padStart(2, '0');
  return `${today.getFullYear()}-${pad(today.getMonth() + 1)}-${pad(today.getDate())}`;
}
