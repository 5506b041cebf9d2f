import { z } from 'zod';
import { AppError } from '../errors.ts';
import { columnsOf } from './columns.ts';
import { DATE_COLUMNS } from './date-order.ts';
import { COLUMN_OF_RULE } from './derive.ts';
import { jsonFaultLine } from './json-fault.ts';
import { dayOfSchoolYear } from './school-year.ts';
import { RECORD_TYPES } from './types.ts';

/** `is missing` for what is not there; otherwise what it has to be. */
function must(be: string): { error: (issue: { input?: unknown }) => string } {
  return { error: (issue) => (issue.input === undefined ? 'is missing' : `must be ${be}`) };
}

/** A heading as the file has it (capitals, accents and spaces make no difference), or a column's number from 1. */
const HEADING = must('a heading of the file, or the number of a column (the first is 1)');
const heading = z.union([z.string().trim().min(1, HEADING), z.int().min(1, HEADING)], HEADING);
const headings = z.array(heading).min(1, 'must name at least one heading');
const dates = z.enum(['month-first', 'day-first'], must('"month-first" or "day-first"'));

const cellsSchema = z.strictObject({
  /** Left out: wherever it would be found without a mapping. */
  from: z.union([heading, headings], must('a heading, or a list of headings')).optional(),
  dates: dates.optional(),
});
const constantSchema = z.strictObject({
  constant: z.union([z.string(), z.number().transform(String)], must('a text or a number')),
});
const ageSchema = z.strictObject({
  from: heading,
  derive: z.literal('age-on'),
  /** `2026-09-01`, or `09-01` for that day of the school year in which the file is loaded. */
  date: z.string(must('a day such as "2026-09-01", or "09-01" for that day of every school year')),
  dates: dates.optional(),
});
const YEAR = must('a year such as 2027');
const gradeSchema = z.strictObject({
  from: heading,
  derive: z.literal('grade-from-graduation-year'),
  /** Left out: the school year in which the file is loaded. */
  schoolYearEnds: z.int(YEAR).min(1900, YEAR).max(2200, YEAR).optional(),
});

const columnSchema = z.union([
  z.null(),
  heading,
  headings,
  constantSchema,
  ageSchema,
  gradeSchema,
  cellsSchema,
]);

const ENCODING = must('the name of an encoding, such as "windows-1252"');
const SHEET = must('the name of a sheet');

const parts = {
  version: z.literal(1, must('1; this mapping was written for another version of Accession')),
  type: z.enum(RECORD_TYPES, must(`one of: ${RECORD_TYPES.join(', ')}`)),
  /** False: the first line is a record already; columns are then named by their number, or as `Column 1`. */
  header: z.boolean(must('true or false')).optional(),
  /** WHATWG label. */
  encoding: z.string(ENCODING).min(1, ENCODING).optional(),
  delimiter: z.string(must('one character')).length(1, 'must be one character').optional(),
  /** Of a workbook. */
  sheet: z.string(SHEET).min(1, SHEET).optional(),
};

/** A mapping as a person writes it, as `--mapping FILE` reads it and as it is remembered by header shape. */
export const savedMappingSchema = z.strictObject({
  ...parts,
  /** By canonical name; null: not loaded, even if the file has it. A column that is not named is found as usual. */
  columns: z.record(z.string(), columnSchema),
});
export type SavedMapping = z.output<typeof savedMappingSchema>;
export type SavedColumn = z.output<typeof columnSchema>;
export type HeadingName = z.output<typeof heading>;

const outerSchema = z.strictObject({
  ...parts,
  columns: z.record(z.string(), z.unknown(), must('a list of columns: { "column": "heading", … }')),
});

/**
 * Reads the text of a mapping file; `fileName` is for messages. Throws AppError `mapping.invalid` that lists
 * every problem there is. Whether a file has the headings it names, `mapColumns` finds out.
 */
export function parseSavedMapping(text: string, fileName: string): SavedMapping {
  const json = text.replace(/^\ufeff/, '');
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (cause) {
    const line = jsonFaultLine(json);
    throw mappingInvalid(
      `${fileName} is no mapping`,
      [`It is not JSON${line === null ? '' : `: line ${line} cannot be read`}.`],
      'Look in that line for a comma, a bracket or a quotation mark too few or too many.',
      cause,
    );
  }
  const read = readSavedMapping(parsed);
  if (read.mapping === null) throw mappingInvalid(`${fileName} is no mapping`, read.problems, MEND);
  return read.mapping;
}

const MEND = 'Correct these places in the mapping file.';

export function mappingInvalid(
  what: string,
  problems: readonly string[],
  hint: string,
  cause?: unknown,
): AppError {
  return new AppError({ code: 'mapping.invalid', message: `${what}. ${problems.join(' ')}`, hint, cause });
}

export type SavedMappingReading =
  | { mapping: SavedMapping; problems: readonly [] }
  | { mapping: null; problems: readonly string[] };

/** As `parseSavedMapping`, for what is no text any more. */
export function readSavedMapping(value: unknown): SavedMappingReading {
  const outer = outerSchema.safeParse(value);
  if (!outer.success) return { mapping: null, problems: problemsOf(outer.error, '') };
  const problems: string[] = [];
  const columns: Record<string, SavedColumn> = {};
  for (const [name, column] of Object.entries(outer.data.columns)) {
    const read = schemaFor(column).safeParse(column);
    if (read.success) columns[name] = read.data as SavedColumn;
    else problems.push(...problemsOf(read.error, `columns.${name}`));
  }
  const mapping: SavedMapping = { ...outer.data, columns };
  problems.push(...columnProblems(mapping));
  return problems.length > 0 ? { mapping: null, problems } : { mapping, problems: [] };
}

/** The one form that a column was meant to have, so that its problems can be told in words. */
function schemaFor(column: unknown): z.ZodType {
  if (column === null) return z.null();
  if (Array.isArray(column)) return headings;
  if (typeof column !== 'object') return heading;
  if ('constant' in column) return constantSchema;
  if (!('derive' in column)) return cellsSchema;
  if (column.derive === 'age-on') return ageSchema;
  if (column.derive === 'grade-from-graduation-year') return gradeSchema;
  return z
    .strictObject({
      derive: z.enum(
        ['age-on', 'grade-from-graduation-year'],
        must('"age-on" or "grade-from-graduation-year"'),
      ),
    })
    .loose();
}

function problemsOf(error: z.ZodError, path: string): string[] {
  return error.issues.flatMap((issue) => {
    const place = [path, ...issue.path.map(String)].filter((part) => part !== '').join('.');
    if (issue.code === 'unrecognized_keys') {
      const of = place === '' ? 'It' : place;
      return issue.keys.map((key) => `${of} has a setting that does not exist: "${key}".`);
    }
    return [
      `${place === '' ? 'It' : place} ${issue.message.replace(/^Invalid input.*/, 'is not a mapping')}.`,
    ];
  });
}

/** What is wrong with a mapping whatever file it is used for: columns and rules that do not go together. */
export function columnProblems({ type, columns }: SavedMapping): string[] {
  const known = columnsOf(type);
  return Object.entries(columns).flatMap(([name, column]) => {
    const canonical = known.find((one) => one.name === name);
    if (canonical === undefined) {
      const names = known.map((one) => one.name).join(', ');
      return [`There is no column ${name} in ${type}; their columns are: ${names}.`];
    }
    if (column === null && canonical.required) {
      return [`columns.${name} is null, but no record can be loaded without its ${canonical.label}.`];
    }
    if (column === null || typeof column !== 'object' || Array.isArray(column)) return [];
    const problems: string[] = [];
    if ('derive' in column) {
      const filled = COLUMN_OF_RULE[column.derive];
      if (filled !== name) problems.push(`columns.${name}: "${column.derive}" works out ${filled} only.`);
      if (column.derive === 'age-on' && dayOfSchoolYear(column.date, ANY_DAY) === null) {
        problems.push(
          `columns.${name}.date must be a day such as "2026-09-01", or "09-01" for that day of every school year.`,
        );
      }
    } else if ('dates' in column && column.dates !== undefined && !DATE_COLUMNS.has(name)) {
      problems.push(`columns.${name} holds no dates, so "dates" has no meaning there.`);
    }
    if (!('constant' in column) && column.from === undefined && !('dates' in column)) {
      problems.push(`columns.${name} says nothing: give it "from", "constant" or null.`);
    }
    return problems;
  });
}

/** Whether a text is a day of a school year does not depend on the year. */
const ANY_DAY = new Date(2026, 0, 1);
