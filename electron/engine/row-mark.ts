import { withPictures } from '../../shared/records/control-pictures.ts';
import type { FileOfDraft } from '../../shared/records/own-files.ts';
import type { OpenedFile } from './file-port.ts';

/** What a row that was exported says of itself. */
export interface RowMark {
  row: number;
  /** `fileMark` of the file it came from. */
  file: string;
  /** `fingerprint` of every cell as it was exported, or CUT. */
  prints: readonly string[];
}

/** Stands for a cell that was exported cut: what comes back for it is never taken. No fingerprint has a `~`. */
export const CUT = '~cut';

const PRINT_CHARS = 4;
/** It begins with a letter, so that no spreadsheet takes it for a date, a fraction or a number. */
const MARK = /^r([1-9]\d{0,9})-([\w-]{4})-((?:[\w-]{4}|~cut)+)$/;

/** Tells the file as it is read now from other files, and from itself read in another way: rows of those are others. */
export function fileMark({ draftId, fileNo }: FileOfDraft, file: OpenedFile): string {
  const { name, bytes, header, headerLine, workbook } = file;
  return fingerprint(
    JSON.stringify([draftId, fileNo, name, bytes, workbook?.sheet ?? null, headerLine, header]),
  );
}

export function rowMark({ row, file, prints }: RowMark): string {
  return `r${row}-${file}-${prints.join('')}`;
}

/** Null for what `rowMark` never writes. */
export function readRowMark(text: string): RowMark | null {
  const [, row, file, joined] = MARK.exec(text.trim()) ?? [];
  if (row === undefined || file === undefined || joined === undefined) return null;
  const prints: string[] = [];
  for (let at = 0; at < joined.length; at += PRINT_CHARS) prints.push(joined.slice(at, at + PRINT_CHARS));
  return { row: Number(row), file, prints };
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/**
 * Four characters (24 bits) that tell whether a text is another one: one change in 16.8 million goes unseen, and is
 * then still to be made. FNV-1a over UTF-16 units (Fowler, Noll and Vo), its bits spread by MurmurHash3's finish
 * (Appleby).
 */
export function fingerprint(text: string): string {
  const same = comparable(text);
  let hash = 0x811c9dc5;
  for (let at = 0; at < same.length; at += 1) hash = Math.imul(hash ^ same.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  hash ^= hash >>> 16;
  let print = '';
  for (let shift = 0; shift < 24; shift += 6) print += ALPHABET[(hash >>> shift) & 63];
  return print;
}

/**
 * What counts of a text when it comes back: spreadsheets write line breaks of their own, and a CSV shows control
 * characters as pictures.
 */
export function comparable(text: string): string {
  const visible = withPictures(text);
  return visible.includes('\r') ? visible.replace(/\r\n?/g, '\n') : visible;
}
