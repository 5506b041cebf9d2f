import {
  isAllDigits,
  isDigit,
  isPlainIsbn,
  isPlainNumber,
  isSpace,
  mayBeSerial,
  mayBeTurned,
} from './cell-shape.ts';
import { type CellSign, dateSign, isbnSign, keySign, textSign, turnedIntoDateSign } from './cell-signs.ts';
import type { ColumnSummary } from './column-summary.ts';
import { type ColumnTally, countDigits, countSign, createTally, summarise } from './column-tally.ts';
import { excerptAt, excerptOfChange } from './excerpt.ts';
import type { ColumnRole } from './kinds.ts';
import { lostCharacterAt, mayHoldLostCharacters } from './lost-characters.ts';
import { mayHoldMojibake, mojibakeCandidateAt, readMojibake } from './mojibake.ts';

/** What any cell of a batch can show at all. */
export interface BatchSigns {
  mojibake: boolean;
  lostCharacters: boolean;
}

/** Says of the whole text of a batch (raw, delimiters and all) what its cells need to be looked at for. */
export function batchSigns(text: string): BatchSigns {
  return { mojibake: mayHoldMojibake(text), lostCharacters: mayHoldLostCharacters(text) };
}

export interface DamageObserver {
  /**
   * Takes the raw, untrimmed cells of one record. `signs` says what its batch can hold (`batchSigns`); without
   * it every text is searched for everything. Rows in rising order are cheapest, but any order is right.
   */
  observe(cells: readonly string[], row: number, signs?: BatchSigns): void;
  /** What was seen since the observer was made; one summary for every column that is looked at. */
  summary(): ColumnSummary[];
}

const EVERY_SIGN: BatchSigns = { mojibake: true, lostCharacters: true };

/**
 * Looks at every cell of a file or of a part of it: some tens of nanoseconds for a clean one. `width` is the number
 * of columns in the header, `roles` says what they hold (roles.ts).
 */
export function createObserver(width: number, roles: readonly ColumnRole[]): DamageObserver {
  const columns = roles
    .slice(0, width)
    .map((role, position) => createTally(position, role))
    .filter(({ role }) => role !== 'unmapped' && role !== 'year');

  return {
    observe(cells, row, signs = EVERY_SIGN) {
      const searchTexts = signs.mojibake || signs.lostCharacters;
      for (const column of columns) {
        const cell = cells[column.position];
        if (cell === undefined || cell === '') continue;
        column.cells += 1;
        if (cell.length > column.longest) column.longest = cell.length;
        observeCell(column, cell, row);
        if (searchTexts && isText(column.role)) searchText(column, cell, row, signs);
      }
    },
    summary: () => columns.map(summarise),
  };
}

function isText(role: ColumnRole): boolean {
  return role === 'text' || role === 'list';
}

/** Every branch begins with what settles a clean cell: its length or a single character. */
function observeCell(column: ColumnTally, cell: string, row: number): void {
  switch (column.role) {
    case 'isbn':
      if (!isPlainIsbn(cell)) count(column, cell, row, isbnSign);
      return;
    case 'key':
      observeKey(column, cell, row);
      return;
    case 'date':
      if (mayBeSerial(cell)) count(column, cell, row, dateSign);
      return;
    case 'number':
      if (!isPlainNumber(cell)) count(column, cell, row, turnedIntoDateSign);
      return;
    case 'text':
    case 'list':
      if (cell.length === 255) countCut(column, cell, row, 'text-cut-255');
      else if (cell.length === 32_767) countCut(column, cell, row, 'text-cut-32767');
      else if (mayBeTurned(cell)) count(column, cell, row, textSign);
      return;
  }
}

function count(
  column: ColumnTally,
  cell: string,
  row: number,
  read: (cell: string) => CellSign | null,
): void {
  const before = cell.trim();
  const found = read(before);
  if (found) countSign(column, found.sign, row, () => ({ before, after: found.after }));
}

function countCut(
  column: ColumnTally,
  cell: string,
  row: number,
  sign: 'text-cut-255' | 'text-cut-32767',
): void {
  // What matters is how the text ends.
  countSign(column, sign, row, () => ({ before: excerptAt(cell, cell.length), after: null }));
}

function searchText(column: ColumnTally, cell: string, row: number, signs: BatchSigns): void {
  if (signs.mojibake && mayHoldMojibake(cell)) {
    const reading = readMojibake(cell);
    if (reading.state === 'proved') {
      countSign(column, 'mojibake', row, () => excerptOfChange(cell, reading.text));
    } else if (reading.state === 'mixed') {
      const place = mojibakeCandidateAt(cell);
      countSign(column, 'mojibake-mixed', row, () => ({ before: excerptAt(cell, place), after: null }));
    }
  }
  if (!signs.lostCharacters) return;
  const place = lostCharacterAt(cell);
  if (place !== -1) {
    countSign(column, 'lost-characters', row, () => ({ before: excerptAt(cell, place), after: null }));
  }
}

function observeKey(column: ColumnTally, cell: string, row: number): void {
  const first = cell.charCodeAt(0);
  if (isDigit(first)) {
    if (isAllDigits(cell)) countDigits(column, cell, row);
    else countKeyOrDigits(column, cell.trim(), row);
  } else if (isSpace(first)) {
    countKeyOrDigits(column, cell.trim(), row);
  } else if (mayBeTurned(cell)) {
    count(column, cell, row, textSign);
  }
}

function countKeyOrDigits(column: ColumnTally, cell: string, row: number): void {
  if (cell !== '' && isAllDigits(cell)) countDigits(column, cell, row);
  else count(column, cell, row, keySign);
}
