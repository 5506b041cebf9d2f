import { type ChosenColumns, chooseColumns } from './choose-columns.ts';
import { checkoutDateColumns, isbnColumn } from './column-content.ts';
import { type Column, columnsOf } from './columns.ts';
import { looksHeaderless, noHeader } from './headerless.ts';
import {
  columnTitle,
  headerIssue,
  mappedElsewhere,
  otherNumberUnused,
  takenByContent,
} from './mapping-messages.ts';
import { type ColumnMatches, type HeadingMatch, matchHeader } from './match-header.ts';
import { repeatedColumn, synonymUnused, unknownColumn } from './messages.ts';
import { missingColumns } from './missing-columns.ts';
import { ownColumns } from './own-files.ts';
import type { SavedMapping } from './saved-mapping.ts';
import { isoDay } from './school-year.ts';
import type { ColumnMapping, ColumnSource, RecordType, RowIssue } from './types.ts';

export interface MappingRequest {
  type: RecordType;
  /** For a file without headings, those of `numberedHeader`. */
  header: readonly string[];
  /** Cells of the first records, some hundred. */
  sample: readonly (readonly string[])[];
  /** For messages. */
  fileName: string;
  /** What was said of this file, or of an earlier one of its shape. */
  saved: SavedMapping | null;
  /** Decides which school year it is, and which publication years a constant may have. */
  today: Date;
}

/**
 * Decides where the values of every column come from. What a saved mapping names wins; then headings: a
 * canonical name beats a synonym, an earlier synonym a later one, and what comes second stays in `sources` for
 * rows where the first is blank or cannot be read; then content, for an ISBN and a checkout date that no
 * heading names. Columns that are unknown, left out, repeated or found by content are warnings on row 0, line 1.
 *
 * Throws AppError `mapping.invalid` where the saved mapping does not fit, `file.no-header` where the first line
 * is a record, `file.missing-column` where a required column is absent.
 */
export function mapColumns(request: MappingRequest): ColumnMapping {
  const { type, header, saved } = request;
  const chosen = saved === null ? NOTHING_CHOSEN : chooseColumns(saved, request);
  const matches = matchHeader(type, header);
  const sources: Record<string, ColumnSource> = {};
  for (const column of columnsOf(type)) {
    const source = sourceOf(column, chosen, matches);
    if (source !== null) sources[column.name] = source;
  }
  const byContent = takeByContent(request, sources, chosen, matches);
  const missing = columnsOf(type).filter((column) => column.required && sources[column.name] === undefined);
  if (missing.length > 0) {
    if (saved?.header !== false && looksHeaderless(header, request.sample)) throw noHeader(request.fileName);
    throw missingColumns(type, header, missing, {
      fileName: request.fileName,
      headed: saved?.header === false || namesHeadings(chosen),
    });
  }
  const issues = [
    ...headingIssues(request, sources, chosen, matches),
    ...[...matches]
      .filter(([column]) => !chosen.sources.has(column.name))
      .flatMap(([column, match]) => secondPlaces(column, match)),
    ...byContent,
    ...chosen.issues,
  ];
  return { type, header, sources, dateOrders: chosen.dateOrders, issues };
}

/** A saved mapping of constants only fits every first line, a record as well. */
function namesHeadings(chosen: ChosenColumns): boolean {
  return [...chosen.sources.values()].some((source) => source !== null && source.kind !== 'constant');
}

type Matches = ReadonlyMap<Column, ColumnMatches>;

const NOTHING_CHOSEN: ChosenColumns = { sources: new Map(), dateOrders: {}, issues: [] };

function sourceOf(column: Column, chosen: ChosenColumns, matches: Matches): ColumnSource | null {
  const said = chosen.sources.get(column.name);
  if (said !== undefined) return said;
  const match = matches.get(column);
  return match === undefined ? null : { kind: 'cells', positions: match.read.map((one) => one.position) };
}

// ---------------------------------------------------------------- content

/** Adds to `sources` what only content tells, and returns the warnings that say so. */
function takeByContent(
  { type, header, sample, today }: MappingRequest,
  sources: Record<string, ColumnSource>,
  chosen: ChosenColumns,
  matches: Matches,
): RowIssue[] {
  const open = (name: string): boolean => sources[name] === undefined && !chosen.sources.has(name);
  const unknown = unknownPositions(header, sources, matches);
  const take = (name: string, position: number | null | undefined, kind: string): RowIssue[] => {
    const column = columnsOf(type).find((one) => one.name === name);
    if (column === undefined || position === null || position === undefined) return [];
    sources[name] = { kind: 'cells', positions: [position] };
    const title = columnTitle(header, position);
    return [
      headerIssue(
        name,
        header[position]?.trim() ?? '',
        takenByContent(position + 1, title, column.label, kind),
      ),
    ];
  };
  if (type === 'books' && open('isbn')) return take('isbn', isbnColumn(sample, unknown), 'ISBNs');
  if (type === 'checkouts' && open('checkout_date')) {
    const found = checkoutDateColumns(header, sample, unknown, isoDay(today));
    return take('checkout_date', found.length === 1 ? found[0] : null, 'dates');
  }
  return [];
}

/** Columns that nothing is read from and whose headings say nothing. */
function unknownPositions(
  header: readonly string[],
  sources: Readonly<Record<string, ColumnSource>>,
  matches: Matches,
): number[] {
  const taken = new Set(Object.values(sources).flatMap(positionsOf));
  for (const { read, leftOut } of matches.values()) {
    for (const { position } of [...read, ...leftOut]) taken.add(position);
  }
  return [...header.keys()].filter((position) => !taken.has(position));
}

function positionsOf(source: ColumnSource): readonly number[] {
  if (source.kind === 'cells') return source.positions;
  return source.kind === 'derived' ? [source.position] : [];
}

// ---------------------------------------------------------------- issues

/** Of columns that nothing is read from. One that a person said not to load is no surprise to anybody. */
function headingIssues(
  { type, header }: MappingRequest,
  sources: Readonly<Record<string, ColumnSource>>,
  chosen: ChosenColumns,
  matches: Matches,
): RowIssue[] {
  const own = ownColumns(header);
  const unknown = unknownPositions(header, sources, matches).filter(
    (position) => own?.has(position) !== true,
  );
  const issues = unknown.map((position) => {
    const heading = header[position]?.trim() ?? '';
    const finding = unknownColumn(position + 1, heading, type);
    return headerIssue(columnTitle(header, position), heading, finding);
  });
  const used = new Set(Object.values(sources).flatMap(positionsOf));
  for (const [column, { read, leftOut }] of matches) {
    const said = chosen.sources.get(column.name);
    if (said === undefined || said === null) continue;
    for (const { position, heading } of [...read, ...leftOut]) {
      if (used.has(position)) continue;
      issues.push(headerIssue(column.name, heading, mappedElsewhere(position + 1, heading, column.label)));
    }
  }
  return issues;
}

function secondPlaces(column: Column, { read, leftOut }: ColumnMatches): RowIssue[] {
  const [first, ...others] = read;
  if (first === undefined) return [];
  const of = (match: HeadingMatch, finding: ReturnType<typeof repeatedColumn>): RowIssue =>
    headerIssue(column.name, match.heading, finding);
  return [
    ...others.map((match, index) => {
      const repeats = read.slice(0, index + 1).some((earlier) => earlier.key === match.key);
      return of(
        match,
        repeats
          ? repeatedColumn(match.position + 1, column.label)
          : synonymUnused(match.position + 1, match.heading, column.label, first.heading),
      );
    }),
    ...leftOut.map((match) =>
      of(match, otherNumberUnused(match.position + 1, match.heading, column.label, first.heading)),
    ),
  ];
}
