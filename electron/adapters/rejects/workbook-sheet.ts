import type { AppError } from '../../../shared/errors.ts';
import type { ColumnToCorrect, RowToCorrect } from '../../engine/ports.ts';
import type { CellNote } from './workbook-notes.ts';
import { STYLE } from './workbook-static.ts';
import { columnLetters, textElement } from './workbook-text.ts';

/** "Excel specifications and limits". */
export const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;
/** Each is a shape that a spreadsheet lays over the sheet; the reasons stand in a column of their own as well. */
const MAX_NOTES = 20_000;

/** Rows whose cells say how wide the columns are to be. */
const LOOKED_AT = 200;
const NARROWEST = 9;
const WIDEST = 42;
const REASONS_WIDTH = 70;
const MARK_WIDTH = 14;

const LEAVE_IT = 'By this column Accession finds the rows again. Please leave it as it is.';

const CHUNK_CHARS = 64 * 1024;

/**
 * The sheet; what its cells have notes of is added to `notes` on the way. Every cell is a text and has the text
 * format, empty ones too, so that what is typed there stays as it is typed. Throws `tooMany()` where the rows do
 * not fit into a sheet.
 */
export async function* sheetXml(
  columns: readonly ColumnToCorrect[],
  rows: AsyncIterable<RowToCorrect>,
  notes: CellNote[],
  tooMany: () => AppError,
): AsyncGenerator<string> {
  const letters = columns.map((_, at) => columnLetters(at));
  const source = rows[Symbol.asyncIterator]();
  try {
    const first: RowToCorrect[] = [];
    while (first.length < LOOKED_AT) {
      const next = await source.next();
      if (next.done === true) break;
      first.push(next.value);
    }
    const mark = columns.findIndex(({ kind }) => kind === 'mark');
    if (mark !== -1) notes.push({ row: 0, column: mark, text: LEAVE_IT });
    let text = `${head(columns, first)}${headings(columns, letters)}`;
    let number = 1;
    const add = (row: RowToCorrect): void => {
      number += 1;
      if (number > MAX_ROWS) throw tooMany();
      text += rowXml(columns, letters, number, row);
      if (notes.length + row.notes.length > MAX_NOTES) return;
      for (const note of row.notes) notes.push({ row: number - 1, column: note.position, text: note.text });
    };
    for (const row of first) add(row);
    for (let next = await source.next(); next.done !== true; next = await source.next()) {
      add(next.value);
      if (text.length < CHUNK_CHARS) continue;
      yield text;
      text = '';
    }
    // Filters sort the table as a whole, so that every mark stays with its row.
    yield `${text}</sheetData><autoFilter ref="A1:${letters.at(-1) ?? 'A'}${number}"/><legacyDrawing r:id="rId1"/></worksheet>`;
  } finally {
    await source.return?.();
  }
}

function head(columns: readonly ColumnToCorrect[], rows: readonly RowToCorrect[]): string {
  const cols = columns.map((column, at) => {
    const place = `min="${at + 1}" max="${at + 1}"`;
    return `<col ${place} width="${widthOf(column, rows, at)}" style="${STYLE[column.kind]}" customWidth="1"/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>${cols.join('')}</cols><sheetData>`;
}

/** In characters, with two for the margins and the heading's arrow. */
function widthOf(
  { heading, kind }: ColumnToCorrect,
  rows: readonly RowToCorrect[],
  position: number,
): number {
  if (kind === 'reasons') return REASONS_WIDTH;
  if (kind === 'mark') return MARK_WIDTH;
  const longest = rows.reduce(
    (most, { cells }) => Math.max(most, cells[position]?.length ?? 0),
    heading.length + 2,
  );
  return Math.min(WIDEST, Math.max(NARROWEST, longest + 2));
}

function headings(columns: readonly ColumnToCorrect[], letters: readonly string[]): string {
  const cells = columns.map(({ heading, kind }, at) =>
    cellXml(`${letters[at]}1`, kind === 'mark' ? STYLE.markHeading : STYLE.heading, heading),
  );
  return `<row r="1">${cells.join('')}</row>`;
}

function rowXml(
  columns: readonly ColumnToCorrect[],
  letters: readonly string[],
  number: number,
  { cells, notes }: RowToCorrect,
): string {
  const bad = new Set(notes.filter((note) => note.bad).map(({ position }) => position));
  let xml = `<row r="${number}">`;
  for (const [at, { kind }] of columns.entries())
    xml += cellXml(`${letters[at]}${number}`, bad.has(at) ? STYLE.bad : STYLE[kind], cells[at] ?? '');
  return `${xml}</row>`;
}

function cellXml(reference: string, style: number, text: string): string {
  if (text === '') return `<c r="${reference}" s="${style}"/>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is>${textElement(text)}</is></c>`;
}
