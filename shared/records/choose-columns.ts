import { coercersOf } from './coercers.ts';
import type { Column } from './columns.ts';
import { columnsOf } from './columns.ts';
import { readConstant } from './constant.ts';
import { headingKey } from './headings.ts';
import { headerIssue } from './mapping-messages.ts';
import {
  columnProblems,
  type HeadingName,
  mappingInvalid,
  type SavedColumn,
  type SavedMapping,
} from './saved-mapping.ts';
import { dayOfSchoolYear, schoolYearEnd } from './school-year.ts';
import type { ColumnSource, DateOrder, RecordType, RowIssue } from './types.ts';

/** What a saved mapping says of one file. */
export interface ChosenColumns {
  /** By canonical name; null: not to be loaded. Columns of which the mapping says nothing are absent. */
  sources: ReadonlyMap<string, ColumnSource | null>;
  dateOrders: Readonly<Record<string, DateOrder>>;
  /** Warnings of constants, row 0. */
  issues: readonly RowIssue[];
}

/**
 * Applies a saved mapping to a file's header. Throws AppError `mapping.invalid` with every problem: another
 * type, a heading that the file lacks, a rule that does not fit, a constant that its column would refuse.
 */
export function chooseColumns(
  saved: SavedMapping,
  file: { type: RecordType; header: readonly string[]; fileName: string; today: Date },
): ChosenColumns {
  const problems = columnProblems(saved);
  if (saved.type !== file.type) {
    problems.unshift(`It is for ${saved.type}, but this file is loaded as ${file.type}.`);
  }
  const sources = new Map<string, ColumnSource | null>();
  const dateOrders: Record<string, DateOrder> = {};
  const issues: RowIssue[] = [];
  const coercers = coercersOf(file.type, file.today, {});
  for (const column of columnsOf(file.type)) {
    const said = saved.columns[column.name];
    if (said === undefined) continue;
    const order = typeof said === 'object' && said !== null && 'dates' in said ? said.dates : undefined;
    if (order !== undefined) dateOrders[column.name] = order;
    const source = sourceOf(said, column, file, problems);
    if (source === undefined) continue;
    sources.set(column.name, source);
    if (source?.kind !== 'constant') continue;
    const coerce = coercers[column.name];
    const reading = coerce === undefined ? null : readConstant(column, source.value, coerce);
    if (reading?.ok === false) problems.push(`columns.${column.name}.constant: ${reading.reason}`);
    else if (reading?.finding) issues.push(headerIssue(column.name, source.value, reading.finding));
  }
  if (problems.length > 0) {
    throw mappingInvalid(
      `The mapping does not fit ${file.fileName}`,
      problems,
      'Correct the mapping, or load the file without it.',
    );
  }
  return { sources, dateOrders, issues };
}

/** Undefined where the mapping leaves it to the headings, or names one that is not there. */
function sourceOf(
  said: SavedColumn,
  column: Column,
  file: { header: readonly string[]; today: Date },
  problems: string[],
): ColumnSource | null | undefined {
  if (said === null) return null;
  const find = (name: HeadingName): number => {
    const position = positionOf(name, file.header);
    if (position === null) problems.push(missingHeading(name, column.name, file.header.length));
    return position ?? 0;
  };
  const cells = (names: readonly HeadingName[]): ColumnSource => ({
    kind: 'cells',
    positions: [...new Set(names.map(find))],
  });
  if (typeof said !== 'object') return cells([said]);
  if (Array.isArray(said)) return cells(said);
  if ('constant' in said) return { kind: 'constant', value: said.constant };
  if (!('derive' in said)) {
    if (said.from === undefined) return undefined;
    return cells(Array.isArray(said.from) ? said.from : [said.from]);
  }
  const position = find(said.from);
  if (said.derive === 'age-on') {
    const date = dayOfSchoolYear(said.date, file.today) ?? '';
    return { kind: 'derived', position, rule: { kind: 'age-on', date } };
  }
  const schoolYearEnds = said.schoolYearEnds ?? schoolYearEnd(file.today);
  return { kind: 'derived', position, rule: { kind: 'grade-from-graduation-year', schoolYearEnds } };
}

/** Written exactly so, or else the first that means the same; by number, where it is one. */
function positionOf(name: HeadingName, header: readonly string[]): number | null {
  if (typeof name === 'number') return name <= header.length ? name - 1 : null;
  const exact = header.findIndex((heading) => heading.trim() === name.trim());
  if (exact >= 0) return exact;
  const key = headingKey(name);
  const alike = key === '' ? -1 : header.findIndex((heading) => headingKey(heading) === key);
  return alike >= 0 ? alike : null;
}

function missingHeading(name: HeadingName, column: string, columns: number): string {
  return typeof name === 'number'
    ? `The file has ${columns} columns, so there is no column ${name} for ${column}.`
    : `The file has no heading "${name}" for ${column}.`;
}
