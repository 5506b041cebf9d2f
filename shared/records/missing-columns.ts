import { AppError } from '../errors.ts';
import type { Column } from './columns.ts';
import { headingKey } from './headings.ts';
import { matchHeader } from './match-header.ts';
import { headingText } from './messages.ts';
import { BIRTH_DATE_KEYS, GRADUATION_YEAR_KEYS } from './student-headings.ts';
import { RECORD_TYPES, type RecordType } from './types.ts';

/**
 * AppError `file.missing-column`. It names the headings that were seen, unless none of them is known and nobody
 * said that they are headings (`headed`): then the first line is probably a record, and a student's cells must
 * not enter an error text.
 */
export function missingColumns(
  type: RecordType,
  header: readonly string[],
  missing: readonly Column[],
  { fileName, headed }: { fileName: string; headed: boolean },
): AppError {
  const names = missing.map((column) => column.name);
  const last = names.pop() ?? '';
  const lacks =
    names.length === 0 ? `no column ${last}` : `none of the columns ${names.join(', ')} and ${last}`;
  const known = headed || RECORD_TYPES.some((other) => matchHeader(other, header).size > 0);
  const seen = known
    ? `Its headings are: ${shownHeadings(header)}.`
    : `None of the ${header.length} cells in its first line is a known heading.`;
  return new AppError({
    code: 'file.missing-column',
    message: `${fileName} cannot be loaded as ${type}: it has ${lacks}. ${seen}`,
    hint: known
      ? mendingHint(header, missing)
      : 'Check that the first line of the file holds the headings of its columns.',
  });
}

/** More than a person reads through; the file itself shows the rest. */
const SHOWN_HEADINGS = 40;

function shownHeadings(header: readonly string[]): string {
  const shown = header.slice(0, SHOWN_HEADINGS).map(headingText).join(', ');
  return header.length > SHOWN_HEADINGS ? `${shown} and ${header.length - SHOWN_HEADINGS} more` : shown;
}

function mendingHint(header: readonly string[], missing: readonly Column[]): string {
  const hints = [
    missing.length === 1
      ? 'Add the missing column or rename the one that holds it, say in a mapping where it comes from, or choose another type for this file.'
      : 'Add the missing columns or rename those that hold them, say in a mapping where they come from, or choose another type for this file.',
  ];
  const workOut = (name: string, keys: ReadonlySet<string>, how: string): void => {
    const heading = header.find((one) => keys.has(headingKey(one)));
    if (heading === undefined || !missing.some((column) => column.name === name)) return;
    hints.push(`A mapping can work out ${name} from "${headingText(heading)}" (${how}).`);
  };
  workOut('age', BIRTH_DATE_KEYS, '"derive": "age-on"');
  workOut('grade_level', GRADUATION_YEAR_KEYS, '"derive": "grade-from-graduation-year"');
  if (missing.some((column) => column.name === 'lunch_period')) {
    hints.push('A mapping can set one lunch_period for all ("constant").');
  }
  return hints.join(' ');
}
