import { isAscii, isUtf8 } from 'node:buffer';
import { sequenceLength, unfinishedBytes } from './utf8-bytes.ts';

export interface EncodingStart {
  /** WHATWG label. */
  encoding: string;
  /** Bytes at the front of the file that are its byte order mark. */
  bomBytes: number;
  /** False where UTF-8 is assumed only because all bytes so far were ASCII. */
  sure: boolean;
}

export interface Utf8Stream {
  /** The text as UTF-8 without its byte order mark; each chunk holds whole characters. To be read once. */
  chunks: AsyncIterable<Uint8Array>;
  /** WHATWG label of what the file was read as; final once `chunks` has ended. */
  encoding(): string;
  /** False where the encoding was inferred from bytes that are no UTF-8; final once `chunks` has ended. */
  sure(): boolean;
  /** Places so far that no reading could recover; each is a U+FFFD now. */
  lostCharacters(): number;
}

/** The encoding of a file whose bytes are no UTF-8 and that says nothing about itself: Excel's, in the West. */
const FALLBACK_ENCODING = 'windows-1252';
const REPLACEMENT = '\ufffd';
const NOTHING: Uint8Array = new Uint8Array(0);

interface Converter {
  /** The whole characters of these bytes; held back is what is not complete. */
  convert(bytes: Uint8Array): Iterable<Uint8Array>;
  finish(): Iterable<Uint8Array>;
}

/**
 * Any encoding as UTF-8. A file that was only assumed to be UTF-8 turns into Windows-1252 at its first byte that
 * is no UTF-8, unless a longer UTF-8 character came before; the bytes up to there are the same in both. In a file
 * that is UTF-8, what is invalid becomes U+FFFD. Errors of `chunks` pass through.
 *
 * UTF-8 that is valid comes out as the very bytes that went in, not copied.
 */
export function toUtf8(chunks: AsyncIterable<Uint8Array>, start: EncodingStart): Utf8Stream {
  let { encoding } = start;
  let guessed = !start.sure && encoding !== 'utf-8';
  let lostCharacters = 0;
  const lose = (count: number): void => {
    lostCharacters += count;
  };

  async function* converted(): AsyncGenerator<Uint8Array> {
    const fallBack = (): Converter => {
      encoding = FALLBACK_ENCODING;
      guessed = true;
      return createDecoding(encoding, lose);
    };
    const converter =
      encoding === 'utf-8' ? createUtf8Check(start.sure, lose, fallBack) : createDecoding(encoding, lose);
    let toSkip = start.bomBytes;
    for await (const chunk of chunks) {
      const skipped = Math.min(toSkip, chunk.length);
      toSkip -= skipped;
      for (const piece of converter.convert(chunk.subarray(skipped))) if (piece.length > 0) yield piece;
    }
    for (const piece of converter.finish()) if (piece.length > 0) yield piece;
  }

  return {
    chunks: converted(),
    encoding: () => encoding,
    sure: () => !guessed,
    lostCharacters: () => lostCharacters,
  };
}

function createDecoding(encoding: string, lose: (count: number) => void): Converter {
  // The mark at the front is gone already; a U+FEFF that follows belongs to the text.
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  const wholeBytes = encoding.startsWith('utf-16') ? (bytes: Uint8Array) => bytes.length : bytesToSpace;
  let held = NOTHING;
  const encoded = (text: string): Iterable<Uint8Array> => {
    lose(countOf(text));
    return [Buffer.from(text, 'utf8')];
  };
  return {
    convert(bytes) {
      const joined = held.length === 0 ? bytes : Buffer.concat([held, bytes]);
      const whole = wholeBytes(joined);
      held = new Uint8Array(joined.subarray(whole));
      if (held.length < MAX_HELD_BYTES)
        return encoded(decoder.decode(joined.subarray(0, whole), { stream: true }));
      held = NOTHING;
      return encoded(decoder.decode(joined));
    },
    finish: () => encoded(decoder.decode(held)),
  };
}

const MAX_HELD_BYTES = 1024 * 1024;

/**
 * Bytes up to the last space, tab or line break, none of which is part of a longer character in any encoding
 * but UTF-16. Node's TextDecoder may throw for a broken character that is cut in two, even when it is not fatal:
 * its output buffer is only as long as the second part.
 */
function bytesToSpace(bytes: Uint8Array): number {
  return bytes.findLastIndex((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) + 1;
}

function createUtf8Check(sure: boolean, lose: (count: number) => void, fallBack: () => Converter): Converter {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let held = NOTHING;
  /** From the first byte on that is not ASCII it is settled what the file is. */
  let settled = sure;
  let other: Converter | null = null;

  function* checked(bytes: Uint8Array): Generator<Uint8Array> {
    if (!settled && !isAscii(bytes)) {
      settled = true;
      if (!beginsAsUtf8(bytes)) {
        other = fallBack();
        yield* other.convert(bytes);
        return;
      }
    }
    if (isUtf8(bytes)) {
      yield bytes;
      return;
    }
    // No sequence straddles these bytes' ends, so the decoder keeps no state; it makes one U+FFFD of a sequence
    // that breaks off, as browsers do. One that stood in the file already is not lost.
    const text = decoder.decode(bytes);
    lose(countOf(text) - countIn(bytes));
    yield Buffer.from(text, 'utf8');
  }

  return {
    *convert(bytes) {
      let rest = bytes;
      while (rest.length > 0 && other === null) {
        // The character that straddles the cut becomes a small piece of its own; the rest is not copied.
        const missing = held.length === 0 ? 0 : sequenceLength(held[0] ?? 0) - held.length;
        const piece = held.length === 0 ? rest : Buffer.concat([held, rest.subarray(0, missing)]);
        rest = held.length === 0 ? NOTHING : rest.subarray(missing);
        const whole = piece.length - unfinishedBytes(piece);
        held = new Uint8Array(piece.subarray(whole));
        yield* checked(piece.subarray(0, whole));
      }
      if (other === null) return;
      if (held.length > 0) yield* other.convert(held);
      held = NOTHING;
      yield* other.convert(rest);
    },
    *finish() {
      if (held.length > 0) yield* checked(held);
      if (other !== null) yield* other.finish();
    },
  };
}

/** Whether the first bytes that are not ASCII are a character of UTF-8. */
function beginsAsUtf8(bytes: Uint8Array): boolean {
  const at = bytes.findIndex((byte) => byte >= 0x80);
  return isUtf8(bytes.subarray(at, at + sequenceLength(bytes[at] ?? 0)));
}

function countOf(text: string): number {
  let count = 0;
  for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, at + 1)) count += 1;
  return count;
}

function countIn(bytes: Uint8Array): number {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 0;
  for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, at + 1)) count += 1;
  return count;
}
