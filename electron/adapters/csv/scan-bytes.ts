import { isBlank } from './blank-line.ts';
import type { CsvDialect, ScanLimits } from './dialect.ts';
import { emptyRecordEnd, findRecordEnd, type ScanRules, type ScanWindow } from './find-record-end.ts';
import { ENTRY_BYTES, entriesView, FAULT_NONE, FLAG_NOT_ASCII, writeEntry } from './record-index.ts';

export interface ScanOptions {
  /**
   * False for a table that was converted from a workbook: there a line break inside quotes is one inside a cell,
   * and the next row is the next line nevertheless. Default true.
   */
  innerBreaksCount?: boolean;
  /** Number of the first line. Default 1. */
  firstLine?: number;
  /** True where the first line only names the delimiter (`sep=;`); it is passed over. Default false. */
  sepLine?: boolean;
}

export interface ScannedRecords {
  /** Index entries of the records that are complete now, see `record-index.ts`; the caller's to keep. */
  entries: Uint8Array;
  count: number;
  /** Lines of white space alone that were left out. */
  blankLines: number;
}

export interface ByteScanner {
  /**
   * Takes the next bytes of the UTF-8 copy, which are copied. `atEnd` says that these were the last. However the
   * bytes are cut, the entries of all calls together are the same; a single call may hold some back.
   */
  push(chunk: Uint8Array, atEnd: boolean): ScannedRecords;
}

/**
 * Where records are given up again and again because they reached too far, each costs a look at `recordBytes`.
 * So much of that is free, and in the long run so many bytes for each byte of the file; past it, records of
 * several lines may reach `CURBED_REACH` only. It keeps a file of nothing but stray quotes from taking hours.
 */
const FREE_LOOKAHEAD_BYTES = 64 * 1024 * 1024;
const LOOKAHEAD_PER_BYTE = 8;
const CURBED_REACH = 4 * 1024;

/** Cuts UTF-8 into records at their true ends. Blank lines are counted as lines and left out. */
export function createByteScanner(
  dialect: CsvDialect,
  limits: ScanLimits,
  options: ScanOptions = {},
): ByteScanner {
  const { innerBreaksCount = true, firstLine = 1, sepLine = false } = options;
  const newline = dialect.newline.charCodeAt(0);
  const rules: ScanRules = {
    delimiter: dialect.delimiter.charCodeAt(0),
    quote: dialect.quote.charCodeAt(0),
    newline,
    quotedBytes: limits.quotedBytes,
    recordBytes: limits.recordBytes,
    reach: limits.recordBytes,
  };
  const window: ScanWindow = { bytes: new Uint8Array(64 * 1024), size: 0, atEnd: false };
  const found = emptyRecordEnd();
  const entries = createEntryList();
  /** Offset in the file of the window's first byte. */
  let base = 0;
  /** In the window: where the unfinished record starts. */
  let at = 0;
  /** Below this size nothing new can be told, or not at a fair price: an unfinished record is read anew as a whole. */
  let worthwhileSize = 0;
  let line = firstLine;
  let passingLine = sepLine;
  let lookedAhead = 0;

  const append = (chunk: Uint8Array): void => {
    const held = window.size - at;
    if (at > 0) {
      window.bytes.copyWithin(0, at, window.size);
      base += at;
      at = 0;
    }
    const size = held + chunk.length;
    if (size >= window.bytes.length) {
      const grown = new Uint8Array(size * 2);
      grown.set(window.bytes.subarray(0, held));
      window.bytes = grown;
    }
    window.bytes.set(chunk, held);
    window.bytes[size] = newline;
    window.size = size;
  };

  const passLine = (): void => {
    const { bytes, size } = window;
    while (bytes[at] !== newline) at += 1;
    if (at === size) return;
    at += 1;
    line += 1;
    passingLine = false;
  };

  return {
    push(chunk, atEnd) {
      append(chunk);
      window.atEnd = atEnd;
      let blankLines = 0;
      if (window.size >= worthwhileSize || atEnd) {
        while (at < window.size) {
          if (passingLine) {
            passLine();
            continue;
          }
          if (lookedAhead > FREE_LOOKAHEAD_BYTES) {
            const curbed = lookedAhead > FREE_LOOKAHEAD_BYTES + LOOKAHEAD_PER_BYTE * (base + at);
            rules.reach = curbed ? Math.min(CURBED_REACH, limits.recordBytes) : limits.recordBytes;
          }
          if (!findRecordEnd(window, at, rules, found)) break;
          if (found.fault === FAULT_NONE && isBlank(window.bytes, at, found.end)) blankLines += 1;
          else entries.add(base + at, found.end - at, line, found.fault, found.notAscii ? FLAG_NOT_ASCII : 0);
          if (found.overran) lookedAhead += rules.reach;
          if (found.lineOpen) passingLine = true;
          else line += 1 + (innerBreaksCount ? found.innerBreaks : 0);
          at = found.next;
        }
        worthwhileSize = 2 * (window.size - at);
      }
      return { ...entries.take(), blankLines };
    },
  };
}

/** Entries one after the other, in a buffer that grows and is used again. */
function createEntryList() {
  let buffer = new Uint8Array(1024 * ENTRY_BYTES);
  let view = entriesView(buffer);
  let count = 0;
  return {
    add(start: number, byteLength: number, line: number, fault: number, flags: number): void {
      if ((count + 1) * ENTRY_BYTES > buffer.length) {
        const grown = new Uint8Array(buffer.length * 2);
        grown.set(buffer);
        buffer = grown;
        view = entriesView(buffer);
      }
      writeEntry(view, count, start, byteLength, line, fault, flags);
      count += 1;
    },
    take(): { entries: Uint8Array; count: number } {
      const taken = { entries: buffer.slice(0, count * ENTRY_BYTES), count };
      count = 0;
      return taken;
    },
  };
}
