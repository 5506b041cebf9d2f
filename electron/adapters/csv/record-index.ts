import type { RecordFault } from '../../../shared/records/types.ts';

/**
 * The index of a UTF-8 copy: where each record lies, so that any of them is found without reading those before
 * it. One entry is 16 bytes, little-endian:
 *
 *   0  u48  offset of the record's first byte in the copy
 *   6  u8   fault: 0 none, 1 quote-unclosed, 2 quote-text-after, 3 too-long
 *   7  u8   flags: 1 where the record may hold bytes that are no ASCII
 *   8  u32  length in bytes, without the line break behind it; of a record that is too long, of its beginning
 *  12  u32  line of the original file on which it begins, from 1
 */
export const ENTRY_BYTES = 16;

export const FAULT_NONE = 0;
export const FAULT_QUOTE_UNCLOSED = 1;
export const FAULT_QUOTE_TEXT_AFTER = 2;
export const FAULT_TOO_LONG = 3;

export const FLAG_NOT_ASCII = 1;

const FAULTS: readonly (RecordFault | null)[] = [null, 'quote-unclosed', 'quote-text-after', 'too-long'];

const TWO_TO_32 = 0x1_0000_0000;

export interface IndexEntry {
  start: number;
  byteLength: number;
  line: number;
  fault: RecordFault | null;
  /** `FLAG_…` bits. */
  flags: number;
}

/** What a `FAULT_…` code stands for. */
export function faultOf(code: number): RecordFault | null {
  return FAULTS[code] ?? null;
}

/** A view of entries that lie in a part of a larger buffer. */
export function entriesView(entries: Uint8Array): DataView {
  return new DataView(entries.buffer, entries.byteOffset, entries.byteLength);
}

/** Throws RangeError where there is no entry `index`. */
export function readEntry(view: DataView, index: number): IndexEntry {
  const at = index * ENTRY_BYTES;
  return {
    start: entryStart(view, index),
    byteLength: view.getUint32(at + 8, true),
    line: view.getUint32(at + 12, true),
    fault: faultOf(view.getUint8(at + 6)),
    flags: view.getUint8(at + 7),
  };
}

/** `readEntry(view, index).start`, without an object for it. */
export function entryStart(view: DataView, index: number): number {
  const at = index * ENTRY_BYTES;
  return view.getUint32(at, true) + view.getUint16(at + 4, true) * TWO_TO_32;
}

/** `fault` is one of the `FAULT_…` codes, `flags` are `FLAG_…` bits. Allocates nothing: this runs once for each record of a file. */
export function writeEntry(
  view: DataView,
  index: number,
  start: number,
  byteLength: number,
  line: number,
  fault: number,
  flags: number,
): void {
  const at = index * ENTRY_BYTES;
  view.setUint32(at, start % TWO_TO_32, true);
  view.setUint16(at + 4, Math.floor(start / TWO_TO_32), true);
  view.setUint8(at + 6, fault);
  view.setUint8(at + 7, flags);
  view.setUint32(at + 8, byteLength, true);
  view.setUint32(at + 12, line, true);
}
