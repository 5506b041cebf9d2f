import { FAULT_NONE, FAULT_QUOTE_TEXT_AFTER, FAULT_QUOTE_UNCLOSED, FAULT_TOO_LONG } from './record-index.ts';

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** What is kept of a record that is too long to be one: more than the 200 characters that are shown of it. */
export const EXCERPT_BYTES = 1024;

/** A dialect and its limits as the scanner compares them: character codes and bytes. */
export interface ScanRules {
  delimiter: number;
  quote: number;
  newline: number;
  quotedBytes: number;
  recordBytes: number;
  /** How far a record of several lines may reach: `recordBytes`, or less in a file that is badly damaged. */
  reach: number;
}

/** The bytes read so far. */
export interface ScanWindow {
  /** `bytes[size]` is the newline: every search stops there and needs no other bound. */
  bytes: Uint8Array;
  size: number;
  /** No more will come behind `size`. */
  atEnd: boolean;
}

/** Where a record ends. One object is filled again and again, because a file has a million records. */
export interface RecordEnd {
  /** Behind its last byte, its line break excluded. */
  end: number;
  /** Where the next record starts. */
  next: number;
  /** A `FAULT_…` code. */
  fault: number;
  /** Its first line break inside quotes; -1 where it has none. */
  firstBreak: number;
  /** How many line breaks inside quotes belong to it. */
  innerBreaks: number;
  /** True where it may hold bytes that are no ASCII: they are looked for on the way, at next to no cost. */
  notAscii: boolean;
  /** True where its line has not ended yet at `next`: what follows up to the line's end is to be passed over. */
  lineOpen: boolean;
  /** True where it was given up because it reached too far, and the lines behind its first are read again. */
  overran: boolean;
}

export function emptyRecordEnd(): RecordEnd {
  return {
    end: 0,
    next: 0,
    fault: FAULT_NONE,
    firstBreak: -1,
    innerBreaks: 0,
    notAscii: false,
    lineOpen: false,
    overran: false,
  };
}

/**
 * Finds the end of the record that starts at `start`, and returns whether it can be told yet. A quote is one
 * only at the beginning of a cell. One that never closes, or whose closing quote is followed by other text,
 * ends the record at the first line break after the quote was opened.
 *
 * The answer depends on the bytes of the file alone and never on where they were cut.
 */
export function findRecordEnd(
  window: ScanWindow,
  start: number,
  rules: ScanRules,
  found: RecordEnd,
): boolean {
  const { bytes, size, atEnd } = window;
  const { delimiter, quote, newline } = rules;
  found.fault = FAULT_NONE;
  found.firstBreak = -1;
  found.innerBreaks = 0;
  found.lineOpen = false;
  found.overran = false;
  let at = start;
  /** All bits of all bytes; the window's end is a newline, so that there is always one more byte. */
  let seen = 0;
  for (;;) {
    let byte = bytes[at] as number;
    while (byte !== newline && byte !== quote) {
      seen |= byte;
      at += 1;
      byte = bytes[at] as number;
    }
    if (byte === newline) {
      found.notAscii = seen >= 0x80;
      return endLine(window, start, at, rules, found);
    }
    if (at !== start && bytes[at - 1] !== delimiter) {
      at += 1;
      continue;
    }

    const quoteCap = at + rules.quotedBytes;
    const recordCap = start + (found.firstBreak === -1 ? rules.recordBytes : rules.reach);
    const cap = quoteCap < recordCap ? quoteCap : recordCap;
    let cellBreak = -1;
    let cellBreaks = 0;
    at += 1;
    for (;;) {
      byte = bytes[at] as number;
      while (byte !== newline && byte !== quote) {
        seen |= byte;
        at += 1;
        byte = bytes[at] as number;
      }
      if (at >= cap || at === size) {
        if (at < cap && !atEnd) return false;
        found.fault = FAULT_QUOTE_UNCLOSED;
        break;
      }
      if (byte === newline) {
        if (cellBreak === -1) cellBreak = at;
        cellBreaks += 1;
        at += 1;
        continue;
      }
      const following = bytes[at + 1];
      if (following === quote) {
        at += 2;
        continue;
      }
      at += 1;
      if (at === size && !atEnd) return false;
      if (following === delimiter || following === newline) break;
      if (following === CARRIAGE_RETURN && newline === LINE_FEED) {
        if (at + 1 === size && !atEnd) return false;
        if (bytes[at + 1] === LINE_FEED) break;
      }
      found.fault = FAULT_QUOTE_TEXT_AFTER;
      break;
    }

    if (found.fault === FAULT_NONE) {
      if (found.firstBreak === -1) found.firstBreak = cellBreak;
      found.innerBreaks += cellBreaks;
      continue;
    }
    found.notAscii = true;
    // Where the whole record has grown too long, the quote that first crossed a line is the likely culprit; where
    // the file ends, it is the one that is open there.
    const tooFar = found.fault === FAULT_QUOTE_UNCLOSED && recordCap < quoteCap && size >= recordCap;
    if (tooFar && found.firstBreak !== -1) return giveUp(window, start, rules, found);
    if (cellBreak !== -1) at = cellBreak;
    while (bytes[at] !== newline) at += 1;
    return endLine(window, start, at, rules, found);
  }
}

/** The record ends with the line that ends at `lineEnd`, unless it has gone too far by then. */
function endLine(
  window: ScanWindow,
  start: number,
  lineEnd: number,
  rules: ScanRules,
  found: RecordEnd,
): boolean {
  const { size, atEnd } = window;
  if (found.firstBreak === -1) {
    if (lineEnd - start > rules.recordBytes) return tooLong(window, start, lineEnd, rules, found);
  } else if (lineEnd - start > rules.reach) {
    return giveUp(window, start, rules, found);
  }
  if (lineEnd === size && !atEnd) return false;
  found.end = withoutReturn(window.bytes, start, lineEnd, rules);
  found.next = lineEnd < size ? lineEnd + 1 : size;
  return true;
}

function giveUp(window: ScanWindow, start: number, rules: ScanRules, found: RecordEnd): boolean {
  found.end = withoutReturn(window.bytes, start, found.firstBreak, rules);
  found.next = found.firstBreak + 1;
  found.fault = FAULT_QUOTE_UNCLOSED;
  found.innerBreaks = 0;
  found.overran = true;
  return true;
}

function tooLong(
  window: ScanWindow,
  start: number,
  lineEnd: number,
  rules: ScanRules,
  found: RecordEnd,
): boolean {
  const { bytes, size, atEnd } = window;
  if (lineEnd - start > EXCERPT_BYTES) {
    let end = start + EXCERPT_BYTES;
    // Never in the middle of a character: its bytes behind the first are 10xxxxxx.
    while (end > start && ((bytes[end] ?? 0) & 0b1100_0000) === 0b1000_0000) end -= 1;
    found.end = end;
  } else {
    if (lineEnd === size && !atEnd) return false;
    found.end = withoutReturn(bytes, start, lineEnd, rules);
  }
  found.next = lineEnd < size ? lineEnd + 1 : size;
  found.fault = FAULT_TOO_LONG;
  found.innerBreaks = 0;
  found.lineOpen = lineEnd === size;
  return true;
}

/** A CR before the line feed belongs to the line break. */
function withoutReturn(bytes: Uint8Array, start: number, lineEnd: number, rules: ScanRules): number {
  const hasReturn = rules.newline === LINE_FEED && lineEnd > start && bytes[lineEnd - 1] === CARRIAGE_RETURN;
  return hasReturn ? lineEnd - 1 : lineEnd;
}
