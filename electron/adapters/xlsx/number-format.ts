/** What a cell's number format makes of its number, as far as that changes what the number *is*. */
export type NumberFormat =
  /** Colours, currency, percent, thousands: dress. The number itself is the text. */
  | { kind: 'plain' }
  /** A day, perhaps with a time. */
  | { kind: 'date' }
  /** A time of day. */
  | { kind: 'clock' }
  /** Hours that go past 24, written `[h]:mm`. */
  | { kind: 'duration' }
  /** An identifier of fixed length: `000000`, `000-00-0000`. Null stands for a digit, text for itself. */
  | { kind: 'digits'; template: readonly (string | null)[] };

export const PLAIN: NumberFormat = { kind: 'plain' };
const DATE: NumberFormat = { kind: 'date' };
const CLOCK: NumberFormat = { kind: 'clock' };
const DURATION: NumberFormat = { kind: 'duration' };

/**
 * A format that every workbook has without writing it down (ECMA-376 part 1, §18.8.30). 27–36, 50–58 (East Asian) and
 * 71–81 (Thai) mean different dates in different countries; which of them are times is the same wherever it matters.
 */
export function builtinFormat(id: number): NumberFormat {
  if (id === 46) return DURATION;
  if ((id >= 18 && id <= 21) || id === 32 || id === 33 || id === 45 || id === 47) return CLOCK;
  if (id >= 75 && id <= 80 && id !== 77) return id === 79 ? DURATION : CLOCK;
  const isDate = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  return isDate || (id >= 71 && id <= 81) ? DATE : PLAIN;
}

/** A format code of §18.8.31. Only its first section counts, which is the one for positive numbers. */
export function formatOfCode(code: string): NumberFormat {
  const { letters, elapsed, template } = firstSection(code);
  // E+ and E- are scientific notation, a lone e is a Japanese year; a month alone (mmmm) is a date.
  const plainLetters = letters.replace(/e[+-]/g, '');
  if (elapsed) return DURATION;
  if (/[ydgeb]/.test(plainLetters)) return DATE;
  if (/[hs]/.test(plainLetters)) return CLOCK;
  if (plainLetters.includes('m')) return DATE;
  return template === null ? PLAIN : { kind: 'digits', template };
}

interface Section {
  /** The code without quoted text and brackets, in small letters, AM/PM as `h`. */
  letters: string;
  elapsed: boolean;
  /** Null where the code is more than zeros and text, or is a unit or a currency rather than an identifier. */
  template: (string | null)[] | null;
}

/** Text in quotes, one escaped character, a padding (`_x`, `*x`), a bracket, General, AM/PM, or one character. */
const TOKEN = /"([^"]*)"?|\\([\s\S])|[_*][\s\S]?|\[([^\]]*)\]?|general|am\/pm|a\/p|[\s\S]/giu;

function firstSection(code: string): Section {
  const template: (string | null)[] = [];
  let letters = '';
  let elapsed = false;
  let identifier = true;
  for (const [token, quoted, escaped, bracket] of code.matchAll(TOKEN)) {
    const text = quoted ?? escaped;
    if (token === ';') break;
    if (text !== undefined) {
      template.push(text);
    } else if (bracket !== undefined) {
      if (/^(h+|m+|s+)$/i.test(bracket)) elapsed = true;
      // [$€-407] is a currency, [$-407] a language, [Red] and [>9] are a colour and a condition.
      if (/^\$[^-]/.test(bracket) || /^[<>=]/.test(bracket)) identifier = false;
    } else if (/^a(m\/pm|\/p)$/i.test(token)) {
      letters += 'h';
    } else if (/^general$/i.test(token)) {
      identifier = false;
    } else if (token === '0') {
      template.push(null);
    } else if (/^[ ()+-]$/.test(token)) {
      template.push(token);
      letters += token;
    } else if (!/^[_*]/.test(token)) {
      letters += token.toLowerCase();
      identifier = false;
    }
  }
  // One zero is how a count is written (0 "pages"); two are a length that somebody wanted kept.
  const digits = template.filter((each) => each === null).length;
  const currency = template.some((each) => each !== null && /\p{Sc}/u.test(each));
  return { letters, elapsed, template: identifier && digits >= 2 && !currency ? template : null };
}
