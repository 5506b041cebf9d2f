import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { CheckReport } from '../../electron/application/files/check.ts';
import { AppError } from '../../shared/errors.ts';
import { checkBench } from './bad-files.ts';

const bench = checkBench();
afterAll(() => bench.close());

/** What files are made of, whole or broken: the pieces between which readers stumble. */
const PIECES: readonly (string | readonly number[])[] = [
  'book_id,title',
  'student_id,grade_level,age,homeroom_teacher,lunch_period',
  'student_id;book_id;checkout_date',
  'sep=;',
  '\ufeff',
  ',',
  ';',
  '\t',
  '|',
  '"',
  '""',
  '\n',
  '\r',
  '\r\n',
  ' ',
  '\u00a0',
  '\0',
  '\u001f',
  '\ufffd',
  'é',
  '😀',
  '__proto__',
  '[""a"", ""b""]',
  '[',
  '4,4',
  '9/3/2026',
  '2026-03-09',
  '9.78043902348e+12',
  '439023483',
  'CafÃ©',
  '=cmd',
  'B1',
  'S1',
  'Matilda',
  [0xff, 0xfe],
  [0xfe, 0xff],
  [0xe9],
  [0xc3],
  [0xed, 0xa0, 0x80],
  [0x1f, 0x8b, 0x08],
  [0x50, 0x4b, 0x03, 0x04],
];

const messyBytes = fc
  .array(
    fc.oneof(
      { weight: 9, arbitrary: fc.constantFrom(...PIECES) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => [...bytes]) },
    ),
    { maxLength: 120 },
  )
  .map((pieces) => Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))));

const HEADERS = [
  'book_id,title,author,isbn,genre,reading_level,page_count\n',
  'student_id,grade_level,age,homeroom_teacher,lunch_period\n',
  'student_id,book_id,checkout_date,return_date,student_rating\n',
];

/** A file that is understood, with rows that seldom are. */
const messyRows = fc
  .tuple(fc.constantFrom(...HEADERS), messyBytes)
  .map(([header, bytes]) => Buffer.concat([Buffer.from(header), bytes]));

/** The report, or the code of the AppError; anything else that is thrown breaks the test. */
async function outcome(content: Uint8Array): Promise<CheckReport['files'][number] | string> {
  try {
    const { files } = await bench.report([bench.file('messy.csv', content)]);
    return files[0] ?? 'nothing';
  } catch (thrown) {
    if (thrown instanceof AppError) return thrown.code;
    throw thrown;
  }
}

function expectSound(found: CheckReport['files'][number] | string): void {
  if (typeof found === 'string') {
    expect(found).toMatch(/^file\./);
    return;
  }
  expect(found.accepted + found.rejected).toBe(found.rows);
  expect(found.issueCounts.reduce((sum, { count }) => sum + count, 0)).toBe(found.issues.length);
  const bad = new Set(found.issues.filter(({ severity }) => severity === 'error').map(({ row }) => row));
  expect(bad.size).toBe(found.rejected);
  for (const { row, line, severity } of found.issues) {
    expect(row).toBeLessThanOrEqual(found.rows);
    expect(line).toBeGreaterThanOrEqual(Math.max(1, row));
    if (row === 0) expect(severity).toBe('warning');
  }
}

describe('a check of bytes that nobody wrote', () => {
  it('ends with a sound report or an error of the file: random bytes', () =>
    fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3_000 }), async (bytes) =>
        expectSound(await outcome(bytes)),
      ),
      { numRuns: 150 },
    ));

  it('ends with a sound report or an error of the file: pieces of files in any order', () =>
    fc.assert(
      fc.asyncProperty(messyBytes, async (bytes) => expectSound(await outcome(bytes))),
      { numRuns: 150 },
    ));

  it('ends with a sound report where the headings are in order', () =>
    fc.assert(
      fc.asyncProperty(messyRows, async (bytes) => expectSound(await outcome(bytes))),
      { numRuns: 150 },
    ));
});

/** Quotation marks, line breaks and other control characters: all that can end a row, or a file's being a table. */
const ENDS_LINES = /["\p{Cc}]/u;

describe('a check', () => {
  it('finds the same again', () =>
    fc.assert(
      fc.asyncProperty(messyRows, async (bytes) => {
        expect(await outcome(bytes)).toEqual(await outcome(bytes));
      }),
      { numRuns: 100 },
    ));

  it('finds every good row whole, whatever lines without quotation marks stand between them', () => {
    const line = fc
      .array(
        fc.oneof(
          fc.constantFrom(...PIECES.filter((piece) => typeof piece === 'string' && !ENDS_LINES.test(piece))),
          fc.uint8Array({ min: 0x80, maxLength: 5 }).map((bytes) => [...bytes]),
        ),
        { maxLength: 12 },
      )
      .map((pieces) => Buffer.concat(pieces.map((piece) => Buffer.from(piece as string))));
    return fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const good = lines.map((_, at) => [`GOOD-${at}`, `A title ${at}, and more`]);
        const text = Buffer.concat([
          Buffer.from('book_id,title\n'),
          ...lines.flatMap((bytes, at) => [
            bytes,
            Buffer.from(`\n${good[at]?.[0] ?? ''},"${good[at]?.[1] ?? ''}"\n`),
          ]),
        ]);
        const seen = await bench.check(bench.file('between.csv', text));
        const rejected = new Set(
          seen.issues.filter(({ severity }) => severity === 'error').map(({ row }) => row),
        );
        const whole = seen.records.filter(
          ({ row, cells }) => cells[0]?.startsWith('GOOD-') && !rejected.has(row),
        );
        expect(whole.map(({ cells }) => cells)).toEqual(good);
      }),
      { numRuns: 60 },
    );
  });
});
