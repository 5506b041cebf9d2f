import { AppError } from '../../../shared/errors.ts';

export interface DecodedText {
  text: string;
  /** Bytes of the file read so far. */
  bytesRead: number;
}

const BYTE_ORDER_MARK = '\ufeff';
const LINE_FEED = 0x0a;

/**
 * Bytes as text, chunk by chunk, without the byte order mark. How the bytes are cut makes no difference: a
 * character that straddles two chunks is held back until it is whole.
 *
 * Throws AppError `file.encoding` naming the line where the file stops being UTF-8.
 */
export async function* decodeUtf8(
  chunks: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<DecodedText> {
  // Every call decodes whole characters, so the decoder keeps no state; and it must leave U+FEFF alone, which is
  // a mark at the start of the file only.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let held: Uint8Array = new Uint8Array(0);
  let bytesRead = 0;
  let line = 1;
  let atStart = true;

  const decode = (bytes: Uint8Array): string => {
    try {
      return decoder.decode(bytes);
    } catch (cause) {
      throw notUtf8(fileName, line + lineBreaksBefore(bytes, decoder), cause);
    }
  };

  for await (const chunk of chunks) {
    bytesRead += chunk.length;
    const bytes = held.length === 0 ? chunk : joined(held, chunk);
    const whole = bytes.length - unfinishedBytes(bytes);
    held = bytes.slice(whole);
    let text = decode(bytes.subarray(0, whole));
    line += countLineFeeds(bytes, whole);
    if (atStart && text !== '') {
      atStart = false;
      if (text.startsWith(BYTE_ORDER_MARK)) text = text.slice(1);
    }
    yield { text, bytesRead };
  }
  if (held.length > 0) decode(held);
}

/** How many of the last bytes begin a UTF-8 sequence that needs more bytes than there are (RFC 3629). */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    return sequenceLength(byte) > back ? back : 0;
  }
  return 0;
}

function sequenceLength(firstByte: number): number {
  if (firstByte >= 0xf0) return 4;
  if (firstByte >= 0xe0) return 3;
  return firstByte >= 0xc0 ? 2 : 1;
}

/** Lines before the one that is no UTF-8; a line feed is never part of a longer sequence. */
function lineBreaksBefore(bytes: Uint8Array, decoder: TextDecoder): number {
  let lines = 0;
  let start = 0;
  for (;;) {
    const end = bytes.indexOf(LINE_FEED, start);
    if (end === -1) return lines;
    try {
      decoder.decode(bytes.subarray(start, end));
    } catch {
      return lines;
    }
    lines += 1;
    start = end + 1;
  }
}

function countLineFeeds(bytes: Uint8Array, length: number): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_FEED); at !== -1 && at < length; at = bytes.indexOf(LINE_FEED, at + 1)) {
    count += 1;
  }
  return count;
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function notUtf8(fileName: string, line: number, cause: unknown): AppError {
  return new AppError({
    code: 'file.encoding',
    message: `${fileName} is not written in UTF-8: line ${line} holds bytes that are no characters of it.`,
    hint: 'Open the file in your spreadsheet and save it as "CSV UTF-8 (comma delimited)", then load it again.',
    cause,
  });
}
