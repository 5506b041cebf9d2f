/** Control characters but tab and line breaks. */
const CONTROLS = /[\p{Cc}--[\t\n\r\u{7f}-\u{9f}]]/gv;
const PICTURES = /[[\u{2400}-\u{241f}]--[\u{2409}\u{240a}\u{240d}]]/gv;
/** U+2400 to U+241F show the control characters U+0000 to U+001F, in their order (Unicode, Control Pictures). */
const FIRST_PICTURE = 0x2400;

/** The text with its control characters made visible: a CSV that holds many is no text to any program. */
export function withPictures(text: string): string {
  return text.replace(CONTROLS, (control) => String.fromCharCode(FIRST_PICTURE + control.charCodeAt(0)));
}

/** The text that `withPictures` made visible. */
export function withoutPictures(text: string): string {
  return text.replace(PICTURES, (picture) => String.fromCharCode(picture.charCodeAt(0) - FIRST_PICTURE));
}
