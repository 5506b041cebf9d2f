import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import type { CsvDialect } from '../../../../electron/adapters/csv/dialect.ts';
import { splitCells } from '../../../../electron/adapters/csv/split-cells.ts';
import { entriesOf, indexOf } from './reading.ts';

const dialects: fc.Arbitrary<CsvDialect> = fc.record({
  encoding: fc.constant('utf-8'),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  quote: fc.constantFrom('"', "'"),
  newline: fc.constantFrom('\n', '\r'),
});

const SPECIAL = ['"', '"', '""', "'", "''", ',', ';', '\t', '|', '\n', '\r\n', '\r'];
const texts = fc.string({
  unit: fc.oneof(fc.constantFrom(...SPECIAL), fc.constantFrom('a', 'b', 'é', '📚', ' ', '\ufeff', '\\')),
  maxLength: 12,
});

/** Cells, some of them quoted as they should be, with delimiters and line breaks between them. */
const files = dialects.chain((dialect) => {
  const { quote, delimiter, newline } = dialect;
  const quoted = texts.map((text) => quote + text.replaceAll(quote, quote + quote) + quote);
  const between = fc.constantFrom(delimiter, delimiter, newline, `\r${newline}`);
  const parts = fc.array(fc.tuple(fc.oneof(texts, quoted), between), { minLength: 1, maxLength: 8 });
  return parts.map((all) => ({ dialect, text: all.flat().join('') }));
});

/** The parser below `Papa.parse`, told everything: it guesses nothing and takes no U+FEFF from the front. */
function papaCells(record: string, { delimiter, quote, newline }: CsvDialect): string[][] {
  const parser = new Papa.Parser({ delimiter, newline, quoteChar: quote });
  return parser.parse(record, 0, false).data;
}

describe('the cells of a record', () => {
  it('are those that PapaParse finds, for every record that the scanner calls faultless', () => {
    let compared = 0;
    fc.assert(
      fc.property(files, ({ text, dialect }) => {
        const bytes = Buffer.from(text);
        const { entries, count } = indexOf([bytes], dialect);
        for (const { start, byteLength, fault } of entriesOf(entries, count)) {
          if (fault !== null) continue;
          const record = bytes.toString('utf8', start, start + byteLength);
          expect([splitCells(record, dialect.delimiter, dialect.quote)]).toEqual(papaCells(record, dialect));
          compared += 1;
        }
      }),
      { numRuns: 5_000 },
    );
    // A scanner that calls every record damaged would agree with everything.
    expect(compared).toBeGreaterThan(5_000);
  });

  it('lose their quotes, keep one of two, and keep a quote that stands elsewhere', () => {
    expect(splitCells('"a ""b"", c",d"e,"",f', ',', '"')).toEqual(['a "b", c', 'd"e', '', 'f']);
  });

  it('end with an empty one behind a delimiter at the end', () => {
    expect(splitCells('a,"b",', ',', '"')).toEqual(['a', 'b', '']);
    expect(splitCells(',', ',', '"')).toEqual(['', '']);
  });

  it('hold all of the text where the record is not what the scanner saw', () => {
    expect(splitCells('"never closed, d', ',', '"')).toEqual(['never closed, d']);
  });
});
