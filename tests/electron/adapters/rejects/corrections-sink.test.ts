import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCorrectionsSink } from '../../../../electron/adapters/rejects/corrections-sink.ts';
import type { RowToCorrect } from '../../../../electron/engine/ports.ts';
import { AppError } from '../../../../shared/errors.ts';
import { allCells, type FileFolder, fileFolder, never } from '../workspace/open-files.ts';
import { csvText } from '../xlsx/workbook-files.ts';
import { requestOf } from './rows-to-write.ts';

let folder: FileFolder;
const sink = createCorrectionsSink();
beforeEach(() => {
  folder = fileFolder();
});
afterEach(() => folder.remove());

const at = (name: string): string => join(folder.path, name);
const TABLE = [
  ['student_id', 'age', 'What is wrong', 'accession_row'],
  ['007', '', 'age: Age is missing.', 'r1-abcd-efgh'],
  ['008', '=1+1', 'age: This is no number.', 'r4-abcd-efgh'],
];

describe('rows to correct as a file', () => {
  it('writes a workbook that our own reader gives back to the cell', async () => {
    const path = at('rows.xlsx');
    const written = await sink.write(requestOf(path, 'xlsx', TABLE), never);
    expect(written).toEqual({ rows: 2, bytes: statSync(path).size });
    expect(await csvText(path)).toBe(
      'student_id,age,What is wrong,accession_row\n' +
        '007,,age: Age is missing.,r1-abcd-efgh\n' +
        '008,=1+1,age: This is no number.,r4-abcd-efgh\n',
    );
  });

  it('writes a CSV in UTF-8 with a BOM, in which no cell begins like a formula', async () => {
    const path = at('rows.csv');
    expect(await sink.write(requestOf(path, 'csv', TABLE), never)).toMatchObject({ rows: 2 });
    expect(readFileSync(path, 'utf8')).toBe(
      '\u{feff}student_id,age,What is wrong,accession_row\r\n' +
        '007,,age: Age is missing.,r1-abcd-efgh\r\n' +
        "008,'=1+1,age: This is no number.,r4-abcd-efgh\r\n",
    );
  });

  it('lets nobody but the owner read what it writes', async () => {
    await sink.write(requestOf(at('rows.xlsx'), 'xlsx', TABLE), never);
    expect(statSync(at('rows.xlsx')).mode & 0o077).toBe(0);
  });

  it.each(['csv', 'xlsx'] as const)('writes no %s where there is no row', async (format) => {
    const written = await sink.write(requestOf(at('none'), format, TABLE.slice(0, 1)), never);
    expect(written).toEqual({ rows: 0, bytes: 0 });
    expect(existsSync(at('none'))).toBe(false);
  });

  it.each(['csv', 'xlsx'] as const)(
    'leaves no half %s where the rows fail, and lets go of them',
    async (format) => {
      const broken = new AppError({ code: 'workspace.failed', message: 'gone', hint: 'none' });
      let ended = false;
      async function* rows(): AsyncGenerator<RowToCorrect> {
        try {
          for (let i = 0; i < 5_000; i += 1)
            yield { cells: ['x', 'y', 'z', `r${i + 1}-abcd-efgh`], notes: [] };
          throw broken;
        } finally {
          ended = true;
        }
      }
      const request = { ...requestOf(at('half'), format, TABLE), rows: rows() };
      await expect(sink.write(request, never)).rejects.toBe(broken);
      expect(ended).toBe(true);
      expect(readdirSync(folder.path)).toEqual([]);
    },
  );

  it('stops in the middle of a workbook when aborted, and lets go of the rows', async () => {
    const abort = new AbortController();
    let ended = false;
    async function* rows(): AsyncGenerator<RowToCorrect> {
      try {
        for (let i = 0; ; i += 1) {
          if (i === 20_000) abort.abort(new Error('enough'));
          yield { cells: ['x', 'y', 'z', `r${i + 1}-abcd-efgh`], notes: [] };
        }
      } finally {
        ended = true;
      }
    }
    const request = { ...requestOf(at('half.xlsx'), 'xlsx', TABLE), rows: rows() };
    await expect(sink.write(request, abort.signal)).rejects.toThrow('enough');
    await expect.poll(() => ended).toBe(true);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('refuses in words what has more columns than a sheet', async () => {
    const wide = [
      Array.from({ length: 16_385 }, (_, i) => `c${i}`),
      Array.from({ length: 16_385 }, () => 'x'),
    ];
    await expect(sink.write(requestOf(at('wide.xlsx'), 'xlsx', wide), never)).rejects.toMatchObject({
      code: 'file.too-large',
      hint: 'Save them as CSV instead.',
    });
  });

  it.each(['csv', 'xlsx'] as const)(
    'gives back every text through a %s, to the character',
    async (format) => {
      const nasty = fc.constantFrom(
        ...[
          '\u{0}',
          '\u{1}',
          '\u{1f}',
          '\u{7f}',
          '\u{85}',
          '\u{fffe}',
          '\u{ffff}',
          '\r',
          '\n',
          '\r\n',
          '\t',
          '"',
          "'",
        ],
        ...[
          '=',
          '+',
          '-',
          '@',
          '_x0041_',
          '_x',
          'x0041_',
          '_',
          '&',
          '<',
          ']]>',
          '&amp;',
          '007',
          '😀',
          '\u{feff}',
          ' ',
        ],
      );
      const cell = fc.array(fc.oneof(nasty, fc.string({ unit: 'grapheme', maxLength: 6 })), { maxLength: 6 });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), async (pairs) => {
          run += 1;
          const rows = pairs.map((pair, i) => [
            ...pair.map((parts) => parts.join('')),
            'reason',
            `r${i + 1}-abcd-efgh`,
          ]);
          const path = at(`${run}.${format}`);
          await sink.write(requestOf(path, format, [['a', 'b', 'What is wrong', 'mark'], ...rows]), never);
          const file = await folder.open(path, { key: run });
          const expected = format === 'xlsx' ? rows : rows.map((row) => row.map(inCsv));
          expect(await allCells(file)).toEqual(expected);
        }),
        { numRuns: 60 },
      );
    },
  );
});

/** What a CSV has instead of it: controls as pictures, and an apostrophe before what would be a formula. */
function inCsv(text: string): string {
  const visible = text.replace(/(?![\t\n\r\u{7f}-\u{9f}])\p{Cc}/gu, (c) =>
    String.fromCharCode(0x2400 + c.charCodeAt(0)),
  );
  return /^'*[=+\-@\t\r]/.test(visible) ? `'${visible}` : visible;
}
