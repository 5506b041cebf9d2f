import type { Change, Review, ReviewRow } from '../../../shared/contract/draft-review.ts';
import type { DraftView } from '../../../shared/contract/drafts.ts';
import { AppError } from '../../../shared/errors.ts';
import type { FakeAnswers } from './fake-contract.ts';
import { fakeBooks, fakeStudents } from './fake-file.ts';
import { LINCOLN_ID, LOAD_ID, runningLoad, shownLoad } from './fake-loads.ts';
import { fakeTerm } from './fake-term.ts';

const REVIEW: Review = {
  revision: 1,
  files: [
    {
      fileNo: 0,
      name: 'books.csv',
      type: 'books',
      rows: 9_886,
      inserted: 1_204,
      updated: 57,
      unchanged: 8_610,
      rejected: 12,
      skipped: 3,
      changedColumns: [
        { column: 'description', rows: 41 },
        { column: 'reading_level', rows: 19 },
        { column: 'genre', rows: 4 },
      ],
    },
    {
      fileNo: 1,
      name: 'students.csv',
      type: 'students',
      rows: 1_240,
      inserted: 86,
      updated: 1_154,
      unchanged: 0,
      rejected: 0,
      skipped: 0,
      changedColumns: [
        { column: 'grade_level', rows: 1_154 },
        { column: 'homeroom_teacher', rows: 1_102 },
      ],
    },
  ],
  alarms: [],
  forecast: {
    model: 'text-embedding-3-small',
    approximate: false,
    texts: 1_249,
    tokens: 261_440,
    usd: 0.0052,
    seconds: 52,
    overLimit: false,
  },
  written: 2_501,
  confirmation: 'Lincoln Elementary',
};

const ALARMS: Review['alarms'] = [
  {
    kind: 'fewer-rows',
    fileNo: 1,
    message: 'Usually 1,240 students; this file has 310.',
    hint: 'The export may have been cut off, or hold one grade only. Look at its last rows before you load it.',
  },
  {
    kind: 'all-new',
    fileNo: 0,
    message: 'Every book id in books.csv is new to this database, which holds 8,670 books.',
    hint: 'The file may come from another school, or its ids may be written in another way.',
  },
];

const LONG_TEXT =
  'A mouse sets out along the canal to find the lighthouse keeper, who has not been seen since the first snow, and meets a heron with strong opinions about maps.';

/** Any row of the review, worked out from its place. */
function reviewRow(type: 'books' | 'students', change: Change, index: number): ReviewRow {
  const row = index * 7 + 3;
  const common = { row, line: row + 1 };
  if (type === 'students') {
    const fields =
      change === 'update'
        ? [
            { column: 'grade_level', before: String(1 + (index % 4)), after: String(2 + (index % 4)) },
            ...(index % 3 === 0
              ? []
              : [{ column: 'homeroom_teacher', before: 'Ms. Alvarez', after: 'Mr. Okafor' }]),
          ]
        : [];
    return { ...common, key: `S-${10_000 + row}`, title: '', fields };
  }
  const fields =
    change === 'update'
      ? [
          {
            column: 'description',
            before: index % 5 === 0 ? null : 'A mouse sets out along the canal.',
            after: LONG_TEXT,
          },
          ...(index % 3 === 0 ? [{ column: 'reading_level', before: '3.2', after: '3.40' }] : []),
        ]
      : [];
  return { ...common, key: `B-${20_000 + row}`, title: `The Heron and the Map, volume ${index + 1}`, fields };
}

const rows: NonNullable<FakeAnswers['drafts.reviewRows']> = ({ fileNo, change, offset, limit }) => {
  const file = REVIEW.files[fileNo];
  const count =
    file === undefined
      ? 0
      : { insert: file.inserted, update: file.updated, unchanged: file.unchanged, rejected: file.rejected }[
          change
        ];
  return {
    rows: Array.from({ length: Math.max(0, Math.min(limit, count - offset)) }, (_, at) =>
      reviewRow(fileNo === 0 ? 'books' : 'students', change, offset + at),
    ),
  };
};

/** The messy term in Lincoln's production, to be reviewed. */
function reviewing(
  review: Partial<Review>,
  over: Partial<DraftView> = {},
  more: FakeAnswers = {},
): FakeAnswers {
  const target = { profileId: LINCOLN_ID, profile: 'Lincoln Elementary', ...over };
  const draft = fakeTerm({
    files: [fakeBooks(9_886), fakeStudents(1_240, 'none')],
    fileOver: { 0: { accepted: 9_871, rejected: 12, skipped: 3 } },
    over: { profileKind: 'production', review: 'ready', ...target },
  });
  const { profileId, profile } = target;
  const load = runningLoad(shownLoad(), { profileId, profile });
  let begun = false;
  const own: FakeAnswers = {
    'loads.running': (input) => (begun ? load['loads.running']?.(input) : undefined) ?? { loads: [] },
    'drafts.review': () => ({ review: { ...REVIEW, ...review } }),
    'drafts.reviewRows': rows,
    'drafts.load': ({ confirmation = null }) => {
      // Where a test counts how often it was asked for.
      document.body.dataset.loads = String(Number(document.body.dataset.loads ?? 0) + 1);
      document.body.dataset.confirmation = confirmation ?? '';
      begun = true;
      return { loadId: LOAD_ID };
    },
  };
  return { ...draft, ...load, ...own, ...rejectedFile(REJECTED_CSV), ...more };
}

const REJECTED_CSV = 'reason,book_id,title\nno title,B-1,\n';

/** The rejected rows as a file of two pieces. */
function rejectedFile(text: string): FakeAnswers {
  const bytes = new TextEncoder().encode(text);
  const half = Math.ceil(bytes.length / 2);
  return {
    'drafts.export': ({ format }) => ({
      exportId: 'export-1',
      name: `books-rejected.${format}`,
      bytes: bytes.length,
      rows: 1,
    }),
    'drafts.exportPiece': ({ offset }) => ({
      base64: btoa(String.fromCharCode(...bytes.slice(offset, offset + half))),
      end: offset + half >= bytes.length,
    }),
  };
}

const refuse = (code: 'db.unreachable' | 'draft.not-confirmed', message: string, hint: string) => () => {
  throw new AppError({ code, message, hint });
};

/** Each by the name of its scenario. */
export const REVIEW_ANSWERS: Readonly<Record<string, () => FakeAnswers>> = {
  review: () => reviewing({}),
  'review-alarms': () => reviewing({ alarms: ALARMS }),
  'review-at-once': () =>
    reviewing(
      {
        confirmation: null,
        written: 143,
        forecast: { ...forecastOf(), approximate: true, usd: 0, seconds: 2 },
      },
      { profileId: '6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2a03', profile: 'Training', profileKind: 'sandbox' },
    ),
  'review-sandbox': () =>
    reviewing(
      { confirmation: 'sandbox', alarms: ALARMS },
      { profileId: null, profile: 'sandbox', profileKind: 'sandbox' },
    ),
  /** The file of rejected rows is written until it is told to be done. */
  'review-exporting': () =>
    reviewing(
      {},
      {},
      {
        'drafts.export': async (input) => {
          await new Promise((done) => window.addEventListener('test-exported', done, { once: true }));
          const exported = await rejectedFile(REJECTED_CSV)['drafts.export']?.(input);
          if (exported === undefined) throw new Error('There is no file.');
          return exported;
        },
      },
    ),
  'review-costly': () =>
    reviewing({
      forecast: {
        ...forecastOf(),
        texts: 412_000,
        tokens: 98_000_000,
        usd: 12.4,
        seconds: 5_400,
        overLimit: true,
      },
    }),
  'review-nothing': () =>
    reviewing({
      written: 0,
      files: REVIEW.files.map((file) => ({
        ...file,
        inserted: 0,
        updated: 0,
        unchanged: file.rows - file.rejected - file.skipped,
        changedColumns: [],
      })),
      forecast: null,
      confirmation: null,
    }),
  'review-read-only': () => reviewing({}, { readOnly: true }),
  'review-comparing': () => reviewing({}, {}, { 'drafts.review': () => new Promise(() => {}) }),
  'review-stale': () => reviewing({ revision: 0 }),
  'review-failed': () =>
    reviewing(
      {},
      {},
      {
        'drafts.review': refuse(
          'db.unreachable',
          'The database server db.lincoln.example does not answer.',
          'See whether the network is up and the server is running, then try again.',
        ),
      },
    ),
  'review-refused': () =>
    reviewing(
      { confirmation: null },
      {},
      {
        'drafts.load': refuse(
          'draft.not-confirmed',
          'This load has to be confirmed.',
          'Type the name of the profile it goes to.',
        ),
      },
    ),
  'review-rows-gone': () =>
    reviewing(
      {},
      {},
      {
        'drafts.reviewRows': refuse(
          'db.unreachable',
          'The comparison is no longer there.',
          'Compare again to see its rows.',
        ),
      },
    ),
};

function forecastOf(): NonNullable<Review['forecast']> {
  const { forecast } = REVIEW;
  if (forecast === null) throw new Error('The review has no forecast.');
  return forecast;
}
