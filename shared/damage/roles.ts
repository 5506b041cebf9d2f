import { headingKey } from '../records/headings.ts';
import type { BookRecord, CheckoutRecord, ColumnMapping, StudentRecord } from '../records/types.ts';
import type { ColumnRole } from './kinds.ts';

type ColumnName = keyof BookRecord | keyof StudentRecord | keyof CheckoutRecord;

const ROLES: Readonly<Record<ColumnName, ColumnRole>> = {
  book_id: 'key',
  student_id: 'key',
  checkout_id: 'key',
  isbn: 'isbn',
  title: 'text',
  author: 'text',
  description: 'text',
  difficulty_band: 'text',
  homeroom_teacher: 'text',
  genre: 'list',
  keywords: 'list',
  publication_year: 'year',
  page_count: 'number',
  reading_level: 'number',
  average_rating: 'number',
  grade_level: 'number',
  age: 'number',
  prior_year_reading_score: 'number',
  lunch_period: 'number',
  student_rating: 'number',
  checkout_date: 'date',
  return_date: 'date',
};

/** Headings of columns that are not loaded, but hold ids all the same: `barcode`, `accession_no`, `Copy ID`. */
const ID_HEADING = /(?:barcode|[\s._-](?:id|no|nr|number|code)|^id)\s*$/i;

/** The role of every column of a file, by position. */
export function columnRoles(mapping: ColumnMapping): ColumnRole[] {
  const roles = mapping.header.map(roleOfUnmapped);
  for (const source of Object.values(mapping.sources)) {
    if (source?.kind === 'derived') {
      roles[source.position] = source.rule.kind === 'age-on' ? 'date' : 'year';
    }
  }
  // A cell that is also read as it stands decides over one that something is only worked out from.
  for (const [name, source] of Object.entries(mapping.sources)) {
    if (source?.kind !== 'cells') continue;
    for (const position of source.positions) roles[position] = roleOfColumn(name);
  }
  return roles;
}

/** The canonical column that a position is read for, or null; what is read as it stands comes first here, too. */
export function columnAt(mapping: ColumnMapping, position: number): string | null {
  let derived: string | null = null;
  for (const [name, source] of Object.entries(mapping.sources)) {
    if (source?.kind === 'cells' && source.positions.includes(position)) return name;
    if (source?.kind === 'derived' && source.position === position) derived = name;
  }
  return derived;
}

function roleOfColumn(name: string): ColumnRole {
  return (ROLES as Readonly<Partial<Record<string, ColumnRole>>>)[name] ?? 'unmapped';
}

function roleOfUnmapped(heading: string): ColumnRole {
  if (headingKey(heading).includes('isbn')) return 'isbn';
  return ID_HEADING.test(heading.trim()) ? 'key' : 'unmapped';
}
