import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PLAIN_DIALECT } from '../../../../electron/adapters/csv/dialect.ts';
import { parseRecords } from '../../../../electron/adapters/csv/parse-records.ts';
import { ENTRY_BYTES, entriesView, writeEntry } from '../../../../electron/adapters/csv/record-index.ts';
import { batchSigns } from '../../../../shared/damage/observe.ts';
import type { SourceRecord } from '../../../../shared/records/types.ts';
import { entriesOf, indexOf, scanText } from './reading.ts';

const MIXED = fc.constantFrom(
  '"',
  '"',
  ',',
  '\n',
  '\r\n',
  '\r',
  'a',
  'é',
  'Ã©',
  '?',
  '\ufffd',
  '\ufeff',
  ' ',
);

const NOTHING = { mojibake: false, lostCharacters: false };

describe('parsing records by their index', () => {
  it('gives the same records one by one, in parts and all at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: MIXED, maxLength: 80 }), fc.integer({ min: 1, max: 5 }), (text, size) => {
        const bytes = Buffer.from(text);
        const { entries, count } = indexOf([bytes]);
        const all = parseRecords(bytes, 0, entries, PLAIN_DIALECT);
        const parts: ReturnType<typeof parseRecords> = { records: [], signs: [] };
        for (let from = 0; from < count; from += size) {
          const own = entries.subarray(from * ENTRY_BYTES, (from + size) * ENTRY_BYTES);
          const base = entriesOf(own, 1)[0]?.start ?? 0;
          const part = parseRecords(bytes.subarray(base), base, own, PLAIN_DIALECT, (i) => from + i + 1);
          parts.records.push(...part.records);
          parts.signs.push(...part.signs);
        }
        expect(parts).toEqual(all);
        expect(all.records.map(({ row }) => row)).toEqual(all.records.map((_, i) => i + 1));
      }),
      { numRuns: 2000 },
    );
  });

  it('misses no sign of damage that the text of a record can show, and sees none in a faulty one', () => {
    fc.assert(
      fc.property(fc.string({ unit: MIXED, maxLength: 80 }), (text) => {
        const bytes = Buffer.from(text);
        const { entries, count } = indexOf([bytes]);
        const { signs } = parseRecords(bytes, 0, entries, PLAIN_DIALECT);
        for (const [i, { start, byteLength, fault }] of entriesOf(entries, count).entries()) {
          const seen = signs[i] ?? NOTHING;
          const own = batchSigns(fault === null ? bytes.toString('utf8', start, start + byteLength) : '');
          if (fault !== null) expect(seen).toEqual(NOTHING);
          if (own.mojibake) expect(seen.mojibake).toBe(true);
          if (own.lostCharacters) expect(seen.lostCharacters).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('spares plain records the search for damage, beside others that need it', () => {
    const bytes = Buffer.from('Emma,1\nBront?,2\nCaf\u00c3\u00a9,3\nPlain,4\n');
    const { signs } = parseRecords(bytes, 0, indexOf([bytes]).entries, PLAIN_DIALECT);
    expect(signs).toEqual([
      NOTHING,
      { mojibake: false, lostCharacters: true },
      { mojibake: true, lostCharacters: false },
      NOTHING,
    ]);
  });

  it('keeps records apart where line breaks change from line to line', () => {
    const cells = scanText('a,b\r\nc,"d\n"\ne,\r\n\n"f\r\n",g\r\r\nh').map((record) => record.cells);
    expect(cells).toEqual([['a', 'b'], ['c', 'd\n'], ['e', ''], ['f\r\n', 'g\r'], ['h']]);
  });

  it('takes the delimiter and the line break as given, and never guesses', () => {
    expect(scanText('a;b\nc;d\n').map((record) => record.cells)).toEqual([['a;b'], ['c;d']]);
    expect(scanText('a\rb\nc\rd\n').map((record) => record.cells)).toEqual([['a\rb'], ['c\rd']]);
  });

  it('shows the first 200 characters of a record that is too long, none of them cut in two', () => {
    const limits = { quotedBytes: 1_000, recordBytes: 1_000 };
    const [record] = scanText(`${'a'.repeat(199)}📚${'b'.repeat(1_000)}\n`, { limits });
    expect(record).toEqual({ line: 1, fault: 'too-long', cells: [`${'a'.repeat(199)}\ufffd`] });
  });
});

describe('an index that lies', () => {
  it('never makes it throw or lose count, whatever the bytes are', () => {
    const entry = fc.record({ gap: fc.nat(3), length: fc.nat(12), fault: fc.nat(3), flags: fc.nat(1) });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.array(entry, { maxLength: 8 }), (bytes, places) => {
        const entries = new Uint8Array(places.length * ENTRY_BYTES);
        let start = 0;
        for (const [index, { gap, length, fault, flags }] of places.entries()) {
          writeEntry(entriesView(entries), index, start + gap, length, 1, fault, flags);
          start += gap + length;
        }
        const { records, signs } = parseRecords(bytes, 0, entries, PLAIN_DIALECT);
        expect([records.length, signs.length]).toEqual([places.length, places.length]);
      }),
      { numRuns: 3000 },
    );
  });

  it('spoils the records it lies about and no others', () => {
    const bytes = Buffer.from('a,"b\nc",d\ne,f');
    const entries = new Uint8Array(3 * ENTRY_BYTES);
    writeEntry(entriesView(entries), 0, 0, 4, 1, 0, 0);
    writeEntry(entriesView(entries), 1, 5, 4, 2, 0, 0);
    writeEntry(entriesView(entries), 2, 10, 3, 3, 0, 0);
    const cells = parseRecords(bytes, 0, entries, PLAIN_DIALECT).records.map(
      (record: SourceRecord) => record.cells,
    );
    expect(cells).toEqual([
      ['a', 'b'],
      ['c"', 'd'],
      ['e', 'f'],
    ]);
  });
});
