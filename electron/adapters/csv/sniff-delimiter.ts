import { AppError } from '../../../shared/errors.ts';
import { type CsvDialect, SCAN_LIMITS } from './dialect.ts';
import { parseRecords } from './parse-records.ts';
import { ENTRY_BYTES } from './record-index.ts';
import { createByteScanner } from './scan-bytes.ts';

/** In order of preference where nothing else decides. */
const CANDIDATES = [',', ';', '\t', '|'] as const;

/** Records that are looked at. */
const SAMPLE_RECORDS = 50;

const NAMES: Readonly<Record<string, string>> = {
  tab: '\t',
  '\\t': '\t',
  comma: ',',
  semicolon: ';',
  pipe: '|',
};

/** The delimiter that a person named. Throws AppError `usage.invalid` where it cannot be one. */
export function namedDelimiter(given: string): string {
  const delimiter = NAMES[given.trim().toLowerCase()] ?? given;
  if (/^[\t\x20-\x7e]$/.test(delimiter) && delimiter !== '"') return delimiter;
  throw new AppError({
    code: 'usage.invalid',
    message: 'That delimiter cannot stand between cells.',
    hint: 'Name one character, such as a comma, a semicolon or |, or the word tab.',
  });
}

/** What Excel writes into a first line of its own to say which delimiter follows: `sep=;`. Null: no such line. */
export function sepLineOf(text: string): string | null {
  return /^("?)sep=([\t\x20-\x21\x23-\x7e])\1(?=[\r\n]|$)/i.exec(text)?.[2] ?? null;
}

/**
 * What ends the lines: a lone CR only where no LF stands outside of quotes. Which delimiter it is need not be
 * known: any of them lets a cell begin.
 */
export function sniffNewline(text: string): CsvDialect['newline'] {
  let inQuotes = false;
  let seenReturn = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      if (!inQuotes) inQuotes = at === 0 || CELL_BEGINS_BEHIND.includes(text[at - 1] ?? '');
      else if (text[at + 1] === '"') at += 1;
      else inQuotes = false;
    } else if (!inQuotes && char === '\n') return '\n';
    else if (!inQuotes && char === '\r') seenReturn = true;
  }
  return seenReturn ? '\r' : '\n';
}

const CELL_BEGINS_BEHIND: readonly string[] = [...CANDIDATES, '\n', '\r'];

/**
 * The delimiter with which the first rows agree best on how many cells they have; between equals, the one that
 * makes more cells, then the one with fewer blanks behind it, as prose has them. The headings must fall into at
 * least two, which keeps commas in texts and in numbers (`2,5`) from counting. A comma where there is one column.
 *
 * `head` is the beginning of the file as UTF-8 without mark and `sep=` line; `complete`: all of it.
 */
export function sniffDelimiter(head: Uint8Array, complete: boolean, dialect: CsvDialect): string {
  let best: Split = { delimiter: ',', agreement: 0, cells: 0, blanks: 0 };
  for (const delimiter of CANDIDATES) {
    const split = splitBy(head, complete, { ...dialect, delimiter });
    if (split !== null && isBetter(split, best)) best = split;
  }
  return best.delimiter;
}

interface Split {
  delimiter: string;
  /** Share of the rows that have the most common number of cells. */
  agreement: number;
  /** That number. */
  cells: number;
  /** Cells that begin with a blank. */
  blanks: number;
}

function isBetter(split: Split, best: Split): boolean {
  if (split.agreement !== best.agreement) return split.agreement > best.agreement;
  if (split.cells !== best.cells) return split.cells > best.cells;
  return split.blanks < best.blanks;
}

function splitBy(head: Uint8Array, complete: boolean, dialect: CsvDialect): Split | null {
  const [header = [], ...rows] = firstRecords(head, complete, dialect);
  // The headings do not vote: spreadsheets leave out the blank ones at the end.
  const counts = (rows.length > 0 ? rows : [header]).map((cells) => cells.length);
  const { cells, agreement } = mostCommon(counts);
  if (header.length < 2 || cells < 2) return null;
  const blanks = [header, ...rows].flat().filter((cell) => cell.startsWith(' ')).length;
  return { delimiter: dialect.delimiter, agreement, cells, blanks };
}

function firstRecords(head: Uint8Array, complete: boolean, dialect: CsvDialect): string[][] {
  const scanned = createByteScanner(dialect, SCAN_LIMITS).push(head, complete);
  // A first record that is longer than all that is known has headings nevertheless.
  const { entries, count } =
    scanned.count > 0 ? scanned : createByteScanner(dialect, SCAN_LIMITS).push(head, true);
  const own = entries.subarray(0, Math.min(count, SAMPLE_RECORDS) * ENTRY_BYTES);
  return parseRecords(head, 0, own, dialect).records.map(({ cells }) => [...cells]);
}

function mostCommon(counts: readonly number[]): { cells: number; agreement: number } {
  const times = new Map<number, number>();
  for (const cells of counts) times.set(cells, (times.get(cells) ?? 0) + 1);
  let cells = 0;
  for (const [candidate, count] of times) if (count > (times.get(cells) ?? 0)) cells = candidate;
  return { cells, agreement: (times.get(cells) ?? 0) / counts.length };
}
