import type { OutputOf } from '../../../shared/contract/routes.ts';
import { headingKey } from '../../../shared/records/headings.ts';
import type { HeadingName, SavedColumn, SavedMapping } from '../../../shared/records/saved-mapping.ts';
import { dayOfSchoolYear } from '../../../shared/records/school-year.ts';
import { DATE_ORDERS, type DateOrder } from '../../../shared/records/types.ts';
import { columnTexts } from '../../texts/load-columns.ts';

export type ColumnsView = OutputOf<'drafts.columns'>;
export type FileColumn = ColumnsView['columns'][number];
export type CanonicalColumn = ColumnsView['canonical'][number];

/** Where a canonical column's values come from, as it stands in the form. */
export type Source =
  /** Cells that may hold it, best first. */
  | { kind: 'cells'; positions: readonly number[] }
  | { kind: 'constant'; value: string }
  | { kind: 'age-on'; position: number | null; date: string }
  /** `schoolYearEnds` blank: that of the day on which the file is loaded. */
  | { kind: 'grade-from-graduation-year'; position: number | null; schoolYearEnds: string }
  | { kind: 'none' };

export interface Entry {
  source: Source;
  /** Of a column of dates; `ask`: nothing was said. */
  dates: DateOrder | 'ask';
}

/** By canonical name. */
export type MappingForm = Readonly<Record<string, Entry>>;

/** September 1: where most US states reckon the age of a school year. */
const USUAL_DAY = '09-01';

export function formOf({ canonical, mapping }: ColumnsView): MappingForm {
  return Object.fromEntries(
    canonical.map((column) => [column.column, entryOf(column, mapping.columns[column.column])]),
  );
}

function entryOf({ source }: CanonicalColumn, saved: SavedColumn | undefined): Entry {
  const said = (typeof saved === 'object' && saved !== null ? saved : {}) as {
    dates?: unknown;
    date?: unknown;
    schoolYearEnds?: unknown;
  };
  const dates = DATE_ORDERS.find((order) => order === said.dates) ?? 'ask';
  if (source.kind !== 'derived') return { source, dates };
  const { position, rule } = source;
  if (rule === 'age-on') {
    // The mapping keeps `09-01` where the source has this year's day of it.
    const date = typeof said.date === 'string' ? said.date : (source.date ?? USUAL_DAY);
    return { source: { kind: 'age-on', position, date }, dates };
  }
  const schoolYearEnds = typeof said.schoolYearEnds === 'number' ? String(said.schoolYearEnds) : '';
  return { source: { kind: 'grade-from-graduation-year', position, schoolYearEnds }, dates };
}

/** What is asked of a person who chose a kind of source. */
export function sourceNamed(kind: Exclude<Source['kind'], 'cells'>): Source {
  switch (kind) {
    case 'constant':
      return { kind, value: '' };
    case 'age-on':
      return { kind, position: null, date: USUAL_DAY };
    case 'grade-from-graduation-year':
      return { kind, position: null, schoolYearEnds: '' };
    case 'none':
      return { kind };
  }
}

export function positionsOf(source: Source): readonly number[] {
  if (source.kind === 'cells') return source.positions;
  return 'position' in source && source.position !== null ? [source.position] : [];
}

/** What is missing or wrong in the entry itself; undefined: nothing. */
export function problemOf({ required }: CanonicalColumn, { source }: Entry): string | undefined {
  switch (source.kind) {
    case 'none':
      return required ? columnTexts.missing : undefined;
    case 'cells':
      return undefined;
    case 'constant':
      return source.value.trim() === '' ? columnTexts.constantMissing : undefined;
    case 'age-on':
      if (source.position === null) return columnTexts.columnMissing;
      return dayOfSchoolYear(source.date.trim(), new Date()) === null
        ? columnTexts.ageDateInvalid
        : undefined;
    case 'grade-from-graduation-year':
      if (source.position === null) return columnTexts.columnMissing;
      return /^(|(19|20|21)\d\d)$/.test(source.schoolYearEnds.trim())
        ? undefined
        : columnTexts.schoolYearInvalid;
  }
}

/**
 * The mapping to be saved: what was not touched stays as it was written, so that rules keep their own words and
 * what the headings alone find goes on being found.
 */
export function mappingOf(view: ColumnsView, form: MappingForm): SavedMapping {
  const before = formOf(view);
  const columns: Record<string, SavedColumn> = { ...view.mapping.columns };
  for (const { column } of view.canonical) {
    const entry = form[column];
    if (entry === undefined || JSON.stringify(entry) === JSON.stringify(before[column])) continue;
    columns[column] = savedColumn(view.columns, entry);
  }
  return { ...view.mapping, columns };
}

function savedColumn(columns: readonly FileColumn[], { source, dates }: Entry): SavedColumn {
  const order = dates === 'ask' ? {} : { dates };
  switch (source.kind) {
    case 'none':
      return null;
    case 'constant':
      return { constant: source.value.trim() };
    case 'cells': {
      const names = source.positions.map((position) => headingName(columns, position));
      const [only = 1, ...others] = names;
      const from = others.length === 0 ? only : names;
      return dates === 'ask' ? from : { from, ...order };
    }
    case 'age-on':
      return {
        from: headingName(columns, source.position ?? 0),
        derive: 'age-on',
        date: source.date.trim(),
        ...order,
      };
    case 'grade-from-graduation-year': {
      const year = source.schoolYearEnds.trim();
      return {
        from: headingName(columns, source.position ?? 0),
        derive: 'grade-from-graduation-year',
        ...(year === '' ? {} : { schoolYearEnds: Number(year) }),
      };
    }
  }
}

/** A heading that names one column only, else the column's number from 1. */
function headingName(columns: readonly FileColumn[], position: number): HeadingName {
  const heading = columns.find((column) => column.position === position)?.heading.trim() ?? '';
  const key = headingKey(heading);
  const alike = columns.filter((column) => headingKey(column.heading) === key).length;
  return key === '' || alike > 1 ? position + 1 : heading;
}

/** As people call a column of a file: by its heading, or by its number where it has none. */
export function columnName({ heading, position }: Pick<FileColumn, 'heading' | 'position'>): string {
  return heading.trim() === '' ? columnTexts.unnamed(position + 1) : heading.trim();
}
