/** A record as RFC 4180 has it, with its line break. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`;
}

/**
 * A spreadsheet runs a cell that begins with = + - @, tab or CR as a formula (OWASP, CSV injection): an
 * apostrophe in front shows it as text. Only here: what is loaded is never touched.
 */
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
