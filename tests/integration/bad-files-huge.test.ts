import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RowIssue } from '../../shared/records/types.ts';
import { checkBench, error, warning, words } from './bad-files.ts';
import { accession } from './command.ts';

const bench = checkBench();
afterAll(() => bench.close());

const MB = 1024 * 1024;
const HEADER = 'book_id,title,author\n';
const filler = (bytes: number): string => 'x'.repeat(bytes);

/** Makes the command say on its way out how much memory it took at most, its threads included. */
const TELL_PEAK = `data:text/javascript,process.on('exit',()=>process.stderr.write('peak='+process.resourceUsage().maxRSS))`;

interface Measured {
  peakMb: number;
  rows: number;
  accepted: number;
  rejected: number;
  issues: RowIssue[];
}

async function measured(path: string): Promise<Measured> {
  const { json, stderr } = await accession(
    {
      ACCESSION_HOME: join(bench.folder, 'home'),
      CHECK_THREADS: '1',
      NODE_OPTIONS: `--import=${TELL_PEAK}`,
    },
    'check',
    path,
    '--json',
  );
  return { peakMb: Number(/peak=(\d+)/.exec(stderr)?.[1]) / 1024, ...json.files[0] };
}

describe('50 MB in one field', () => {
  let smallPeakMb = 0;
  beforeAll(async () => {
    const small = `${HEADER}B1,A,\nB2,${filler(100)},z\nB3,C,\n`;
    smallPeakMb = (await measured(bench.file('small.csv', small))).peakMb;
    expect(smallPeakMb).toBeGreaterThan(0);
  });
  /** The windows of the reader come to some 30 MB; the field, its copy and its text would be 150. */
  const expectFlat = ({ peakMb }: Measured): void => expect(peakMb).toBeLessThan(smallPeakMb + 60);
  const tooLong = (row: number, line: number, begins: string) =>
    error(
      [row, line, null],
      'csv.record-too-long',
      'This row is longer than a row of a table can be: a line break is probably missing.',
      {
        value: `${begins}${filler(200 - begins.length)}`,
        suggestion: words('Look at this line in a text editor and split it into rows.'),
      },
    );

  it.each([
    ['without quotes', 'B2,', ',z'],
    ['in quotes', 'B2,"', '",z'],
    ['in quotes that never close', 'B2,"', ',z'],
  ])('%s costs its row alone, and no memory', async (_name, begins, ends) => {
    const text = `${HEADER}B1,A,\n${begins}${filler(50 * MB)}${ends}\nB3,C,\n`;
    const seen = await measured(bench.file('field.csv', text));
    expect(seen).toMatchObject({ rows: 3, accepted: 2, rejected: 1 });
    expect(seen.issues).toEqual([tooLong(2, 3, begins)]);
    expectFlat(seen);
  });

  it('in quotes and of many lines ends with its first line; the others are read as rows', async () => {
    const lines = Array.from({ length: 100 }, () => `${filler(MB / 2)}\n`).join('');
    const seen = await measured(bench.file('lines.csv', `${HEADER}B1,A,\nB2,"${lines}",z\nB3,C,\n`));
    expect(seen).toMatchObject({ rows: 103, accepted: 2, rejected: 101 });
    const codes = seen.issues
      .filter(({ row }) => row === 2 || row === 3)
      .map(({ code, column }) => [code, column]);
    expect(codes).toEqual([
      ['csv.quote-unclosed', null],
      ['csv.cells-missing', null],
      ['value.too-long', 'book_id'],
      ['value.required', 'title'],
    ]);
    expect(seen.issues.find(({ row }) => row === 102)?.code).toBe('csv.quote-unclosed');
    expect(seen.issues.some(({ row }) => row === 1 || row === 103)).toBe(false);
    // What is told of a cell is its beginning.
    expect(Math.max(...seen.issues.map(({ value }) => value?.length ?? 0))).toBe(4_001);
  });

  it('that is the whole line below the headings', async () => {
    const seen = await measured(bench.file('line.csv', `${HEADER}${filler(50 * MB)}`));
    expect(seen).toMatchObject({ rows: 1, accepted: 0, rejected: 1 });
    expect(seen.issues).toEqual([tooLong(1, 2, '')]);
    expectFlat(seen);
  });

  it('that is the whole file has no headings', async () => {
    expect(await bench.refusal(bench.file('blob.csv', filler(50 * MB)))).toMatchObject({
      code: 'file.unreadable',
      message:
        'The headings of blob.csv (line 1) cannot be told apart: a quotation mark or a line break is missing or misplaced.',
    });
    expect(bench.leftBehind()).toEqual([]);
  });
});

describe('10,000 columns', () => {
  it('are read, each of those that nobody knows with one warning, and the rows are whole', async () => {
    const unknown = Array.from({ length: 9_998 }, (_, at) => `c${at}`);
    const cells = (row: number): string[] => [
      `B${row}`,
      `Title ${row}`,
      ...unknown.map((name) => `${name}r${row}`),
    ];
    const lines = [['book_id', 'title', ...unknown], ...Array.from({ length: 50 }, (_, at) => cells(at + 1))];
    const path = bench.file('wide.csv', lines.map((line) => line.join(',')).join('\n'));
    const seen = await bench.check(path);
    expect(seen).toMatchObject({ rows: 50, accepted: 50, rejected: 0, warnings: 9_998 });
    expect(seen.cells[49]).toEqual(cells(50));
    expect(seen.issues).toEqual(
      unknown.map((name) =>
        warning(
          [0, 1, name],
          'column.unknown',
          `The column "${name}" is not known; it is left out when books are loaded.`,
          { value: name },
        ),
      ),
    );
  });
});

describe('a gzip that unpacks beyond all measure', () => {
  it('is refused before it fills the disk', async () => {
    // 320 MB of which 0.3 MB are left; one part repeated, so that nobody has to pack it all.
    const part = gzipSync(`B1,${filler(MB / 2)},z\n`.repeat(16));
    const bomb = Buffer.concat([gzipSync(HEADER), ...Array.from({ length: 40 }, () => part)]);
    expect(await bench.refusal(bench.file('bomb.csv.gz', bomb))).toEqual({
      code: 'file.too-large',
      message: 'bomb.csv.gz unpacks to far more than a table of books, students or checkouts holds.',
      hint: 'If you trust it, unpack it yourself and load the CSV file inside.',
    });
  });
});
