import { AppError } from '../errors.ts';
import { type Column, columnsOf, headingKey } from './columns.ts';
import { type Finding, repeatedColumn, synonymUnused, unknownColumn } from './messages.ts';
import { type ColumnMapping, RECORD_TYPES, type RecordType, type RowIssue } from './types.ts';

/**
 * Decides which cells hold which column. A canonical name beats a synonym, an earlier synonym in the list of
 * columns.ts a later one; what comes second stays in `sources` for rows where the first is blank or cannot be
 * read. Columns that are unknown or come twice are warnings on row 0, line 1.
 *
 * Throws AppError `file.missing-column` where a required column is absent; `fileName` is for its message.
 */
export function mapColumns(
  type: RecordType,
  header: readonly string[],
  fileName = 'This file',
): ColumnMapping {
  const { matches, issues } = matchHeader(type, header);
  const missing = columnsOf(type).filter((column) => column.required && !matches.has(column));
  if (missing.length > 0) throw missingColumns(type, header, missing, fileName);

  const sources: Record<string, readonly number[]> = {};
  for (const column of columnsOf(type)) {
    const found = matches.get(column);
    if (!found) continue;
    found.sort((a, b) => a.rank - b.rank || a.position - b.position);
    sources[column.name] = found.map((match) => match.position);
    issues.push(...secondPlaces(column, found));
  }
  return { type, header, sources, issues };
}

/**
 * The type whose columns a header has, or null where that cannot be told. Of several types whose required
 * columns are all there, the one that requires most wins (checkouts with a title are still checkouts). A header
 * that satisfies none goes to the type it shares most columns with, so that a missing column can be named.
 */
export function recogniseType(header: readonly string[]): RecordType | null {
  const scores = RECORD_TYPES.map((type) => {
    const matched = [...matchHeader(type, header).matches.keys()];
    const requiredHere = matched.filter((column) => column.required).length;
    const requiredInAll = columnsOf(type).filter((column) => column.required).length;
    return { type, complete: requiredHere === requiredInAll, requiredHere, matched: matched.length };
  });
  const complete = scores.filter((score) => score.complete).sort((a, b) => b.requiredHere - a.requiredHere);
  const [best, next] = complete;
  if (best) return next?.requiredHere === best.requiredHere ? null : best.type;

  const [likely, other] = scores
    .filter((score) => score.requiredHere > 0 && score.matched > 1)
    .sort((a, b) => b.matched - a.matched);
  return likely && likely.matched !== other?.matched ? likely.type : null;
}

interface Match {
  position: number;
  heading: string;
  key: string;
  /** 0 for the canonical name, then the place among the synonyms. */
  rank: number;
}

function matchHeader(
  type: RecordType,
  header: readonly string[],
): { matches: Map<Column, Match[]>; issues: RowIssue[] } {
  const names = headingsOf(type);
  const matches = new Map<Column, Match[]>();
  const issues: RowIssue[] = [];
  header.forEach((cell, position) => {
    const heading = cell.trim();
    const key = headingKey(heading);
    const known = names.get(key);
    if (!known) {
      const finding = unknownColumn(position + 1, heading, type);
      issues.push(headerIssue(heading === '' ? `column ${position + 1}` : heading, heading, finding));
      return;
    }
    const found = matches.get(known.column) ?? [];
    found.push({ position, heading, key, rank: known.rank });
    matches.set(known.column, found);
  });
  return { matches, issues };
}

function headingsOf(type: RecordType): Map<string, { column: Column; rank: number }> {
  const columns = columnsOf(type);
  const names = new Map<string, { column: Column; rank: number }>();
  for (const column of columns) names.set(headingKey(column.name), { column, rank: 0 });
  for (const column of columns) {
    column.synonyms.forEach((synonym, index) => {
      const key = headingKey(synonym);
      if (!names.has(key)) names.set(key, { column, rank: index + 1 });
    });
  }
  return names;
}

function secondPlaces(column: Column, found: readonly Match[]): RowIssue[] {
  return found.slice(1).map((match, index) => {
    const earlier = found.slice(0, index + 1);
    const first = earlier[0] ?? match;
    const finding = earlier.some((other) => other.key === match.key)
      ? repeatedColumn(match.position + 1, column.label)
      : synonymUnused(match.position + 1, match.heading, column.label, first.heading);
    return headerIssue(column.name, match.heading, finding);
  });
}

function headerIssue(column: string, heading: string, finding: Finding): RowIssue {
  return { row: 0, line: 1, column, value: heading, ...finding };
}

/**
 * Names the headings that were seen, unless none of them is known: then the first line is probably no header
 * but a record, and a student's cells must not enter an error text.
 */
function missingColumns(
  type: RecordType,
  header: readonly string[],
  missing: readonly Column[],
  fileName: string,
): AppError {
  const names = missing.map((column) => column.name).join(', ');
  const known = RECORD_TYPES.some((other) => matchHeader(other, header).matches.size > 0);
  const seen = known
    ? `Its headings are: ${header.map((heading) => heading.trim()).join(', ')}.`
    : `None of the ${header.length} cells in its first line is a known heading.`;
  return new AppError({
    code: 'file.missing-column',
    message: `${fileName} cannot be loaded as ${type}: it has no column ${names}. ${seen}`,
    hint: known
      ? `Add the missing ${missing.length === 1 ? 'column' : 'columns'} or rename the one that holds it, or choose another type for this file.`
      : 'Check that the first line of the file holds the headings of its columns.',
  });
}
