/**
 * Bytes 0x80 to 0x9f in Windows-1252, as the WHATWG Encoding Standard has them: five bytes that Microsoft left
 * open are the control characters of the same number. From 0xa0 on, byte and code point are equal.
 */
const FROM_80_TO_9F =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/** The byte (0x80 to 0xff) that Windows-1252 reads as this UTF-16 unit, or -1. For units from U+0080 on. */
export function windows1252Byte(unit: number): number {
  if (unit >= 0xa0 && unit <= 0xff) return unit;
  const index = FROM_80_TO_9F.indexOf(String.fromCharCode(unit));
  return index === -1 ? -1 : 0x80 + index;
}

/** One UTF-8 sequence found again. `start` and `end` are places in the text, of one UTF-16 unit per byte. */
export interface Utf8Sequence {
  start: number;
  end: number;
  codePoint: number;
}

/**
 * Reads the characters from `start` to `end`, all of them beyond ASCII, as bytes of Windows-1252 and these as
 * UTF-8. Null unless every one of them has a byte and the bytes are strictly valid (RFC 3629: shortest form, no
 * surrogates, nothing beyond U+10FFFF).
 */
export function readAsUtf8(text: string, start: number, end: number): Utf8Sequence[] | null {
  const sequences: Utf8Sequence[] = [];
  let at = start;
  while (at < end) {
    const lead = windows1252Byte(text.charCodeAt(at));
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > end) return null;
    let codePoint = lead & (0xff >> (length + 1));
    for (let next = at + 1; next < at + length; next += 1) {
      const byte = windows1252Byte(text.charCodeAt(next));
      if (byte < 0x80 || byte > 0xbf) return null;
      codePoint = (codePoint << 6) | (byte & 0x3f);
    }
    const surrogate = codePoint >= 0xd800 && codePoint <= 0xdfff;
    if (codePoint < (SHORTEST[length] ?? 0) || codePoint > 0x10ffff || surrogate) return null;
    sequences.push({ start: at, end: at + length, codePoint });
    at += length;
  }
  return sequences;
}

/** The first code point that needs so many bytes. */
const SHORTEST: Readonly<Record<number, number>> = { 2: 0x80, 3: 0x800, 4: 0x10000 };
