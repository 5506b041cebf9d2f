/** A cell can be a megabyte long; an issue shows where it is, not all of it. */
export const LONGEST_VALUE = 4_000;

/** A cell as an issue shows it: cut where it is too long, and never in the middle of a character. */
export function shownValue(cell: string): string {
  if (cell.length <= LONGEST_VALUE) return cell;
  const end = /[\ud800-\udbff]/.test(cell.charAt(LONGEST_VALUE - 1)) ? LONGEST_VALUE - 1 : LONGEST_VALUE;
  return `${cell.slice(0, end)}…`;
}
