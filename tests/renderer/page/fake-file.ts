import type { RecordType } from '../../../shared/records/types.ts';

/** A text that stands in place of the right one in every row whose remainder by `every` is `at`. */
export interface Mistake {
  heading: string;
  every: number;
  at: number;
  text: string;
}

/** A file that is never anywhere: its cells are worked out from the number of their row. */
export interface FakeFile {
  name: string;
  type: RecordType;
  rows: number;
  header: readonly string[];
  /** In order but for `mistakes`. Rows count from 1. */
  cells: (row: number) => string[];
  mistakes: readonly Mistake[];
}

/** `none`: nothing is wrong. `few`: a handful in a thousand rows. `many`: in every fifth row. */
export type MistakeShare = 'none' | 'few' | 'many';

export function fakeBooks(rows: number, mistakes: MistakeShare = 'few', name = 'books.csv'): FakeFile {
  return {
    name,
    type: 'books',
    rows,
    header: BOOK_HEADER,
    cells: bookCells,
    mistakes: mistakes === 'none' ? [] : mistakes === 'few' ? BOOK_MISTAKES : BOOK_MISTAKES.map(oftener),
  };
}

export function fakeStudents(rows: number, mistakes: MistakeShare = 'few', name = 'students.csv'): FakeFile {
  return {
    name,
    type: 'students',
    rows,
    header: STUDENT_HEADER,
    cells: studentCells,
    mistakes:
      mistakes === 'none' ? [] : mistakes === 'few' ? STUDENT_MISTAKES : STUDENT_MISTAKES.map(oftener),
  };
}

/** Every other mistake recurs too rarely to make a fifth of all rows wrong. */
function oftener(mistake: Mistake, index: number): Mistake {
  return index === 0 ? { ...mistake, every: 5, at: 2 } : mistake;
}

const BOOK_HEADER = [
  'Book ID',
  'ISBN',
  'Title',
  'Author',
  'Genre',
  'Keywords',
  'Description',
  'Difficulty',
  'Reading level',
  'Year',
  'Pages',
  'Rating',
  'Shelf',
] as const;

const TITLES = ['The Lighthouse', 'River of Stars', 'A Bear in Winter', 'Small Machines', 'The Paper Garden'];
const AUTHORS = ['Ada Finch', 'Marcus Oyelaran', 'Ines Duarte', 'Tom Whitlock', 'Keiko Mori', 'Lena Brandt'];
const GENRES = ['Adventure', 'Fantasy', 'Science', 'Mystery', 'History'];
const BANDS = ['beginner', 'early_elementary', 'late_elementary', 'middle_school', 'advanced'];

function pick<T>(list: readonly T[], index: number): T {
  const chosen = list[index % list.length];
  if (chosen === undefined) throw new Error('An empty list.');
  return chosen;
}

function bookCells(row: number): string[] {
  return [
    `B${String(row).padStart(7, '0')}`,
    '',
    `${pick(TITLES, row)} ${row}`,
    pick(AUTHORS, row * 7),
    pick(GENRES, row * 3),
    `["${pick(GENRES, row).toLowerCase()}", "school"]`,
    `A story about number ${row}, told for readers who like to look twice.`,
    pick(BANDS, row),
    row % 4 === 0 ? '3' : '3.4',
    String(1985 + (row % 39)),
    row % 3 === 0 ? `${90 + (row % 300)}.0` : String(90 + (row % 300)),
    '4.2',
    `S-${(row % 80) + 1}`,
  ];
}

const BOOK_MISTAKES: readonly Mistake[] = [
  { heading: 'Pages', every: 250, at: 7, text: '214 pages' },
  { heading: 'Year', every: 500, at: 21, text: '20151' },
  { heading: 'Title', every: 700, at: 34, text: '' },
  { heading: 'Difficulty', every: 1000, at: 12, text: 'midle_school' },
  { heading: 'ISBN', every: 400, at: 16, text: '9.78E+12' },
  { heading: 'Rating', every: 1000, at: 40, text: 'four' },
];

const STUDENT_HEADER = ['Student ID', 'Grade', 'Age', 'Homeroom', 'Prior score', 'Lunch', 'Locker'] as const;
const TEACHERS = ['Ms. Alvarez', 'Mr. Chen', 'Ms. Okafor', 'Mr. Lindqvist'];

function studentCells(row: number): string[] {
  const grade = row % 6;
  return [
    `S${String(row).padStart(6, '0')}`,
    grade === 0 ? 'K' : String(grade),
    grade === 2 ? `${grade + 6}.0` : String(grade + 6),
    pick(TEACHERS, row),
    String(row % 6 === 5 ? '' : row % 6),
    String((row % 4) + 1),
    `L${(row % 900) + 100}`,
  ];
}

const STUDENT_MISTAKES: readonly Mistake[] = [
  { heading: 'Grade', every: 100, at: 17, text: 'Grade 4' },
  { heading: 'Grade', every: 500, at: 31, text: '14' },
  { heading: 'Age', every: 250, at: 5, text: 'seven' },
  { heading: 'Homeroom', every: 300, at: 24, text: '' },
  { heading: 'Lunch', every: 400, at: 40, text: 'B' },
];
