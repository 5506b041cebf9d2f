import { type Coerced, invalid, value } from './coerce.ts';
import { isbnInvalid, isbnScientific } from './messages.ts';

export interface Isbn {
  /** 10 or 13 characters, without hyphens; an `X` is a capital. */
  isbn: string;
  /** True where a spreadsheet had eaten leading zeros and the check digit proves them. */
  zeroRestored: boolean;
}

/** `9.78043902348e+12`, also with a decimal comma: what a spreadsheet leaves of a long number. */
const SCIENTIFIC = /^\d+(?:[.,]\d+)?[eE]\+?\d+$/;
/** Hyphens, dashes and spaces that people set between the parts. */
const SEPARATORS = /[\s\u002d\u00ad\u2010-\u2015\u2212]/g;
/** What a program that took the number for a decimal one puts behind it; the check digit still has to fit. */
const DECIMAL_TAIL = /\.0+$/;
const DIGIT_0 = 0x30;
const CAPITAL_X = 0x58;
/** One short number in eleven has a fitting check digit, so more than four lost zeros are never put back. */
const FEWEST_DIGITS = 6;

/**
 * An ISBN-10 or ISBN-13 whose check digit fits (ISO 2108); a lost leading zero is put back where the check
 * digit proves it. Digits in scientific notation are never guessed at. What is dropped is a warning.
 */
export function readIsbn(cell: string): Coerced<Isbn> {
  // Nearly every cell there is.
  if (isIsbn13(cell) || isIsbn10(cell)) return value({ isbn: cell, zeroRestored: false });
  if (SCIENTIFIC.test(cell)) return invalid(isbnScientific());
  const digits = cell.replace(DECIMAL_TAIL, '').replace(SEPARATORS, '').toUpperCase();
  if (isIsbn10(digits) || isIsbn13(digits)) return value({ isbn: digits, zeroRestored: false });
  // Only ISBN-10 can begin with a zero: ISBN-13 begins with 978 or 979.
  const restored = digits.padStart(10, '0');
  if (digits.length >= FEWEST_DIGITS && digits.length < 10 && isIsbn10(restored)) {
    return value({ isbn: restored, zeroRestored: true });
  }
  return invalid(isbnInvalid());
}

/** Weights 10 down to 1, the sum divisible by 11; the last character may be X, which counts ten. */
export function isIsbn10(text: string): boolean {
  if (text.length !== 10) return false;
  let sum = 0;
  for (let i = 0; i < 10; i += 1) {
    const isX = i === 9 && text.charCodeAt(i) === CAPITAL_X;
    const digit = isX ? 10 : text.charCodeAt(i) - DIGIT_0;
    if (!isX && !(digit >= 0 && digit <= 9)) return false;
    sum += (10 - i) * digit;
  }
  return sum % 11 === 0;
}

/** Weights 1 and 3 in turn, the sum divisible by 10; the prefixes 978 and 979 are those given to books. */
export function isIsbn13(text: string): boolean {
  if (text.length !== 13 || !(text.startsWith('978') || text.startsWith('979'))) return false;
  let sum = 0;
  for (let i = 0; i < 13; i += 1) {
    const digit = text.charCodeAt(i) - DIGIT_0;
    if (!(digit >= 0 && digit <= 9)) return false;
    sum += (i % 2 === 0 ? 1 : 3) * digit;
  }
  return sum % 10 === 0;
}
