/**
 * Tests of a raw, untrimmed cell that take a few nanoseconds. Where one says that a cell is clean, it is; the
 * others are read with patterns (cell-signs.ts).
 */

/** `5-Mar`. */
const SHORTEST_TURNED = 5;
/** `2026-05-04 00:00:00.000`. */
const LONGEST_TURNED = 24;

/** `Sept-04`, and a month of five letters. */
const LONGEST_MONTH_FIRST = 8;

const HYPHEN = 0x2d;
const POINT = 0x2e;
const COMMA = 0x2c;

/** A short text that can be `4-May`, `May-04`, `04. Mai`, a date at midnight or a number in scientific notation. */
export function mayBeTurned(cell: string): boolean {
  if (cell.length < SHORTEST_TURNED || cell.length > LONGEST_TURNED) return false;
  const first = cell.charCodeAt(0);
  if (isDigit(first) || isSpace(first)) return true;
  return cell.length <= LONGEST_MONTH_FIRST && cell.charCodeAt(cell.length - 3) === HYPHEN;
}

/** As long as an ISBN and no decimal number; its check digit is none of this observer's business. */
export function isPlainIsbn(cell: string): boolean {
  const { length } = cell;
  if (length === 17) return cell.charCodeAt(3) === HYPHEN;
  if (length !== 10 && length !== 13) return false;
  if (isSpace(cell.charCodeAt(0)) || isSpace(cell.charCodeAt(length - 1))) return false;
  const second = cell.charCodeAt(1);
  return second !== POINT && second !== COMMA && cell.charCodeAt(length - 2) !== POINT;
}

/** Digits and points only, or too short to be a date. */
export function isPlainNumber(cell: string): boolean {
  if (cell.length < SHORTEST_TURNED) return true;
  for (let at = 0; at < cell.length; at += 1) {
    const unit = cell.charCodeAt(at);
    if (!isDigit(unit) && unit !== POINT) return false;
  }
  return true;
}

/** Five digits, as the number of a day has, or a space that may hide them. */
export function mayBeSerial(cell: string): boolean {
  if (isSpace(cell.charCodeAt(0))) return true;
  for (let at = 0; at < 5; at += 1) if (!isDigit(cell.charCodeAt(at))) return false;
  return true;
}

/** True for the empty text, too. */
export function isAllDigits(cell: string): boolean {
  for (let at = 0; at < cell.length; at += 1) if (!isDigit(cell.charCodeAt(at))) return false;
  return true;
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

/** Blanks and control characters, and the no-break space. */
export function isSpace(unit: number): boolean {
  return unit <= 0x20 || unit === 0xa0;
}
