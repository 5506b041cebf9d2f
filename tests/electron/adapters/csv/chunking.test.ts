import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN_DIALECT } from '../../../../electron/adapters/csv/dialect.ts';
import { cutAt, scanChunks, scanText } from './reading.ts';

const FILES = [
  '\ufeff"book_id",title\r\nB1,"Brontë, \r\n""📚"""\r\nB2,\ufeffé\r\n\r\nB3,"x',
  'a,b\n1,"x"y\n2,"ok"\n3,"never\n4,\u20ac\n5,"",\n',
  '\r\n\r\na\r"b"\r\n"c"\r',
];
const TIGHT = { quotedBytes: 12, recordBytes: 16 };
const DIALECTS = [
  PLAIN_DIALECT,
  { ...PLAIN_DIALECT, newline: '\r' },
  { ...PLAIN_DIALECT, delimiter: '\t' },
] as const;

function sameHoweverCut(text: string, positions: readonly number[][]): void {
  const bytes = Buffer.from(text, 'utf8');
  for (const dialect of DIALECTS) {
    const settings = { dialect, limits: TIGHT };
    const whole = scanChunks([bytes], settings);
    for (const cuts of positions) expect(scanChunks(cutAt(bytes, cuts), settings)).toEqual(whole);
  }
}

describe('the same bytes give the same records', () => {
  it.each(FILES)('cut in two at every byte: %j', (file) => {
    const { length } = Buffer.from(file);
    sameHoweverCut(
      file,
      Array.from({ length: length + 1 }, (_, at) => [at]),
    );
    sameHoweverCut(file, [Array.from({ length }, (_, at) => at)]);
  });

  it('cut anywhere, for any text', () => {
    const unit = fc.constantFrom('"', '"', ',', '\t', '\n', '\r\n', '\r', 'a', 'é', '€', '📚', '\ufeff', ' ');
    const texts = fc.string({ unit, maxLength: 60 });
    const cuts = fc.array(fc.nat(200), { maxLength: 12 });
    fc.assert(
      fc.property(texts, cuts, (text, positions) => {
        const { length } = Buffer.from(text);
        sameHoweverCut(text, [positions.map((at) => Math.min(at, length))]);
      }),
      { numRuns: 3000 },
    );
  });

  it('loses no line: every line that is not blank is in some record', () => {
    const unit = fc.constantFrom('"', ',', '\n', 'a', 'b');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 60 }), (text) => {
        const lines = text.split('\n');
        const records = scanText(text, { limits: TIGHT });
        const starts = records.map((record) => record.line);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        const covered = new Set<number>();
        for (const { line, cells, fault } of records) {
          const breaks = fault === 'too-long' ? 0 : cells.join('').split('\n').length - 1;
          for (let inside = 0; inside <= breaks; inside += 1) covered.add(line + inside);
        }
        const filled = lines.flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]));
        expect(filled.filter((line) => !covered.has(line))).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});
