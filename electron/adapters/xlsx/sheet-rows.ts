import type { NumberFormat } from './number-format.ts';
import { PLAIN } from './number-format.ts';
import { isoDateText, numberText } from './number-text.ts';
import { type SharedStrings, unescapeText } from './shared-strings.ts';
import { damaged, notCalculated } from './workbook-errors.ts';
import { xmlSteps } from './xml-steps.ts';

export interface SheetRow {
  /** As the spreadsheet numbers it, from 1. */
  number: number;
  /** Texts from column A to the last cell that has one; what is between them and blank is `''`. */
  cells: string[];
}

export interface SheetContext {
  workbook: string;
  sheet: string;
  strings: SharedStrings;
  /** By cell style. */
  formats: readonly NumberFormat[];
  date1904: boolean;
}

/** ECMA-376 part 1, §18.3.1.73 and Excel's own limits: XFD is the last column. */
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;

/**
 * The rows of a sheet part that have content, in order, some at a time (§18.3.1.80). Hidden rows and columns are
 * there like all others; of merged cells the first has the value. Throws AppError `file.workbook-damaged` and
 * `file.not-calculated`; Errors of the XML reader pass.
 */
export async function* sheetRows(
  chunks: AsyncIterable<Uint8Array>,
  context: SheetContext,
): AsyncGenerator<SheetRow[]> {
  const found = collectRows(context);
  for await (const _ of xmlSteps(chunks, found.handlers)) {
    if (found.rows.length === 0) continue;
    yield found.rows;
    found.rows = [];
  }
}

function collectRows(context: SheetContext) {
  const fault = (what: string) => damaged(context.workbook, new Error(`sheet "${context.sheet}": ${what}`));
  const found = { rows: [] as SheetRow[], handlers: { open, text, close } };
  let inData = false;
  let row: SheetRow = { number: 0, cells: [] };
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let formula = false;
  let phonetic = false;
  let collecting = false;

  function open(name: string, attributes: Record<string, string>): void {
    collecting = false;
    if (!inData) {
      inData = name === 'sheetData';
    } else if (name === 'c') {
      const { r, t, s } = attributes;
      column = r === undefined ? column + 1 : columnOf(r);
      if (column < 0 || column >= MAX_COLUMNS) throw fault(`no cell ${r} in row ${row.number}`);
      type = t ?? 'n';
      style = s === undefined ? 0 : Number(s);
      value = '';
      formula = false;
    } else if (name === 'v') {
      collecting = true;
    } else if (name === 't') {
      collecting = type === 'inlineStr' && !phonetic;
    } else if (name === 'f') {
      formula = true;
    } else if (name === 'rPh') {
      phonetic = true;
    } else if (name === 'row') {
      const number = attributes.r === undefined ? row.number + 1 : Number(attributes.r);
      if (!(number > row.number && number <= MAX_ROWS)) throw fault(`row ${number} after ${row.number}`);
      row = { number, cells: [] };
      column = -1;
    }
  }

  function text(part: string): void {
    if (collecting) value += part;
  }

  function close(name: string): void {
    collecting = false;
    if (!inData) return;
    if (name === 'c') {
      const cell = cellText();
      if (cell !== '') setCell(row.cells, column, cell);
    } else if (name === 'rPh') {
      phonetic = false;
    } else if (name === 'row') {
      if (row.cells.length > 0) found.rows.push(row);
    } else if (name === 'sheetData') {
      inData = false;
    }
  }

  /** §18.18.11. */
  function cellText(): string {
    switch (type) {
      case 's':
        return value === '' ? '' : sharedText(value);
      case 'inlineStr':
      case 'str':
        return unescapeText(value);
      case 'b':
        return value === '' ? '' : value === '1' || value === 'true' ? 'TRUE' : 'FALSE';
      case 'e':
        return value;
      case 'd':
        return isoDateText(value);
      default:
        if (value !== '') return numberText(value, context.formats[style] ?? PLAIN, context.date1904);
        // A program that only writes leaves the result to the next one that opens the file; blank would be a lie.
        if (formula) {
          throw notCalculated(context.workbook, context.sheet, `${columnName(column)}${row.number}`);
        }
        return '';
    }
  }

  function sharedText(index: string): string {
    const shared = context.strings.text(Number(index));
    if (shared === null) throw fault(`no shared string ${index}`);
    return shared;
  }

  return found;
}

function setCell(cells: string[], column: number, text: string): void {
  while (cells.length < column) cells.push('');
  cells[column] = text;
}

const LETTER_A = 65;

/** The column, from 0, of a reference such as `AB12`; -1 where there is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - LETTER_A;
    if (letter < 0 || letter > 25) break;
    column = column * 26 + letter + 1;
  }
  return column - 1;
}

function columnName(column: number): string {
  const last = String.fromCharCode(LETTER_A + (column % 26));
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last;
}
