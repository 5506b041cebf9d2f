import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { AppError } from '../../../shared/errors.ts';
import type { CorrectionsRequest, RowToCorrect } from '../../engine/ports.ts';
import { type CellNote, commentsXml, drawingXml } from './workbook-notes.ts';
import { MAX_COLUMNS, sheetXml } from './workbook-sheet.ts';
import { fixedParts } from './workbook-static.ts';

/**
 * The rows as an .xlsx workbook (ECMA-376), row by row: what is held in memory are the notes, at most 20,000.
 *
 * By hand over yazl, the writing sister of the yauzl that reads workbooks here. Of the libraries that write cells
 * one after the other, exceljs alone has notes and fills, and had no release from 2023 to 2026; what is needed of
 * the format are eight small parts, and a text has to come back to the character, which is ours to answer for.
 *
 * The stream fails with AppError `file.too-large` for more rows or columns than a sheet has, and with what the
 * rows fail with.
 */
export function workbookStream(request: CorrectionsRequest, rows: AsyncIterable<RowToCorrect>): Readable {
  const { name, columns } = request;
  if (columns.length > MAX_COLUMNS) throw tooLarge(name, 'columns');
  const notes: CellNote[] = [];
  const zip = new ZipFile();
  const output = zip.outputStream;
  // The types say less than it is (yazl makes it a PassThrough), and only a whole stream can fail.
  if (!(output instanceof Readable)) throw new TypeError('The ZIP is no stream.');
  let open: Readable | null = null as Readable | null;
  // Whoever stops reading stops the rows, too.
  output.on('close', () => open?.destroy());
  const add = (path: string, chunks: () => AsyncIterable<string> | Iterable<string>): void => {
    zip.addReadStreamLazy(path, { compressionLevel: 6 }, (opened) => {
      const part = Readable.from(chunks(), { objectMode: false });
      part.on('error', (thrown) => output.destroy(thrown));
      open = part;
      opened(null, part);
    });
  };
  for (const [path, xml] of Object.entries(fixedParts())) add(path, () => [xml]);
  // One after the other, in this order: the notes are complete once the sheet is.
  add('xl/worksheets/sheet1.xml', () => sheetXml(columns, rows, notes, () => tooLarge(name, 'rows')));
  add('xl/comments1.xml', () => commentsXml(notes));
  add('xl/drawings/vmlDrawing1.vml', () => drawingXml(notes));
  zip.end();
  return output;
}

function tooLarge(name: string, what: 'rows' | 'columns'): AppError {
  return new AppError({
    code: 'file.too-large',
    message: `${name} has more rejected ${what} than a workbook can hold.`,
    hint: 'Save them as CSV instead.',
  });
}
