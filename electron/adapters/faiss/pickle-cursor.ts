import { AppError } from '../../../shared/errors.ts';

/** Reads a pickle's bytes forward; every length is checked against what is left, so a lie costs nothing. */
export interface PickleCursor {
  byte(): number;
  uint16(): number;
  int32(): number;
  uint32(): number;
  /** A length; fails where it is longer than the rest of the file. */
  uint64(): number;
  float64(): number;
  /** Little-endian two's complement. */
  integer(length: number): bigint;
  text(length: number): string;
  bytes(length: number): Uint8Array;
  /** Up to the next line feed, which is dropped. */
  line(): string;
}

export function damagedPickle(cause: string): AppError {
  return new AppError({
    code: 'index.damaged',
    message: 'The file index.pkl of the search index is damaged.',
    hint: 'Move index.faiss and index.pkl away and run the load again: the index is rebuilt from the database.',
    cause,
  });
}

export function createPickleCursor(bytes: Uint8Array): PickleCursor {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = 0;

  /** Steps over `length` bytes and returns where they begin. */
  function step(length: number): number {
    if (length < 0 || length > buffer.length - position)
      throw damagedPickle(`ends early, at byte ${position}`);
    const at = position;
    position += length;
    return at;
  }

  return {
    byte: () => buffer.readUInt8(step(1)),
    uint16: () => buffer.readUInt16LE(step(2)),
    int32: () => buffer.readInt32LE(step(4)),
    uint32: () => buffer.readUInt32LE(step(4)),
    uint64() {
      const length = Number(buffer.readBigUInt64LE(step(8)));
      if (length > buffer.length - position) throw damagedPickle(`ends early, at byte ${position}`);
      return length;
    },
    float64: () => buffer.readDoubleBE(step(8)),
    integer(length) {
      const at = step(length);
      let value = 0n;
      for (let index = length - 1; index >= 0; index -= 1)
        value = (value << 8n) | BigInt(buffer[at + index] ?? 0);
      return BigInt.asIntN(length * 8, value);
    },
    text(length) {
      const at = step(length);
      return buffer.toString('utf8', at, at + length);
    },
    bytes(length) {
      const at = step(length);
      // A copy of its own; slicing a Buffer would give a Buffer again.
      return Uint8Array.from(buffer.subarray(at, at + length));
    },
    line() {
      const end = buffer.indexOf(0x0a, position);
      if (end < 0) throw damagedPickle(`ends early, at byte ${position}`);
      const at = step(end - position + 1);
      return buffer.toString('utf8', at, end);
    },
  };
}
