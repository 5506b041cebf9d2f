/**
 * A spreadsheet runs a cell that begins with = + - @, tab or CR as a formula (OWASP, CSV injection): an apostrophe in
 * front shows it as text. A text that has apostrophes of its own there gets one more, so that `unguarded` gives back
 * what it was.
 */
export function guarded(text: string): string {
  return /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
}

/** The text again. A program that saved the file may have made LF of CR. */
export function unguarded(text: string): string {
  return /^'+[=+\-@\t\r\n]/.test(text) ? text.slice(1) : text;
}
