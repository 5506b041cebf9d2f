import type { Column } from './columns.ts';
import { columnsOf } from './columns.ts';
import { headingKey } from './headings.ts';
import { matchHeader } from './match-header.ts';
import type { HeadingName, SavedColumn, SavedMapping } from './saved-mapping.ts';
import type { ColumnMapping, ColumnSource, DateOrder } from './types.ts';

/** What a mapping file holds besides its columns; null: found out from the file. */
export interface SavedExtras {
  header: boolean;
  encoding: string | null;
  delimiter: string | null;
  sheet: string | null;
  /** The mapping that the file was read with: its rules keep their own words (`09-01` instead of this year's day). */
  saved: SavedMapping | null;
}

/**
 * A mapping in the form in which it is saved: applied to a file of the same header, it gives the same sources
 * and date orders. Every column that is read is named, and so is one that the headings alone would find although
 * this mapping leaves it out.
 */
export function savedMappingOf(mapping: ColumnMapping, extras: SavedExtras): SavedMapping {
  const matches = matchHeader(mapping.type, mapping.header);
  const columns: Record<string, SavedColumn> = {};
  for (const column of columnsOf(mapping.type)) {
    const source = mapping.sources[column.name];
    if (source !== undefined) columns[column.name] = savedColumn(mapping, column, source, extras.saved);
    else if (matches.has(column) || extras.saved?.columns[column.name] === null) columns[column.name] = null;
  }
  return {
    version: 1,
    type: mapping.type,
    ...(extras.header ? {} : { header: false }),
    ...(extras.encoding === null ? {} : { encoding: extras.encoding }),
    ...(extras.delimiter === null ? {} : { delimiter: extras.delimiter }),
    ...(extras.sheet === null ? {} : { sheet: extras.sheet }),
    columns,
  };
}

function savedColumn(
  mapping: ColumnMapping,
  column: Column,
  source: ColumnSource,
  saved: SavedMapping | null,
): SavedColumn {
  const order = mapping.dateOrders[column.name];
  const name = (position: number): HeadingName => headingName(mapping.header, position);
  switch (source.kind) {
    case 'constant':
      return { constant: source.value };
    case 'cells': {
      const names = source.positions.map(name);
      const [only = 1, ...others] = names;
      const from = others.length === 0 ? only : names;
      return order === undefined ? from : { from, dates: order };
    }
    case 'derived':
      return savedRule(name(source.position), source.rule, order, saved?.columns[column.name]);
  }
}

function savedRule(
  from: HeadingName,
  rule: Extract<ColumnSource, { kind: 'derived' }>['rule'],
  order: DateOrder | undefined,
  before: SavedColumn | undefined,
): SavedColumn {
  const said = typeof before === 'object' && before !== null && 'derive' in before ? before : null;
  if (rule.kind === 'age-on') {
    const date = said?.derive === 'age-on' ? said.date : rule.date;
    return { from, derive: rule.kind, date, ...(order === undefined ? {} : { dates: order }) };
  }
  const everyYear = said?.derive === rule.kind && said.schoolYearEnds === undefined;
  return { from, derive: rule.kind, ...(everyYear ? {} : { schoolYearEnds: rule.schoolYearEnds }) };
}

/** A heading that names one column only, else the column's number. */
function headingName(header: readonly string[], position: number): HeadingName {
  const heading = header[position]?.trim() ?? '';
  const key = headingKey(heading);
  const alike = header.filter((other) => headingKey(other) === key).length;
  return key === '' || alike > 1 ? position + 1 : heading;
}
