/** Whether a text is more than one cell of a spreadsheet: cells are told apart by tabs, rows by line breaks. */
export function isTable(text: string): boolean {
  return /[\t\n\r]/.test(text.trim());
}
