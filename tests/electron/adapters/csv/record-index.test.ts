import { describe, expect, it } from 'vitest';
import {
  ENTRY_BYTES,
  entriesView,
  FAULT_TOO_LONG,
  FLAG_NOT_ASCII,
  readEntry,
  writeEntry,
} from '../../../../electron/adapters/csv/record-index.ts';

describe('an index entry', () => {
  it('is sixteen little-endian bytes', () => {
    const bytes = new Uint8Array(2 * ENTRY_BYTES);
    writeEntry(
      entriesView(bytes),
      1,
      0x0605_0403_0201,
      0x0d0c_0b0a,
      0x1413_1211,
      FAULT_TOO_LONG,
      FLAG_NOT_ASCII,
    );
    expect(Buffer.from(bytes).toString('hex')).toBe(
      `${'00'.repeat(16)}010203040506_0301_0a0b0c0d_11121314`.replaceAll('_', ''),
    );
  });

  it('reads as it was written, far beyond four gigabytes and from the middle of a buffer', () => {
    const bytes = new Uint8Array(40).subarray(8);
    const start = 2 ** 48 - 1;
    writeEntry(entriesView(bytes), 0, start, 2 ** 32 - 1, 4_000_000_000, 0, 255);
    writeEntry(entriesView(bytes), 1, 2 ** 32, 0, 1, 2, 0);
    expect(readEntry(entriesView(bytes), 0)).toEqual({
      start,
      byteLength: 2 ** 32 - 1,
      line: 4_000_000_000,
      fault: null,
      flags: 255,
    });
    expect(readEntry(entriesView(bytes), 1)).toEqual({
      start: 2 ** 32,
      byteLength: 0,
      line: 1,
      fault: 'quote-text-after',
      flags: 0,
    });
    expect(() => readEntry(entriesView(bytes), 2)).toThrow(RangeError);
  });
});
