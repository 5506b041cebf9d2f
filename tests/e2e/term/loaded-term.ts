/*
 * What the messy term comes to, worked out by hand from its files and from what the tests mend in them. It was not
 * taken from a run.
 */

export type DatabaseRow = Readonly<Record<string, unknown>>;

export interface DatabaseRows {
  catalog: readonly DatabaseRow[];
  students: readonly DatabaseRow[];
  checkout: readonly DatabaseRow[];
}

const book = (
  book_id: string,
  [title, author]: [string, string],
  texts: { genre: string; keywords?: string; description: string },
  [difficulty_band, reading_level, publication_year, page_count, average_rating]: readonly [
    string,
    number,
    number,
    number,
    number,
  ],
  isbn = '',
): DatabaseRow => ({
  ...{ book_id, isbn, title, author, keywords: '[]', ...texts },
  ...{ page_count, publication_year, difficulty_band, reading_level, average_rating },
});

const LANTERN_KEEPERS = book(
  'B-01',
  ['The Lantern Keepers', 'Ada Holm'],
  { genre: '["mystery"]', keywords: '["night", "light"]', description: 'Two cousins mind a lighthouse.' },
  ['middle_school', 4.4, 2008, 212, 4.1],
  '9780439023481',
);
/** The file's cells end after the genre. */
const SHORT_ROW: DatabaseRow = {
  ...{ book_id: 'B-18', isbn: '', title: 'Short Row', author: 'Ray Dunn', genre: '["grammar"]' },
  ...{ keywords: '[]', description: '', page_count: null, publication_year: null, difficulty_band: null },
  ...{ reading_level: null, average_rating: null },
};

const AT_FIRST: readonly DatabaseRow[] = [
  LANTERN_KEEPERS,
  book(
    'B-02',
    ['Wind over Maple Street', 'Ben Okoro'],
    { genre: '["weather"]', keywords: '["storms"]', description: 'A storm moves a whole street.' },
    ['early_elementary', 4.4, 2011, 96, 3.9],
  ),
  book(
    'B-03',
    ['The Paper Fox', 'Cy Arden'],
    { genre: '["animals"]', description: 'A fox made of paper goes to school.' },
    ['late_elementary', 3.5, 2015, 120, 4],
  ),
  book(
    'B-04',
    ['The Nameless Heron', 'Dora Lind'],
    { genre: '["animals"]', description: 'Nobody wrote its title down.' },
    ['late_elementary', 3.1, 2001, 88, 3.2],
  ),
  book('B-07', ['An Easy Climb', 'Gus Vale'], { genre: '["sports"]', description: 'A hill and a dog.' }, [
    'easy',
    2.2,
    2004,
    64,
    3.8,
  ]),
  book(
    'B-08',
    ['The Narrow Bridge', 'Hana Kord'],
    { genre: '["adventure"]', description: 'Only one may cross.' },
    ['high_school', 7.5, 2013, 301, 4.3],
  ),
  book(
    'B-09',
    ['Two Clowns', 'Ivo Penn'],
    { genre: '["[humor, circus"]', description: 'They never agree.' },
    ['beginner', 1.4, 2009, 40, 3.3],
  ),
  // What is no ISBN, or was rounded, is left out; the book is not.
  book(
    'B-10',
    ['The Wrong Number', 'Jo Tarn'],
    { genre: '["mystery"]', description: 'Somebody else answers.' },
    ['advanced', 9.1, 2016, 280, 3.7],
  ),
  book(
    'B-11',
    ['Rounded Off', 'Kim Sorrel'],
    { genre: '["math"]', description: 'What a spreadsheet does.' },
    ['middle_school', 5.5, 2018, 150, 3.6],
  ),
  book(
    'B-12',
    ['The Silent Bell', 'Lee Quist'],
    { genre: '["music"]', description: 'It has not rung for years.' },
    ['middle_school', 5.1, 2012, 134, 3.9],
  ),
  book('B-17', ['Blank Tail', 'Quin Elm'], { genre: '["grammar"]', description: 'Nothing comes behind.' }, [
    'middle_school',
    5.2,
    2010,
    101,
    3.5,
  ]),
  SHORT_ROW,
  book('B-19', ['New Title', 'Sue Farr'], { genre: '["history"]', description: 'Second edition.' }, [
    'middle_school',
    6.3,
    2021,
    188,
    3.6,
  ]),
];

const CORRECTED_BOOKS: readonly DatabaseRow[] = [
  book('B-05', ['Half a Page', 'Eli Marsh'], { genre: '["humor"]', description: 'It ends in the middle.' }, [
    'middle_school',
    5,
    1999,
    312,
    3,
  ]),
  book(
    'B-06',
    ['Seven Stars', 'Fay Onwu'],
    { genre: '["space"]', description: 'Rated by someone who loved it.' },
    ['high_school', 8.2, 2019, 240, 4.7],
  ),
  book(
    'B-20',
    ['Nine Hundred Ninety-Nine', 'Tom Igel'],
    { genre: '["numbers"]', description: 'The library does not take it.' },
    ['middle_school', 6.6, 2005, 99, 3.3],
  ),
];

const student = (
  student_id: string,
  grade_level: number,
  age: number,
  homeroom_teacher: string,
  prior_year_reading_score: number | null,
  lunch_period: string,
): DatabaseRow => ({
  ...{ student_id, grade_level, age, homeroom_teacher, prior_year_reading_score, lunch_period },
});

const STUDENTS: readonly DatabaseRow[] = [
  student('1001', 4, 9, 'Mrs. Núñez', 3, '1'),
  student('1002', 4, 9, 'Mrs. Núñez', 4, '1'),
  student('1003', 4, 10, 'Mr. Bauer', null, '2'),
  student('1004', 5, 10, 'Mr. Bauer', 2, '2'),
  student('1007', 0, 5, 'Ms. Ito', null, '3'),
  student('1008', 4, 9, 'Ms. Ito', 5, '1'),
];

const checkout = (
  [checkout_id, student_id, book_id]: [string, string, string],
  [checkout_date, return_date]: [string, string | null],
  student_rating: number | null,
): DatabaseRow => ({
  ...{ student_id, book_id, checkout_date, return_date, student_rating, checkout_id },
});

const FIRST_CHECKOUTS: readonly DatabaseRow[] = [
  checkout(['X-1', '1001', 'B-01'], ['2026-09-03', '2026-09-17'], 4),
  checkout(['X-5', '1004', 'B-03'], ['2026-09-09', null], null),
];

const CORRECTED_CHECKOUTS: readonly DatabaseRow[] = [
  checkout(['X-2', '1002', 'B-02'], ['2026-09-04', '2026-09-18'], 5),
  checkout(['X-3', '1003', 'B-03'], ['2026-09-30', null], 3),
  checkout(['X-4', '1001', 'B-07'], ['2026-09-08', '2026-09-22'], 4),
  checkout(['X-7', '1007', 'B-09'], ['2026-09-11', '2026-10-02'], 5),
];

/** After the first load: what was rejected is not there. */
export const AFTER_FIRST_LOAD: DatabaseRows = {
  catalog: AT_FIRST,
  students: STUDENTS,
  checkout: FIRST_CHECKOUTS,
};

/** After the second: corrected rows are there, too. */
export const AFTER_SECOND_LOAD: DatabaseRows = {
  catalog: by('book_id', [...AT_FIRST, ...CORRECTED_BOOKS]),
  students: STUDENTS,
  checkout: by('checkout_id', [...FIRST_CHECKOUTS, ...CORRECTED_CHECKOUTS]),
};

function by(key: string, rows: readonly DatabaseRow[]): DatabaseRow[] {
  return rows.toSorted((a, b) => (String(a[key]) < String(b[key]) ? -1 : 1));
}

/** By file, the rows that nobody mended: the first cell of each, and why it was rejected. */
export const REJECTED_AT_THE_END = {
  'books.csv': [
    [
      'B-15,,,"The Odd" Quote,Ola Birk,poetry,,A mark too many.,advanced,6.1,2003,78,3.1,B2,',
      'In this row a closing quotation mark is followed by more text, so its cells cannot be told apart.',
    ],
    ['B-16', 'This row has 17 cells, but the heading row has only 15.'],
    [
      'B-19',
      'book_id: The same book_id comes again in row 19 (line 20). The last one counts, so this row is not loaded.',
    ],
    [
      'B-21,,,The Open Quote,Nan Frost,poetry,,"Its story never ends.,advanced,6.0,2003,77,3.1,C1,',
      'This row opens a quotation mark that is never closed, so its cells cannot be told apart.',
    ],
  ],
  'students.csv': [
    ['1005', 'Prior Reading Score: The prior-year reading score must be a whole number from 0 to 5.'],
    ['1006', 'Age: The age must be from 4 to 21.'],
  ],
  'checkouts.csv': [
    [
      '1999',
      'student_id: There is no student 1999, neither in the database nor among the accepted rows of this load. Load the student first, or correct the id.',
    ],
  ],
} as const;

export const EVENTS = {
  /** In `books_added`, whichever events they were put together in. */
  bookIds: [
    ...['B-01', 'B-02', 'B-03', 'B-04', 'B-05', 'B-06', 'B-07', 'B-08', 'B-09', 'B-10', 'B-11', 'B-12'],
    ...['B-17', 'B-18', 'B-19', 'B-20'],
  ],
  /** One `student_added` for each, and one `students_added` that counts them. */
  studentIds: ['1001', '1002', '1003', '1004', '1007', '1008'],
  /** A book that has neither a number of pages nor a year. */
  enrichment: [['B-18', 'book_enrichment_task']],
  /** Key, book and day of each `checkout_added`. */
  checkouts: [
    ['1001', 'B-01', '2026-09-03'],
    ['1001', 'B-07', '2026-09-08'],
    ['1002', 'B-02', '2026-09-04'],
    ['1003', 'B-03', '2026-09-30'],
    ['1004', 'B-03', '2026-09-09'],
    ['1007', 'B-09', '2026-09-11'],
  ],
} as const;
