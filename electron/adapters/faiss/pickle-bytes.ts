import { OP } from './pickle-values.ts';

/** A growing piece of a pickle, with the memo that belongs to the whole pickle. */
export interface PickleBytes {
  byte(...values: readonly number[]): void;
  text(value: string): void;
  int(value: bigint): void;
  float(value: number): void;
  binary(value: Uint8Array): void;
  /** Pushes a class. */
  global(name: readonly [string, string]): void;
  /** Bytes gathered since the last `take`. */
  size(): number;
  /** The bytes gathered; the memo goes on. */
  take(): Uint8Array;
}

/** Ids, keys, genres and authors come again, page contents do not: only short strings are remembered. */
const MEMO_MAX_LENGTH = 64;
/** Bounds the memo: about 30 MB of references here, and as many in the Python that reads them. */
const MEMO_MAX_ENTRIES = 400_000;

export function createPickleBytes(): PickleBytes {
  let buffer = Buffer.allocUnsafe(1 << 19);
  let end = 0;
  const texts = new Map<string, number>();
  const classes = new Map<string, number>();
  /** Everything memoised has the number of things memoised before it: that is what MEMOIZE means. */
  let memoised = 0;

  /** Makes room and returns where to write. */
  function claim(bytes: number): number {
    if (end + bytes > buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(buffer.length * 2, end + bytes));
      buffer.copy(grown, 0, 0, end);
      buffer = grown;
    }
    const at = end;
    end += bytes;
    return at;
  }

  function byte(...values: readonly number[]): void {
    const at = claim(values.length);
    for (let index = 0; index < values.length; index += 1) buffer[at + index] = values[index] ?? 0;
  }

  function sized(shortOp: number, longOp: number, length: number): void {
    if (length < 256) byte(shortOp, length);
    else {
      const at = claim(5);
      buffer[at] = longOp;
      buffer.writeUInt32LE(length, at + 1);
    }
  }

  function recalled(index: number | undefined): boolean {
    if (index === undefined) return false;
    if (index < 256) byte(OP.binGet, index);
    else {
      const at = claim(5);
      buffer[at] = OP.longBinGet;
      buffer.writeUInt32LE(index, at + 1);
    }
    return true;
  }

  function remember(memo: Map<string, number>, key: string): void {
    if (memoised >= MEMO_MAX_ENTRIES) return;
    memo.set(key, memoised);
    memoised += 1;
    byte(OP.memoize);
  }

  function text(value: string): void {
    const short = value.length <= MEMO_MAX_LENGTH;
    if (short && recalled(texts.get(value))) return;
    const length = Buffer.byteLength(value);
    sized(OP.shortBinUnicode, OP.binUnicode, length);
    const at = claim(length);
    buffer.write(value, at, length, 'utf8');
    if (short) remember(texts, value);
  }

  function int(value: bigint): void {
    if (value >= 0n && value < 256n) byte(OP.binInt1, Number(value));
    else if (value >= 0n && value < 65_536n) byte(OP.binInt2, Number(value) & 0xff, Number(value) >> 8);
    else if (value >= -(2n ** 31n) && value < 2n ** 31n) {
      const at = claim(5);
      buffer[at] = OP.binInt;
      buffer.writeInt32LE(Number(value), at + 1);
    } else {
      const bytes = twosComplement(value);
      if (bytes.length < 256) byte(OP.long1, bytes.length);
      else {
        const at = claim(5);
        buffer[at] = OP.long4;
        buffer.writeInt32LE(bytes.length, at + 1);
      }
      byte(...bytes);
    }
  }

  return {
    byte,
    text,
    int,
    float(value) {
      const at = claim(9);
      buffer[at] = OP.binFloat;
      buffer.writeDoubleBE(value, at + 1);
    },
    binary(value) {
      sized(OP.shortBinBytes, OP.binBytes, value.length);
      buffer.set(value, claim(value.length));
    },
    global(name) {
      const key = name.join(' ');
      if (recalled(classes.get(key))) return;
      text(name[0]);
      text(name[1]);
      byte(OP.stackGlobal);
      remember(classes, key);
    },
    size: () => end,
    take() {
      const piece = buffer.subarray(0, end);
      buffer = Buffer.allocUnsafe(1 << 19);
      end = 0;
      return piece;
    },
  };
}

/** Little-endian two's complement in as few bytes as hold the sign. */
function twosComplement(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = Number(rest & 0xffn);
    bytes.push(low);
    rest >>= 8n;
    if ((rest === 0n && low < 128) || (rest === -1n && low >= 128)) return bytes;
  }
}
