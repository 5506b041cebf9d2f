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
