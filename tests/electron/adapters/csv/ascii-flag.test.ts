import { isAscii } from 'node:buffer';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PLAIN_DIALECT } from '../../../../electron/adapters/csv/dialect.ts';
import { FLAG_NOT_ASCII } from '../../../../electron/adapters/csv/record-index.ts';
import { cutAt, entriesOf, indexOf } from './reading.ts';

const unit = fc.constantFrom(
  '"',
  '"',
  ',',
  '\n',
  '\r\n',
  '\r',
  'a',
  'b',
  ' ',
  'é',
  '€',
  '📚',
  '\u007f',
  '\u0080',
);
const LIMITS = { quotedBytes: 20, recordBytes: 30 };

/** Of every record: whether it has a fault, whether its bytes are ASCII, and whether it is flagged. */
function flagsOf(text: string, cuts: readonly number[]) {
  const bytes = Buffer.from(text);
  const chunks = cutAt(
    bytes,
    cuts.map((at) => Math.min(at, bytes.length)),
  );
  const { entries, count } = indexOf(chunks, PLAIN_DIALECT, LIMITS);
  return entriesOf(entries, count).map(({ start, byteLength, fault, flags }) => ({
    fault,
    ascii: isAscii(bytes.subarray(start, start + byteLength)),
    flagged: (flags & FLAG_NOT_ASCII) !== 0,
  }));
}

const cuts = fc.array(fc.nat(120), { maxLength: 6 });

it('a record without the flag is ASCII, whatever is wrong with it and however it was cut', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 80 }), cuts, (text, positions) => {
      expect(flagsOf(text, positions).filter(({ ascii, flagged }) => !ascii && !flagged)).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

it('a faultless record has the flag only where it needs it', () => {
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 80 }), cuts, (text, positions) => {
      const needless = flagsOf(text, positions).filter(
        ({ fault, ascii, flagged }) => fault === null && ascii && flagged,
      );
      expect(needless).toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

it('the flag of one record says nothing of its neighbours', () => {
  expect(flagsOf('a,b\nBront\u00eb,"x"\n"c\nd",e\n"é\n",f\ng', []).map(({ flagged }) => flagged)).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
});
