import type { DamageFinding } from '../../../renderer/features/load/damage-card.tsx';
import type { DraftFileView } from '../../../shared/contract/drafts.ts';
import { AppError, type ErrorReport } from '../../../shared/errors.ts';
import type { FakeAnswers } from './fake-contract.ts';
import { FAKE_DRAFT_ID } from './fake-draft.ts';
import { type FakeFile, fakeBooks, fakeStudents } from './fake-file.ts';
import { fakeTerm } from './fake-term.ts';

const LINCOLN_ID = '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a01';
const LINCOLN = { profileId: LINCOLN_ID, profile: 'Lincoln Elementary', profileKind: 'production' } as const;

/** Where the draft of the load scenarios is. */
export const DRAFT_PLACE = `/load/${FAKE_DRAFT_ID}`;

const LEFT = [
  {
    draftId: FAKE_DRAFT_ID,
    createdAt: '2026-11-24T14:05:00.000Z',
    files: ['books.csv', 'students.csv', 'checkouts.csv'],
    loads: [],
  },
  {
    draftId: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2b02',
    createdAt: '2026-11-20T09:30:00.000Z',
    files: ['Fall 2026 roster, corrected.xlsx'],
    loads: ['6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2c01'],
  },
];

function fakeCheckouts(rows: number): FakeFile {
  return {
    name: 'checkouts.csv',
    type: 'checkouts',
    rows,
    header: ['Student ID', 'Book ID', 'Checked out', 'Returned', 'Rating'],
    cells: (row) => [
      `S${String((row % 400) + 1).padStart(6, '0')}`,
      `B${String(((row * 7) % 900) + 1).padStart(7, '0')}`,
      `2026-09-${String((row % 28) + 1).padStart(2, '0')}`,
      '',
      String((row % 5) + 1),
    ],
    mistakes: [{ heading: 'Checked out', every: 3, at: 1, text: '10/4/2026' }],
  };
}

const TERM = [fakeBooks(3_200), fakeStudents(1_240), fakeCheckouts(5_431)];
const FEW_ROWS = [fakeBooks(320, 'none'), fakeStudents(124, 'none')];

/** Without grade and age, which can be worked out. */
const ROSTER: FakeFile = {
  ...fakeStudents(80, 'none', 'roster.csv'),
  header: ['Student ID', 'Grad Year', 'Born', 'Homeroom teacher', 'Prior score', 'Lunch period', 'Locker'],
  cells: (row) => [`S${row}`, '2033', '2017-05-01', 'Ms. Okafor', '3', '2', 'L-1'],
};

/** With columns that are all known, so that there is nothing to be said of them. */
const KNOWN_COLUMNS = FEW_ROWS.map((file) => ({
  ...file,
  header: file.header
    .slice(0, -1)
    .map((name) => (name === 'Prior score' ? 'Prior year reading score' : name)),
  cells: (row: number) => file.cells(row).slice(0, -1),
}));

const UNSURE_READING: DraftFileView['reading'] = {
  encoding: 'windows-1252',
  encodingSure: false,
  delimiter: ';',
  sheet: null,
  sheets: [],
  header: true,
};

const DATE_QUESTION = {
  column: 'checkout_date',
  heading: 'Checked out',
  evidence: { monthFirst: 812, dayFirst: 0, ambiguous: 999 },
};

export const FINDINGS: readonly DamageFinding[] = [
  {
    kind: 'id-leading-zero',
    column: 'book_id',
    position: 0,
    heading: 'Book ID',
    cells: 6_587,
    certainty: 'suggested',
    title: '6,587 numbers in “Book ID” may have lost the zeros in front',
    explanation:
      '2,413 numbers in this column have exactly 8 digits, and some of them begin with a zero; only 6,587 are shorter, and none is longer. So a spreadsheet has probably taken zeros away. This is likely, but not proved: such a number has no check digit, and a short one may be right.',
    advice: 'Load the file as your library system exported it, without opening it in a spreadsheet first.',
    examples: [
      { row: 3, before: '12044', after: '00012044' },
      { row: 17, before: '7310', after: '00007310' },
      { row: 18, before: '988', after: '00000988' },
    ],
    repairable: true,
    onItsOwn: false,
  },
  {
    kind: 'isbn-leading-zero',
    column: 'isbn',
    position: 1,
    heading: 'ISBN',
    cells: 212,
    certainty: 'proved',
    title: '212 ISBNs in “ISBN” lost the zeros in front',
    explanation:
      'A spreadsheet took the ISBNs for numbers, and numbers do not begin with a zero. With the zeros back, the check digit fits: that proves each repair.',
    advice: 'Import the file in the spreadsheet and set this column to Text.',
    examples: [{ row: 5, before: '64400557', after: '0064400557' }],
    repairable: true,
    onItsOwn: true,
  },
  {
    kind: 'isbn-scientific',
    column: 'isbn',
    position: 1,
    heading: 'ISBN',
    cells: 34,
    certainty: 'lost',
    title: '34 ISBNs in “ISBN” lost their last digits',
    explanation:
      'A spreadsheet took the ISBNs for numbers, found them too long to show, and saved a rounded form with an E in it. The last digits are gone from the file.',
    advice: 'Export the list again from where the ISBNs are still whole.',
    examples: [{ row: 16, before: '9.78E+12', after: null }],
    repairable: false,
    onItsOwn: false,
  },
];

const RULES = [
  {
    ruleId: 'rule-1',
    type: 'students' as const,
    column: 'grade_level',
    label: 'In Grade, “Grade 4” means 4',
    from: 'Grade 4',
    to: '4',
    taughtAt: '2026-09-02T10:00:00.000Z',
  },
  {
    ruleId: 'rule-2',
    type: 'students' as const,
    column: 'grade_level',
    label: 'In Grade, “fourth” means 4',
    from: 'fourth',
    to: '4',
    taughtAt: '2026-10-01T10:00:00.000Z',
  },
  {
    ruleId: 'rule-3',
    type: 'books' as const,
    column: 'difficulty_band',
    label: 'In Difficulty, “midle_school” means middle_school',
    from: 'midle_school',
    to: 'middle_school',
    taughtAt: '2026-10-01T10:00:00.000Z',
  },
];

function report(code: ErrorReport['code'], message: string, hint: string): ErrorReport {
  return { code, message, hint, retryable: false };
}

const failed = (error: ErrorReport): Partial<DraftFileView> => ({
  state: 'failed',
  error,
  rows: 0,
  accepted: 0,
  rejected: 0,
  errors: 0,
  warnings: 0,
  issueCounts: [],
  mapped: [],
});

/** By name: what is behind the load screen. Made when asked for, as thousands of rows are checked. */
export const LOAD_SCENARIOS: Readonly<Record<string, () => FakeAnswers>> = {
  term: () =>
    fakeTerm({
      files: TERM,
      over: LINCOLN,
      fileOver: {
        0: { damage: 3 },
        1: {
          remembered: true,
          rulesApplied: [
            { column: 'grade_level', label: 'In Grade, “Grade 4” means 4', cells: 9 },
            { column: 'grade_level', label: 'In Grade, “fourth” means 4', cells: 3 },
          ],
        },
        2: { dateOrders: [DATE_QUESTION] },
      },
      damage: FINDINGS,
      rules: RULES,
    }),
  clean: () => fakeTerm({ files: KNOWN_COLUMNS }),
  guessed: () =>
    fakeTerm({
      files: [
        {
          ...fakeStudents(40, 'none'),
          cells: (row) => [`S${row}`, '3', '8', row % 2 === 0 ? 'Ms. Núñez' : 'Mr. Göransson', '', '1', ''],
        },
      ],
      fileOver: { 0: { reading: UNSURE_READING, editedCells: 4 } },
    }),
  'opening-files': () =>
    fakeTerm({
      files: TERM,
      over: LINCOLN,
      fileOver: {
        0: {},
        1: { state: 'checking', bytesChecked: 66_960, bytes: 148_800 },
        2: { state: 'opening', type: null, rows: 0, reading: null, mapped: [], header: [], bytesChecked: 0 },
      },
    }),
  'failed-files': () =>
    fakeTerm({
      files: [
        FEW_ROWS[0] ?? fakeBooks(1),
        fakeStudents(80, 'none', 'roster.csv'),
        fakeBooks(10, 'none', 'export (7).csv'),
      ],
      columnsOf: { 1: ROSTER },
      fileOver: {
        1: failed(
          report(
            'file.missing-column',
            'roster.csv cannot be loaded as students: it has none of the columns grade_level and age.',
            'Say where they are, or what they are for all rows.',
          ),
        ),
        2: {
          ...failed(
            report(
              'file.unknown-type',
              'export (7).csv: the columns do not tell whether these are books, students or checkouts.',
              'Say which of them it holds.',
            ),
          ),
          type: null,
        },
      },
    }),
  left: () => fakeTerm({ files: TERM, left: LEFT }),
  'in-load': () =>
    fakeTerm({
      files: TERM,
      over: { ...LINCOLN, loading: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2c01' },
    }),
  unanswered: () =>
    fakeTerm({
      files: FEW_ROWS,
      over: {
        ...LINCOLN,
        readOnly: true,
        lookup: {
          kind: 'failed',
          error: report(
            'db.unreachable',
            'The database of Lincoln Elementary does not answer.',
            'See whether it is running. Checking goes on without it.',
          ),
        },
      },
    }),
  unreadable: () => ({
    ...fakeTerm({ files: FEW_ROWS }),
    'drafts.show': () => {
      throw new AppError({
        code: 'workspace.failed',
        message: 'The copies of these files cannot be read.',
        hint: 'See whether the disk is full, then try again.',
      });
    },
  }),
  /** Slow to answer, and another draft at each answer, which is counted where a test sees it. */
  growing: () => {
    const answers = fakeTerm({ files: FEW_ROWS });
    let shows = 0;
    return {
      ...answers,
      'drafts.show': async (input) => {
        shows += 1;
        document.body.dataset.shows = String(shows);
        const skipped = shows;
        await new Promise((resolve) => setTimeout(resolve, 200));
        const answer = await answers['drafts.show']?.(input);
        if (answer === undefined) throw new Error('There is no draft.');
        const { draft } = answer;
        const files = draft.files.map((file, at) => (at === 0 ? { ...file, skipped } : file));
        // The third answer is of an older state than the second.
        return { draft: { ...draft, revision: shows === 3 ? 1 : 1 + shows, files } };
      },
    };
  },
};
