import type { RecordFault } from '../../../shared/records/types.ts';
import type { CsvDialect, ScanLimits } from './dialect.ts';

/** Where one record ends: `more` text is needed to tell, it ends before `end`, or it is too long to be one. */
export type Scan =
  | { kind: 'more' }
  | { kind: 'too-long' }
  | {
      kind: 'record';
      /** Behind the record's last character, its line break excluded. */
      end: number;
      /** Where the next record starts. */
      next: number;
      fault: RecordFault | null;
    };

const MORE: Scan = { kind: 'more' };
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Finds the end of the record that starts at `start`. A quote is one only at the beginning of a cell. One that
 * never closes, or whose closing quote is followed by other text, ends the record at the first line break
 * after the quote was opened.
 *
 * The answer depends on the text alone and never on where it was cut: what cannot be told yet is `more`.
 * `atEnd` says that no more will come.
 */
export function scanRecord(
  text: string,
  start: number,
  atEnd: boolean,
  dialect: CsvDialect,
  limits: ScanLimits,
): Scan {
  const lineEndFrom = (from: number): number => {
    const found = text.indexOf('\n', from);
    return found === -1 && atEnd ? text.length : found;
  };
  const capped = (lineEnd: number): boolean =>
    (lineEnd === -1 ? text.length : lineEnd) - start > limits.recordChars;

  let lineEnd = lineEndFrom(start);
  if (capped(lineEnd)) return { kind: 'too-long' };
  if (lineEnd === -1) return MORE;
  if (!text.slice(start, lineEnd).includes(dialect.quote)) return recordTo(text, lineEnd, null);

  const delimiter = dialect.delimiter.charCodeAt(0);
  const quote = dialect.quote.charCodeAt(0);
  const recordCap = start + limits.recordChars;
  let firstInnerBreak = -1;
  let cell = start;
  for (;;) {
    if (text.charCodeAt(cell) !== quote) {
      while (cell < lineEnd && text.charCodeAt(cell) !== delimiter) cell += 1;
      if (cell >= lineEnd) return recordTo(text, lineEnd, null);
      cell += 1;
      continue;
    }
    const quoteCap = cell + limits.quotedChars;
    const close = scanQuoted(text, cell, atEnd, Math.min(quoteCap, recordCap), dialect);
    switch (close.kind) {
      case 'more':
        return MORE;
      case 'text-after':
        return recordTo(text, lineEnd, 'quote-text-after');
      case 'unclosed': {
        // Where the whole record has grown too long, the quote that first crossed a line is the likely culprit;
        // where the file ends, it is the one that is open there.
        const tooLong = recordCap < quoteCap && text.length >= recordCap;
        const culprit = tooLong && firstInnerBreak !== -1 ? firstInnerBreak : lineEnd;
        return recordTo(text, culprit, 'quote-unclosed');
      }
    }
    if (close.next > lineEnd) {
      if (firstInnerBreak === -1) firstInnerBreak = lineEnd;
      lineEnd = lineEndFrom(close.next);
      if (capped(lineEnd)) return recordTo(text, firstInnerBreak, 'quote-unclosed');
      if (lineEnd === -1) return MORE;
    }
    if (text.charCodeAt(close.next) !== delimiter) return recordTo(text, lineEnd, null);
    cell = close.next + 1;
  }
}

type Close =
  | { kind: 'more' }
  | { kind: 'unclosed' }
  /** `next` stands behind the closing quote: for `closed` on the delimiter or the line's end. */
  | { kind: 'closed' | 'text-after'; next: number };

/** Looks for the end of the quoted cell that opens at `open`, as far as `cap`. */
function scanQuoted(text: string, open: number, atEnd: boolean, cap: number, dialect: CsvDialect): Close {
  let at = open;
  for (;;) {
    at = text.indexOf(dialect.quote, at + 1);
    if (at >= cap) return { kind: 'unclosed' };
    if (at === -1) return atEnd || text.length >= cap ? { kind: 'unclosed' } : { kind: 'more' };
    const after = at + 1;
    if (after === text.length) return atEnd ? { kind: 'closed', next: after } : { kind: 'more' };
    if (text.startsWith(dialect.quote, after)) {
      at = after;
      continue;
    }
    if (text.startsWith(dialect.delimiter, after)) return { kind: 'closed', next: after };
    return { kind: isLineEnd(text, after) ? 'closed' : 'text-after', next: after };
  }
}

/** A CR in the last place counts: where more text is to come, the record waits for its line's end anyway. */
function isLineEnd(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== CARRIAGE_RETURN) return code === LINE_FEED;
  return at + 1 === text.length || text.charCodeAt(at + 1) === LINE_FEED;
}

function recordTo(text: string, lineEnd: number, fault: RecordFault | null): Scan {
  const end = text.charCodeAt(lineEnd - 1) === CARRIAGE_RETURN ? lineEnd - 1 : lineEnd;
  return { kind: 'record', end, next: Math.min(lineEnd + 1, text.length), fault };
}
