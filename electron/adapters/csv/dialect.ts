/** How a file is written. Files of other dialects are found out before they are scanned; these are the parts that differ. */
export interface CsvDialect {
  /** WHATWG label. */
  encoding: 'utf-8';
  /** One character between cells. */
  delimiter: string;
  /** One character around cells, doubled inside them. */
  quote: string;
}

/** RFC 4180 in UTF-8, with or without a byte order mark; lines end with LF or CRLF. */
export const PLAIN_DIALECT: CsvDialect = { encoding: 'utf-8', delimiter: ',', quote: '"' };

/**
 * How far a record may reach, in UTF-16 units; this is what bounds the reader's memory, whatever the file.
 * A quote that is not closed within `quotedChars` counts as never closed. A record that is not complete within
 * `recordChars` ends at the first line break inside one of its quotes, or, where it has none, is one error up
 * to the end of its line, of which only the beginning is kept.
 */
export interface ScanLimits {
  quotedChars: number;
  recordChars: number;
}

/** Descriptions run to some thousand characters; a quarter of a million in one cell is a lost quote. */
export const SCAN_LIMITS: ScanLimits = { quotedChars: 256 * 1024, recordChars: 1024 * 1024 };
