import type { SheetRow } from './sheet-rows.ts';

const CHUNK_CHARS = 64 * 1024;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Rows as CSV (RFC 4180: commas, quotes doubled inside quotes), in UTF-8 with line feeds. Sheet row n is the n-th
 * line outside quotes: what is empty between rows is an empty line, what is empty after the last is left out.
 *
 * A sheet does not say how wide its table is. The first row of two or more cells is taken for the headings, and
 * later rows are filled up to it, so that blank cells at their end do not look like missing ones.
 */
export async function* csvOfRows(batches: AsyncIterable<SheetRow[]>): AsyncGenerator<Uint8Array> {
  let text = '';
  let written = 0;
  let width = 0;
  for await (const rows of batches) {
    for (const { number, cells } of rows) {
      if (width === 0 && cells.filter((cell) => cell !== '').length > 1) width = cells.length;
      text += `${'\n'.repeat(number - written - 1)}${cells.map(csvCell).join(',')}`;
      text += `${','.repeat(Math.max(0, width - cells.length))}\n`;
      written = number;
    }
    if (text.length < CHUNK_CHARS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

function csvCell(text: string): string {
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
