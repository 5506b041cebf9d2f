import { type Column, columnsOf } from './columns.ts';
import { headingKey } from './headings.ts';
import type { RecordType } from './types.ts';

/** A column of the file whose heading is known. */
export interface HeadingMatch {
  /** Place in the record, from 0. */
  position: number;
  /** As the file has it, trimmed. */
  heading: string;
  key: string;
}

export interface ColumnMatches {
  /** Columns that may hold it, best first: the canonical name, then the synonyms in their order. */
  read: readonly HeadingMatch[];
  /** Numbers of another kind that would have stood for it, had there been no better one. */
  leftOut: readonly HeadingMatch[];
}

/** Which columns of a file have headings that a record type knows; of every other heading nothing is said. */
export function matchHeader(type: RecordType, header: readonly string[]): ReadonlyMap<Column, ColumnMatches> {
  const names = namesOf(type);
  const found = new Map<Column, RankedMatch[]>();
  header.forEach((cell, position) => {
    const heading = cell.trim();
    const key = headingKey(heading);
    const name = names.byKey.get(key) ?? names.asWritten.get(heading);
    if (name === undefined) return;
    const matches = found.get(name.column) ?? [];
    matches.push({ position, heading, key, rank: name.rank, substitute: name.substitute });
    found.set(name.column, matches);
  });
  const matches = new Map<Column, ColumnMatches>();
  for (const column of columnsOf(type)) {
    const ranked = found.get(column);
    if (ranked !== undefined) matches.set(column, chosenOf(ranked));
  }
  return matches;
}

interface Name {
  column: Column;
  /** 0 for the canonical name, then the place among the synonyms and behind them the substitutes. */
  rank: number;
  substitute: boolean;
}

interface RankedMatch extends HeadingMatch {
  rank: number;
  substitute: boolean;
}

function chosenOf(ranked: readonly RankedMatch[]): ColumnMatches {
  const best = ranked.toSorted((a, b) => a.rank - b.rank || a.position - b.position);
  const named = best.filter((match) => !match.substitute);
  const read = named.length > 0 ? named : best.slice(0, 1);
  return { read, leftOut: best.filter((match) => !read.includes(match)) };
}

function namesOf(type: RecordType): { byKey: Map<string, Name>; asWritten: Map<string, Name> } {
  const byKey = new Map<string, Name>();
  const asWritten = new Map<string, Name>();
  const columns = columnsOf(type);
  const add = (names: Map<string, Name>, name: string, entry: Name): void => {
    if (!names.has(name)) names.set(name, entry);
  };
  // Every canonical name first: no synonym of another column may take it.
  for (const column of columns) {
    add(byKey, headingKey(column.name), { column, rank: 0, substitute: false });
  }
  for (const column of columns) {
    let rank = 1;
    for (const synonym of column.synonyms) {
      add(byKey, headingKey(synonym), { column, rank: rank++, substitute: false });
    }
    for (const substitute of column.substitutes) {
      add(byKey, headingKey(substitute), { column, rank: rank++, substitute: true });
    }
    for (const substitute of column.substitutesAsWritten) {
      add(asWritten, substitute, { column, rank: rank++, substitute: true });
    }
  }
  return { byKey, asWritten };
}
