import { amount } from '../../shared/amounts.ts';
import { COLUMNS, type Column } from '../../shared/records/columns.ts';
import type { RecordType } from '../../shared/records/types.ts';

const ONE: Readonly<Record<RecordType, string>> = {
  books: 'book',
  students: 'student',
  checkouts: 'checkout',
};
const HEADINGS: Readonly<Record<RecordType, string>> = {
  books: 'Books',
  students: 'Students',
  checkouts: 'Checkouts',
};

/** `Books` */
export function typeHeading(type: RecordType): string {
  return HEADINGS[type];
}

/** `1 book`, `1,240 students` */
export function countedRecords(count: number, type: RecordType): string {
  return amount(count, ONE[type]);
}

/** `book` of one, `books` of any other number */
export function recordWord(count: number, type: RecordType): string {
  return count === 1 ? ONE[type] : type;
}

/** `Grade level` of `grade_level`; a name that is no column's stands for itself. */
export function columnHeading(type: RecordType, name: string): string {
  const columns: Readonly<Record<string, Column>> = COLUMNS[type];
  return withCapital(columns[name]?.label ?? name);
}

/** `Grade level` of `grade level` */
export function withCapital(label: string): string {
  return label.charAt(0).toUpperCase() + label.slice(1);
}
