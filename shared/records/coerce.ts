import {
  type Finding,
  forbiddenCharacter,
  lostCharacter,
  lostCharacterInKey,
  notAChoice,
  notANumber,
  notWhole,
  oldWord,
  outOfRange,
  tooLong,
} from './messages.ts';

/** What a cell was read as. A `value` may carry a warning; an `invalid` one is an error or a dropped value. */
export type Coerced<T> =
  | { readonly state: 'value'; readonly value: T; readonly finding: Finding | null }
  | { readonly state: 'invalid'; readonly finding: Finding };

/** Reads one cell, which is trimmed and not blank. */
export type Coercer<T> = (text: string) => Coerced<T>;

/** What spreadsheets and databases write for "nothing here". */
const BLANK_WORDS: ReadonlySet<string> = new Set(['""', 'null', 'nan', 'n/a']);
const LONGEST_BLANK_WORD = 4;
const SMALL_N = 0x6e;
const CAPITAL_N = 0x4e;
const QUOTE = 0x22;

/** `Null`, `nan` and `n/a` count too, as the same programs write them. `Nan` is left alone: it is a name. */
export function isBlankWord(text: string): boolean {
  if (text.length > LONGEST_BLANK_WORD) return false;
  // Most short cells are numbers: their first character settles it.
  const first = text.charCodeAt(0);
  if (first !== SMALL_N && first !== CAPITAL_N && first !== QUOTE) return false;
  return text !== 'Nan' && BLANK_WORDS.has(text.toLowerCase());
}

export function value<T>(result: T, finding: Finding | null = null): Coerced<T> {
  return { state: 'value', value: result, finding };
}

export function invalid(finding: Finding): { readonly state: 'invalid'; readonly finding: Finding } {
  return { state: 'invalid', finding };
}

// ---------------------------------------------------------------- text

const UNIT_SEPARATOR = '\u001f';
/** What web pages leave between characters; two keys that differ in nothing else look the same. */
const ZERO_WIDTH = /[\u200b-\u200d\u2060\ufeff]/;
const REPLACEMENT = '\ufffd';

/** Postgres text holds neither U+0000 nor half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function withoutForbidden(text: string): string | null {
  const halves = /\p{Surrogate}/gu;
  const invisible = /[\u200b-\u200d\u2060\ufeff]/g;
  const cleaned = text
    .replaceAll('\0', '')
    .replaceAll(UNIT_SEPARATOR, '')
    .replace(invisible, '')
    .replaceAll(halves, '')
    .trim();
  return cleaned === '' ? null : cleaned;
}

/** True where a character was lost before anybody could read it: U+FFFD stands for it. */
export function hasLostCharacter(text: string): boolean {
  // Found at once to be absent where no character is wider than a byte, as in most cells.
  return text.includes(REPLACEMENT);
}

export function text(label: string): Coercer<string> {
  const lost = lostCharacter(label);
  return (cell) => {
    if (!isStorable(cell)) return invalid(forbiddenCharacter(label, withoutForbidden(cell)));
    return hasLostCharacter(cell) ? value(cell, lost) : value(cell);
  };
}

/**
 * A key, which a B-tree index holds: at most `maxBytes` of UTF-8. U+001F is refused as well, because it joins
 * the parts of a checkout's key (CheckedRow.key); characters of no width, because nobody sees them; and U+FFFD, because two keys that lost a character may be one
 * and the same then.
 */
export function indexedText(label: string, maxBytes: number): Coercer<string> {
  return (cell) => {
    if (!isStorable(cell) || cell.includes(UNIT_SEPARATOR) || ZERO_WIDTH.test(cell)) {
      return invalid(forbiddenCharacter(label, withoutForbidden(cell)));
    }
    if (hasLostCharacter(cell)) return invalid(lostCharacterInKey(label));
    return exceedsBytes(cell, maxBytes) ? invalid(tooLong(label, maxBytes)) : value(cell);
  };
}

/** UTF-8 takes at most three bytes for each UTF-16 unit. */
export function exceedsBytes(textToMeasure: string, maxBytes: number): boolean {
  if (textToMeasure.length * 3 <= maxBytes) return false;
  return textToMeasure.length > maxBytes || new TextEncoder().encode(textToMeasure).length > maxBytes;
}

// ---------------------------------------------------------------- numbers

export interface NumberRule {
  label: string;
  min: number;
  max: number;
  /** The range in words, to follow "must be a number". */
  range: string;
}

/** Digits as people and programs write them; no hexadecimal, no `Infinity`, no grouping. */
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const DECIMAL_COMMA = /^[+-]?\d+,\d+$/;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/;
const NUMBERS_INSIDE = /[+-]?\d+(?:\.\d+)?/g;

/** A whole number, also when it is written `2008.0`. */
export function wholeNumber(rule: NumberRule): Coercer<number> {
  return (cell) => readNumber(cell, rule, true);
}

export function decimalNumber(rule: NumberRule): Coercer<number> {
  return (cell) => readNumber(cell, rule, false);
}

function readNumber(cell: string, rule: NumberRule, whole: boolean): Coerced<number> {
  const plain = plainNumber(cell);
  if (plain >= rule.min && plain <= rule.max && (!whole || Number.isInteger(plain))) return value(plain);
  if (!NUMBER.test(cell)) return invalid(notANumber(rule.label, rule.range, numberInside(cell, rule, whole)));
  const number = Number(cell);
  if (whole && !Number.isInteger(number) && Number.isFinite(number)) {
    return invalid(notWhole(rule.label, rule.range));
  }
  if (!fits(number, rule)) return invalid(outOfRange(rule.label, rule.range));
  // Python has no integer -0; a float keeps its sign, and so does its hash.
  return value(whole ? number + 0 : number);
}

/** Digits below this many are exact, and so is the power of ten they are divided by: one correct rounding. */
const MOST_PLAIN_CHARS = 15;
const POINT = 0x2e;
const DIGIT_0 = 0x30;

/** The value of digits with at most one point among them, as `Number` reads it; NaN for everything else. */
function plainNumber(cell: string): number {
  const { length } = cell;
  if (length > MOST_PLAIN_CHARS) return Number.NaN;
  let digits = 0;
  let divisor = 0;
  for (let i = 0; i < length; i += 1) {
    const code = cell.charCodeAt(i);
    if (code === POINT) {
      if (divisor !== 0 || i === 0) return Number.NaN;
      divisor = 1;
      continue;
    }
    const digit = code - DIGIT_0;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    digits = digits * 10 + digit;
    divisor *= 10;
  }
  return divisor === 0 ? digits : digits / divisor;
}

function fits(number: number, rule: NumberRule): boolean {
  return number >= rule.min && number <= rule.max;
}

/** The one number that a cell like `Grade 4` or `4,4` can mean, provided that it would be accepted. */
function numberInside(cell: string, rule: NumberRule, whole: boolean): string | null {
  const candidates: string[] = [];
  if (whole && GROUPED.test(cell)) candidates.push(cell.replaceAll(',', ''));
  if (DECIMAL_COMMA.test(cell)) candidates.push(cell.replace(',', '.'));
  if (candidates.length === 0) {
    const inside = cell.match(NUMBERS_INSIDE) ?? [];
    if (inside.length === 1) candidates.push(...inside);
  }
  for (const candidate of candidates) {
    const number = Number(candidate);
    if (fits(number, rule) && (!whole || Number.isInteger(number))) return candidate;
  }
  return null;
}

// ---------------------------------------------------------------- choices

/** One of `choices`, or one of `oldWords` with a warning; capitals, spaces and hyphens make no difference. */
export function choice(
  label: string,
  choices: readonly string[],
  oldWords: readonly string[],
): Coercer<string> {
  const exact = new Map(choices.map((word) => [word, value(word)]));
  return (cell) => {
    const known = exact.get(cell);
    if (known !== undefined) return known;
    const word = cell.toLowerCase().replace(/[\s_-]+/g, '_');
    if (choices.includes(word)) return value(word);
    if (oldWords.includes(word)) return value(word, oldWord(label, choices));
    return invalid(notAChoice(label, choices, nearest(word, choices)));
  };
}

const MOST_SLIPS = 2;

/** The only choice within two slips of the pen. */
function nearest(word: string, choices: readonly string[]): string | null {
  const near = choices.filter((choice) => slips(word, choice) <= MOST_SLIPS);
  return near.length === 1 ? (near[0] ?? null) : null;
}

/** Levenshtein distance, not looked into where the lengths alone say that it is too far. */
function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > MOST_SLIPS) return MOST_SLIPS + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const substituted = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(substituted, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
