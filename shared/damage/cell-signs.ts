import { readIsbn } from '../records/isbn.ts';
import type { Sign } from './column-summary.ts';
import {
  likelySerial,
  looksTurnedIntoDate,
  serialToIsoDate,
  USUAL_DATE_SYSTEM,
} from './spreadsheet-dates.ts';

/** What a cell shows, and what it could be instead. */
export interface CellSign {
  sign: Sign;
  after: string | null;
}

/** `1.23457E+11`: spreadsheets always write the plus sign, and `12E3` may well be somebody's shelf mark. */
const SCIENTIFIC = /^\d+(?:[.,]\d+)?[eE]\+\d+$/;
/** `1042.0` and `1042.00`; three zeros after a point may group thousands. */
const DECIMAL_TAIL = /^(\d+)\.0{1,2}$/;
const FRACTION = /^\d+[.,]\d+$/;
const ISBN_DECIMAL_TAIL = /\.0+$/;

/** An ISBN cell, trimmed. Only what a check digit proves has an `after`; digits in scientific notation never do. */
export function isbnSign(cell: string): CellSign | null {
  const read = readIsbn(cell);
  if (read.state === 'invalid') {
    return read.finding.code === 'isbn.scientific' ? { sign: 'isbn-scientific', after: null } : null;
  }
  const { isbn, zeroRestored } = read.value;
  if (zeroRestored) return { sign: 'isbn-leading-zero', after: isbn };
  return ISBN_DECIMAL_TAIL.test(cell) ? { sign: 'decimal-tail', after: isbn } : null;
}

/** The cell of a column of ids, trimmed, that begins with a digit and is not made of digits only. */
export function keySign(cell: string): CellSign | null {
  if (SCIENTIFIC.test(cell)) return { sign: 'scientific-notation', after: null };
  const tail = DECIMAL_TAIL.exec(cell);
  if (tail) return { sign: 'decimal-tail', after: tail[1] ?? null };
  if (FRACTION.test(cell)) return { sign: 'fraction', after: null };
  return textSign(cell);
}

/** A short cell of text, trimmed: numbers that a spreadsheet turned into something else. */
export function textSign(cell: string): CellSign | null {
  if (SCIENTIFIC.test(cell)) return { sign: 'scientific-notation', after: null };
  return turnedIntoDateSign(cell);
}

/** The cell of a column of numbers, trimmed. */
export function turnedIntoDateSign(cell: string): CellSign | null {
  return looksTurnedIntoDate(cell) ? { sign: 'turned-into-date', after: null } : null;
}

/** The cell of a column of dates, trimmed. */
export function dateSign(cell: string): CellSign | null {
  const serial = likelySerial(cell);
  return serial === null ? null : { sign: 'date-serial', after: serialToIsoDate(serial, USUAL_DATE_SYSTEM) };
}
