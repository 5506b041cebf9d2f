/** `1,204 cells`, `1 cell`. */
export function amount(count: number, singular: string, plural = `${singular}s`): string {
  return `${figure(count)} ${count === 1 ? singular : plural}`;
}

/** `1,204`, whatever the language of the machine. */
export function figure(count: number): string {
  return count.toLocaleString('en-US');
}

/** The verb for so many: `has` or `have`. */
export function verb(count: number, singular: string, plural: string): string {
  return count === 1 ? singular : plural;
}

export const OPEN_AS_TEXT =
  'Load the file as your library system exported it, without opening it in a spreadsheet first. If you must open ' +
  'it there, do not double-click it: import it (Data → From Text/CSV) and set this column to Text.';
