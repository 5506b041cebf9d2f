/**
 * A block of cells as spreadsheets put it on the clipboard: tabs between cells, line breaks between rows, and
 * quotation marks (doubled inside) around a cell that holds one of the three.
 */
export function readClipboardTable(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const { cell, end } = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    cells.push(cell);
    if (text[end] === '\t') {
      at = end + 1;
      continue;
    }
    rows.push(cells);
    cells = [];
    at = text.startsWith('\r\n', end) ? end + 2 : end + 1;
    // Spreadsheets end the last row with a line break, too.
    if (at === text.length) break;
  }
  return rows;
}

function plainCell(text: string, from: number): { cell: string; end: number } {
  let end = from;
  while (end < text.length && !isBreak(text, end)) end += 1;
  return { cell: text.slice(from, end), end };
}

function isBreak(text: string, at: number): boolean {
  const sign = text[at];
  return sign === '\t' || sign === '\r' || sign === '\n';
}

/** A quotation mark that never closes, or with text behind it, was only typed: the cell is taken as it stands. */
function quotedCell(text: string, from: number): { cell: string; end: number } {
  let at = from + 1;
  let cell = '';
  for (;;) {
    const mark = text.indexOf('"', at);
    if (mark === -1) return plainCell(text, from);
    cell += text.slice(at, mark);
    if (text[mark + 1] !== '"') {
      const end = mark + 1;
      const isClosed = end === text.length || isBreak(text, end);
      return isClosed ? { cell, end } : plainCell(text, from);
    }
    cell += '"';
    at = mark + 2;
  }
}

/** The same, the other way round. */
export function writeClipboardTable(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => cells.map(written).join('\t')).join('\r\n');
}

function written(cell: string): string {
  return /["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
