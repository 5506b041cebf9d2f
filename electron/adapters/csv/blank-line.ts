/** Whether the UTF-8 from `start` to `end` is white space alone: exactly what `String.prototype.trim` takes away. */
export function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  while (at < end) {
    const length = whiteSpaceLength(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/** Bytes of the white space that begins at `at`; 0 where there is none. ECMAScript: WhiteSpace and LineTerminator. */
function whiteSpaceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return first === 0x20 || (first >= 0x09 && first <= 0x0d) ? 1 : 0;
  const second = bytes[at + 1] ?? 0;
  const third = bytes[at + 2] ?? 0;
  switch (first) {
    case 0xc2:
      return second === 0xa0 ? 2 : 0; // U+00A0
    case 0xe1:
      return second === 0x9a && third === 0x80 ? 3 : 0; // U+1680
    case 0xe2:
      if (second === 0x81) return third === 0x9f ? 3 : 0; // U+205F
      if (second !== 0x80) return 0;
      return (third >= 0x80 && third <= 0x8a) || third === 0xa8 || third === 0xa9 || third === 0xaf ? 3 : 0;
    case 0xe3:
      return second === 0x80 && third === 0x80 ? 3 : 0; // U+3000
    case 0xef:
      return second === 0xbb && third === 0xbf ? 3 : 0; // U+FEFF
    default:
      return 0;
  }
}
