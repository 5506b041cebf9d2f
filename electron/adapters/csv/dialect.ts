/** How a file is written. Found out by `sniff.ts`, or said by a person. */
export interface CsvDialect {
  /** WHATWG label of the original file, such as `utf-8`, `windows-1252`, `utf-16le`. */
  encoding: string;
  /** One ASCII character between cells. */
  delimiter: string;
  /** One ASCII character around cells, doubled inside them. */
  quote: string;
  /** What ends a line: LF, with or without a CR before it; or a lone CR, as old Macs wrote it. */
  newline: '\n' | '\r';
}

/** RFC 4180 in UTF-8. */
export const PLAIN_DIALECT: CsvDialect = { encoding: 'utf-8', delimiter: ',', quote: '"', newline: '\n' };

/**
 * How far a record may reach, in bytes of UTF-8; this is what bounds the reader's memory, whatever the file.
 * A quote that is not closed within `quotedBytes` counts as never closed. A record that is not complete within
 * `recordBytes` ends at the first line break inside one of its quotes, or, where it has none, is one error up
 * to the end of its line, of which only the beginning is kept.
 */
export interface ScanLimits {
  quotedBytes: number;
  recordBytes: number;
}

/** Descriptions run to some thousand characters; a quarter of a million in one cell is a lost quote. */
export const SCAN_LIMITS: ScanLimits = { quotedBytes: 256 * 1024, recordBytes: 1024 * 1024 };
