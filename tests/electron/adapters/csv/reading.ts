import {
  type CsvDialect,
  PLAIN_DIALECT,
  SCAN_LIMITS,
  type ScanLimits,
} from '../../../../electron/adapters/csv/dialect.ts';
import { parseRecords } from '../../../../electron/adapters/csv/parse-records.ts';
import { entriesView, type IndexEntry, readEntry } from '../../../../electron/adapters/csv/record-index.ts';
import { createByteScanner, type ScanOptions } from '../../../../electron/adapters/csv/scan-bytes.ts';
import { type Sniffed, type SniffOverrides, sniff } from '../../../../electron/adapters/csv/sniff.ts';
import { toUtf8 } from '../../../../electron/adapters/csv/to-utf8.ts';
import type { RecordFault } from '../../../../shared/records/types.ts';

export interface ReadRecord {
  line: number;
  cells: readonly string[];
  fault: RecordFault | null;
}

export interface ScanSettings extends ScanOptions {
  dialect?: CsvDialect;
  limits?: ScanLimits;
}

/** The records of a UTF-8 text that comes in these chunks, the header among them. */
export function scanChunks(chunks: readonly Uint8Array[], settings: ScanSettings = {}): ReadRecord[] {
  const { dialect = PLAIN_DIALECT, limits = SCAN_LIMITS, ...options } = settings;
  const { entries } = indexOf(chunks, dialect, limits, options);
  const { records } = parseRecords(Buffer.concat(chunks), 0, entries, dialect);
  return records.map(({ line, cells, fault }) => ({ line, cells, fault }));
}

export function scanText(text: string, settings: ScanSettings = {}): ReadRecord[] {
  return scanChunks([Buffer.from(text, 'utf8')], settings);
}

export function indexOf(
  chunks: readonly Uint8Array[],
  dialect: CsvDialect = PLAIN_DIALECT,
  limits: ScanLimits = SCAN_LIMITS,
  options: ScanOptions = {},
): { entries: Uint8Array; count: number; blankLines: number } {
  const scanner = createByteScanner(dialect, limits, options);
  const scanned = [
    ...chunks.map((chunk) => scanner.push(chunk, false)),
    scanner.push(new Uint8Array(0), true),
  ];
  const sum = (of: (one: { count: number; blankLines: number }) => number) =>
    scanned.reduce((total, one) => total + of(one), 0);
  return {
    entries: Buffer.concat(scanned.map((one) => one.entries)),
    count: sum((one) => one.count),
    blankLines: sum((one) => one.blankLines),
  };
}

export function entriesOf(entries: Uint8Array, count: number): IndexEntry[] {
  const view = entriesView(entries);
  return Array.from({ length: count }, (_, index) => readEntry(view, index));
}

export interface ReadFile {
  sniffed: Sniffed;
  records: ReadRecord[];
  /** Afterwards, from the stream. */
  encoding: string;
  sure: boolean;
  lostCharacters: number;
}

/** A file as it lies on disk, all the way: sniffed, turned into UTF-8, scanned and parsed. */
export async function readFile(
  chunks: readonly Uint8Array[],
  overrides: SniffOverrides = {},
  limits: ScanLimits = SCAN_LIMITS,
): Promise<ReadFile> {
  const sniffed = sniff(Buffer.concat(chunks), true, 'books.csv', overrides);
  const { dialect, bomBytes, encodingSure, sepLine } = sniffed;
  const utf8 = toUtf8(streamOf(chunks), { encoding: dialect.encoding, bomBytes, sure: encodingSure });
  const pieces = await collected(utf8.chunks);
  return {
    sniffed,
    records: scanChunks(pieces, { dialect, limits, sepLine }),
    encoding: utf8.encoding(),
    sure: utf8.sure(),
    lostCharacters: utf8.lostCharacters(),
  };
}

export async function collected(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array[]> {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunks) pieces.push(piece);
  return pieces;
}

export async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** `bytes` cut at the given positions. */
export function cutAt(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const cuts = [...positions, bytes.length].sort((a, b) => a - b);
  return cuts.map((end, index) => bytes.subarray(index === 0 ? 0 : cuts[index - 1], end));
}

/** Text in an encoding that Node itself writes, or in Windows-1252. */
export function encoded(text: string, encoding: string): Buffer {
  switch (encoding) {
    case 'windows-1252':
      return Buffer.from([...text].map((char) => WINDOWS_1252[char] ?? char.charCodeAt(0)));
    case 'utf-16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf-16le':
      return Buffer.from(text, 'utf16le');
    default:
      return Buffer.from(text, 'utf8');
  }
}

const WINDOWS_1252: Readonly<Record<string, number>> = { '€': 0x80, '“': 0x93, '”': 0x94, '–': 0x96 };
