import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutAt, readChunks } from './reading.ts';

const FILES = [
  '\ufeff"book_id",title\r\nB1,"Brontë, \r\n""📚"""\r\nB2,\ufeffé\r\n\r\nB3,"x',
  'a,b\n1,"x"y\n2,"ok"\n3,"never\n4,\u20ac\n5,"",\n',
  '\r\n\r\na\r"b"\r\n"c"\r',
];
const TIGHT = { quotedChars: 12, recordChars: 16 };

async function sameHoweverCut(text: string, positions: readonly number[][], limits = TIGHT): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  const whole = await readChunks([bytes], 100, limits);
  for (const cuts of positions) {
    const pieces = await readChunks(cutAt(bytes, cuts), 100, limits);
    expect({ ...pieces, batchSizes: [] }).toEqual({ ...whole, batchSizes: [] });
  }
}

describe('the same bytes give the same records', () => {
  it.each(FILES)('cut in two at every byte: %j', async (file) => {
    const { length } = Buffer.from(file);
    await sameHoweverCut(
      file,
      Array.from({ length: length + 1 }, (_, at) => [at]),
    );
    await sameHoweverCut(file, [Array.from({ length }, (_, at) => at)]);
  });

  it('cut anywhere, for any text', async () => {
    const unit = fc.constantFrom('"', '"', ',', '\n', '\r\n', '\r', 'a', 'é', '€', '📚', '\ufeff', ' ');
    const texts = fc.string({ unit, maxLength: 60 });
    const cuts = fc.array(fc.nat(200), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(texts, cuts, async (text, positions) => {
        const { length } = Buffer.from(text);
        await sameHoweverCut(text, [positions.map((at) => Math.min(at, length))]);
      }),
      { numRuns: 3000 },
    );
  });

  it('in batches of any size', async () => {
    const unit = fc.constantFrom('"', ',', '\n', 'a', '\ufeff');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        async (text, rows) => {
          const [few, many] = [
            await readChunks([Buffer.from(text)], rows),
            await readChunks([Buffer.from(text)]),
          ];
          expect(few.records).toEqual(many.records);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('loses no line: every line that is not blank is in some record', async () => {
    const unit = fc.constantFrom('"', ',', '\n', 'a', 'b');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 60 }), async (text) => {
        const { records } = await readChunks([Buffer.from(`h\n${text}`)], 100, TIGHT);
        const lines = `h\n${text}`.split('\n');
        const starts = records.map((record) => record.line);
        expect(starts).toEqual([...new Set(starts)].sort((a, b) => a - b));
        const filled = lines.flatMap((line, index) => (index > 0 && line.trim() !== '' ? [index + 1] : []));
        expect(starts[0]).toBe(filled[0]);
      }),
      { numRuns: 1000 },
    );
  });
});
