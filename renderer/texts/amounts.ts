import { amount } from '../../shared/amounts.ts';

/* How times, sizes and money are written on the page: the same everywhere, in the words a person would use. */

const DAY = new Intl.DateTimeFormat('en-US', { weekday: 'short', month: 'short', day: 'numeric' });
const DAY_OF_YEAR = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', year: 'numeric' });
const CLOCK = new Intl.DateTimeFormat('en-US', { hour: 'numeric', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat('en-US', {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const CLOCK_WITH_SECONDS = new Intl.DateTimeFormat('en-US', {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY_MS = 24 * HOUR;

/** `340 ms`, `4.2 s`, `2 min 14 s`, `1 h 3 min`: how long something took. */
export function timeSpent(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`;
  if (ms < MINUTE) return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min ${Math.floor((ms % MINUTE) / SECOND)} s`;
  return `${Math.floor(ms / HOUR)} h ${Math.floor((ms % HOUR) / MINUTE)} min`;
}

/** `14 s`, `2 min 14 s`: how long something has been going on, without parts of a second. */
export function timeRunning(ms: number): string {
  return ms < MINUTE ? `${Math.floor(Math.max(0, ms) / SECOND)} s` : timeSpent(ms);
}

/** `a few seconds`, `about 20 seconds`, `about 3 minutes`: what is expected, no more exact than it is known. */
export function roughTime(ms: number): string {
  if (ms < 8 * SECOND) return 'a few seconds';
  if (ms < 55 * SECOND) return `about ${Math.round(ms / (5 * SECOND)) * 5} seconds`;
  if (ms < 90 * SECOND) return 'about a minute';
  if (ms < 55 * MINUTE) return `about ${Math.round(ms / MINUTE)} minutes`;
  if (ms < 90 * MINUTE) return 'about an hour';
  return `about ${Math.round(ms / HOUR)} hours`;
}

/** `$0.12`; what is less than a cent is said to be. */
export function dollars(usd: number): string {
  if (usd === 0) return 'nothing';
  return usd < 0.01 ? 'less than $0.01' : `$${usd.toFixed(2)}`;
}

/** `2:03 PM`; near to `now` with seconds, as somebody is watching. */
export function clockTime(at: Date, now: Date): string {
  const near = Math.abs(at.getTime() - now.getTime()) < 2 * MINUTE;
  return (near ? CLOCK_WITH_SECONDS : CLOCK).format(at).replace(/\s/g, ' ');
}

const ISO_TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** The text with every moment in it (`2026-11-25T13:31:09.000Z`) as a clock shows it here. */
export function withClockTimes(text: string, now: Date): string {
  return text.replace(ISO_TIME, (moment) => clockTime(new Date(moment), now));
}

/** `Wed, Nov 25, 2026, 2:03 PM`: for what is kept, as tomorrow it is no longer today. */
export function fullTime(at: Date): string {
  return FULL.format(at).replace(/\s/g, ' ').replace(' at ', ', ');
}

/** `Nov 25, 2026` */
export function dayOfYear(at: Date): string {
  return DAY_OF_YEAR.format(at);
}

/** `Today, 2:03 PM`, `Wed, Nov 25, 2:03 PM`, `Nov 25, 2025, 2:03 PM` */
export function dayAndTime(at: Date, now: Date): string {
  const time = CLOCK.format(at).replace(/\s/g, ' ');
  if (at.toDateString() === now.toDateString()) return `Today, ${time}`;
  if (at.toDateString() === new Date(now.getTime() - DAY_MS).toDateString()) return `Yesterday, ${time}`;
  return `${(at.getFullYear() === now.getFullYear() ? DAY : DAY_OF_YEAR).format(at)}, ${time}`;
}

/** `812 bytes`, `14 kB`, `3.4 MB` */
export function bytesWords(bytes: number): string {
  if (bytes < 1_000) return amount(bytes, 'byte');
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
