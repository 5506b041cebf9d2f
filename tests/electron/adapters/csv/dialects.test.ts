import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { cutAt, encoded, readFile } from './reading.ts';

interface Written {
  encoding: string;
  delimiter: string;
  newline: string;
  bom: boolean;
  sepLine: boolean;
  quoting: 'all' | 'needed';
  lastBreak: boolean;
}

const dialects: fc.Arbitrary<Written> = fc.record({
  encoding: fc.constantFrom('utf-8', 'windows-1252', 'utf-16le', 'utf-16be'),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  newline: fc.constantFrom('\n', '\r\n', '\r'),
  bom: fc.boolean(),
  sepLine: fc.boolean(),
  quoting: fc.constantFrom('all', 'needed'),
  lastBreak: fc.boolean(),
});

/** Every cell holds a letter, so that no record is blank; the accents make the encoding known. */
const cell = fc
  .string({
    unit: fc.constantFrom('"', '""', ',', ';', '\t', '|', '\n', '\r\n', '\r', ' ', 'a', 'é', '€', '“'),
  })
  .map((text) => `x${text}`);
const HEADER = ['idé', 'titel', 'größe'];
const rowsOf = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 4 });

function write(rows: readonly (readonly string[])[], written: Written): Buffer {
  const { delimiter, newline, quoting } = written;
  const cellText = (text: string): string =>
    quoting === 'all' || /["\r\n]/.test(text) || text.includes(delimiter)
      ? `"${text.replaceAll('"', '""')}"`
      : text;
  const lines = rows.map((cells) => cells.map(cellText).join(delimiter));
  if (written.sepLine) lines.unshift(`sep=${delimiter}`);
  const hasMark = written.bom && written.encoding !== 'windows-1252';
  return encoded(
    (hasMark ? '\ufeff' : '') + lines.join(newline) + (written.lastBreak ? newline : ''),
    written.encoding,
  );
}

describe('a file in any dialect', () => {
  it('is found out and reads as it was written, whole and cut at every byte', async () => {
    await fc.assert(
      fc.asyncProperty(dialects, rowsOf, async (written, rows) => {
        const bytes = write([HEADER, ...rows], written);
        const whole = await readFile([bytes]);
        expect(whole.records.map((record) => record.cells)).toEqual([HEADER, ...rows]);
        expect(whole.records.map((record) => record.fault)).toEqual(whole.records.map(() => null));
        expect(whole.records[0]?.line).toBe(written.sepLine ? 2 : 1);
        expect(whole).toMatchObject({ encoding: written.encoding, lostCharacters: 0 });
        for (let at = 1; at < bytes.length; at += 1) {
          expect((await readFile(cutAt(bytes, [at]))).records).toEqual(whole.records);
        }
        expect(await readFile(cutAt(bytes, [...bytes.keys()]))).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  it('reads as it was written where a person names encoding and delimiter', async () => {
    await fc.assert(
      fc.asyncProperty(dialects, rowsOf, async (written, rows) => {
        const bytes = write([['nr'], ...rows], written);
        const { encoding, delimiter } = written;
        const { records } = await readFile([bytes], { encoding, delimiter });
        expect(records.map((record) => record.cells)).toEqual([['nr'], ...rows]);
      }),
      { numRuns: 150 },
    );
  });
});

describe('a file of any bytes', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc
      .string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'b', ' ', 'é', '\ufeff'), maxLength: 80 })
      .map((text) => Buffer.from(text)),
    fc.uint8Array({ maxLength: 60 }).map((tail) => Buffer.concat([Buffer.from('id,title\n1,"'), tail])),
  );

  it('is refused as an AppError or read, and no line of it is lost', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(100), async (file, cut) => {
        const chunks = cutAt(file, [Math.min(cut, file.length)]);
        let read: Awaited<ReturnType<typeof readFile>>;
        try {
          read = await readFile(chunks, {}, { quotedBytes: 40, recordBytes: 60 });
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(AppError);
          return;
        }
        const { dialect, bomBytes } = read.sniffed;
        const text = new TextDecoder(read.encoding, { ignoreBOM: true }).decode(file.subarray(bomBytes));
        const covered = new Set<number>();
        for (const { line, cells, fault } of read.records) {
          const breaks = fault === 'too-long' ? 0 : cells.join('').split(dialect.newline).length - 1;
          for (let inside = 0; inside <= breaks; inside += 1) covered.add(line + inside);
        }
        const lost = text
          .split(dialect.newline)
          .flatMap((line, index) => (line.trim() === '' || covered.has(index + 1) ? [] : [index + 1]));
        expect(lost).toEqual(read.sniffed.sepLine ? [1] : []);
      }),
      { numRuns: 3000 },
    );
  });
});
