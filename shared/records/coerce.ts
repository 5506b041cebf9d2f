import {
  type Finding,
  forbiddenCharacter,
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

/** `Null`, `nan` and `n/a` count too, as the same programs write them. `Nan` is left alone: it is a name. */
export function isBlankWord(text: string): boolean {
  return text.length <= LONGEST_BLANK_WORD && text !== 'Nan' && BLANK_WORDS.has(text.toLowerCase());
}

export function value<T>(result: T, finding: Finding | null = null): Coerced<T> {
  return { state: 'value', value: result, finding };
}

export function invalid(finding: Finding): { readonly state: 'invalid'; readonly finding: Finding } {
  return { state: 'invalid', finding };
}

// ---------------------------------------------------------------- text

const UNIT_SEPARATOR = '\u001f';

/** Postgres text holds neither U+0000 nor half a surrogate pair. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

function withoutForbidden(text: string): string | null {
  const halves = /\p{Surrogate}/gu;
  const cleaned = text.replaceAll('\0', '').replaceAll(UNIT_SEPARATOR, '').replaceAll(halves, '').trim();
  return cleaned === '' ? null : cleaned;
}

export function text(label: string): Coercer<string> {
  return (cell) =>
    isStorable(cell) ? value(cell) : invalid(forbiddenCharacter(label, withoutForbidden(cell)));
}

/**
 * A text that a B-tree index holds: at most `maxBytes` of UTF-8. U+001F is refused as well, because it joins
 * the parts of a checkout's key (CheckedRow.key).
 */
export function indexedText(label: string, maxBytes: number): Coercer<string> {
  return (cell) => {
    if (!isStorable(cell) || cell.includes(UNIT_SEPARATOR)) {
      return invalid(forbiddenCharacter(label, withoutForbidden(cell)));
    }
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
  if (!NUMBER.test(cell)) return invalid(notANumber(rule.label, rule.range, numberInside(cell, rule, whole)));
  const number = Number(cell);
  if (whole && !Number.isInteger(number) && Number.isFinite(number)) {
    return invalid(notWhole(rule.label, rule.range));
  }
  if (!fits(number, rule)) return invalid(outOfRange(rule.label, rule.range));
  // Python has no integer -0; a float keeps its sign, and so does its hash.
  return value(whole ? number + 0 : number);
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
  return (cell) => {
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
