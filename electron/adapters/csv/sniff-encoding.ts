import { isAscii, isUtf8 } from 'node:buffer';
import { AppError } from '../../../shared/errors.ts';
import { startsWith, tooManyOddCharacters } from './foreign-files.ts';
import { sequenceLength, unfinishedBytes } from './utf8-bytes.ts';

export interface SniffedEncoding {
  /** WHATWG label. */
  encoding: string;
  /** Bytes of the byte order mark at the front. */
  bomBytes: number;
  /** False where another encoding is just as likely, as when all bytes are ASCII or none of them UTF-8. */
  sure: boolean;
}

/** Byte order marks (Unicode 15, chapter 23.8), as one character a byte. */
const MARKS: readonly SniffedEncoding[] = [
  { encoding: 'utf-8', bomBytes: 3, sure: true },
  { encoding: 'utf-16le', bomBytes: 2, sure: true },
  { encoding: 'utf-16be', bomBytes: 2, sure: true },
];
const MARK_BYTES = ['\xef\xbb\xbf', '\xff\xfe', '\xfe\xff'];

/** The encoding of a file of which this is the beginning; `complete`: all of it. */
export function sniffEncoding(head: Uint8Array, complete: boolean): SniffedEncoding {
  const mark = markOf(head);
  if (mark !== null) return mark;
  const utf16 = utf16WithoutMark(head);
  if (utf16 !== null) return { encoding: utf16, bomBytes: 0, sure: true };
  const whole = complete ? head : head.subarray(0, head.length - unfinishedBytes(head));
  const { valid, invalid } = countSequences(whole);
  if (invalid > valid) return { encoding: 'windows-1252', bomBytes: 0, sure: false };
  return { encoding: 'utf-8', bomBytes: 0, sure: valid > 0 };
}

/**
 * The encoding that a person named, by any label that browsers know. A mark at the front is passed over where it
 * is one of that encoding. Throws AppError `usage.invalid`.
 */
export function namedEncoding(label: string, head: Uint8Array): SniffedEncoding {
  const encoding = normalised(label);
  const mark = markOf(head);
  // Who says UTF-16 seldom knows which of the two; the mark does.
  const isEither = /^utf-?16$/i.test(label.trim()) && mark?.encoding.startsWith('utf-16') === true;
  return mark !== null && (isEither || mark.encoding === encoding)
    ? mark
    : { encoding, bomBytes: 0, sure: true };
}

function normalised(label: string): string {
  try {
    return new TextDecoder(label).encoding;
  } catch (cause) {
    throw new AppError({
      code: 'usage.invalid',
      message: `There is no encoding called ${label.slice(0, 40)}.`,
      hint: 'Common ones are utf-8, utf-16le, windows-1252 (Windows, Western Europe), macintosh (old Macs), iso-8859-2 and windows-1250 (Central Europe), windows-1251 (Cyrillic), shift_jis, gb18030, big5.',
      cause,
    });
  }
}

function markOf(head: Uint8Array): SniffedEncoding | null {
  const index = MARK_BYTES.findIndex((mark) => startsWith(head, mark));
  return MARKS[index] ?? null;
}

/**
 * UTF-16 shows by the NULs in every other byte, which ASCII characters leave there (delimiters and digits also
 * in a text of other scripts). What is decoded must look like text: binary files have NULs in patterns too.
 */
function utf16WithoutMark(head: Uint8Array): string | null {
  const pairs = Math.floor(head.length / 2);
  let first = 0;
  let second = 0;
  for (let at = 0; at < pairs * 2; at += 2) {
    if (head[at] === 0) first += 1;
    if (head[at + 1] === 0) second += 1;
  }
  const [more, fewer] = first > second ? [first, second] : [second, first];
  // A tenth: a line of Chinese has a delimiter or digit at least every ten characters.
  if (more === 0 || more * 10 < pairs || fewer * 100 > more) return null;
  const encoding = first > second ? 'utf-16be' : 'utf-16le';
  const text = new TextDecoder(encoding).decode(head.subarray(0, pairs * 2), { stream: true });
  return tooManyOddCharacters(text, true) ? null : encoding;
}

/** Longer sequences that are UTF-8 (where there is nothing else: at least one or none), and bytes that belong to none. */
function countSequences(bytes: Uint8Array): { valid: number; invalid: number } {
  if (isUtf8(bytes)) return { valid: isAscii(bytes) ? 0 : 1, invalid: 0 };
  let valid = 0;
  let invalid = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : sequenceLength(byte);
    if (byte >= 0x80) {
      const isValid = length > 1 && isUtf8(bytes.subarray(at, at + length));
      if (isValid) valid += 1;
      else invalid += 1;
      at += isValid ? length : 1;
    } else at += 1;
  }
  return { valid, invalid };
}
