/** Not `\t` and `\n`, which XML keeps. An `_` is escaped where it could begin an escape with what follows. */
const SPECIAL = /[[&<>\p{Cc}\u{fffe}\u{ffff}]--[\t\n]]|_(?=x[0-9a-fA-F]{4})/v;
const EVERY_SPECIAL = new RegExp(SPECIAL.source, 'gv');
const OUTER_SPACE = /^\s|\s$|[\n\t]| {2}/;

/**
 * A `<t>` element that gives back this very text. What XML cannot hold, and a carriage return, which XML readers
 * turn into a line feed, is written as `_x000D_`; a text that looks so already has its `_` escaped (ST_Xstring,
 * ECMA-376 part 1, §22.9.2.19).
 */
export function textElement(text: string): string {
  const whole = text.toWellFormed();
  const escaped = SPECIAL.test(whole) ? whole.replace(EVERY_SPECIAL, escapeOne) : whole;
  return OUTER_SPACE.test(text) ? `<t xml:space="preserve">${escaped}</t>` : `<t>${escaped}</t>`;
}

function escapeOne(found: string): string {
  switch (found) {
    case '&':
      return '&amp;';
    case '<':
      return '&lt;';
    case '>':
      return '&gt;';
    default:
      return `_x${found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
  }
}

/** The letters of a column, from 0: `A`, `Z`, `AA`. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : columnLetters(Math.floor(column / 26) - 1) + last;
}
