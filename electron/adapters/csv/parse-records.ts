import { type BatchSigns, batchSigns } from '../../../shared/damage/observe.ts';
import type { SourceRecord } from '../../../shared/records/types.ts';
import type { CsvDialect } from './dialect.ts';
import { ENTRY_BYTES, entriesView, entryStart, FLAG_NOT_ASCII, faultOf } from './record-index.ts';
import { splitCells } from './split-cells.ts';

/** So many characters are shown of a record that is too long to be one. */
const EXCERPT_CHARS = 200;

/** Records that follow each other, each with what its cells can show of damage at all. */
export interface RecordBlock {
  records: SourceRecord[];
  signs: BatchSigns[];
}

const NO_SIGN: BatchSigns = { mojibake: false, lostCharacters: false };
const QUESTION: BatchSigns = { mojibake: false, lostCharacters: true };

/**
 * Whole records taken apart, in their order; a record with a fault is one cell with its text, one that is too
 * long with its first 200 characters. `bytes` are a part of the UTF-8 copy that holds all of the records, `base`
 * is the offset of its first byte there; `entries` are those of the records, `rowOf(i)` is the number of the
 * i-th. Never throws for what the bytes are: what is no UTF-8 becomes U+FFFD.
 *
 * Records of ASCII, by far the most, are cut out of one string with a byte for each character; the others are
 * decoded one by one.
 */
export function parseRecords(
  bytes: Uint8Array,
  base: number,
  entries: Uint8Array,
  dialect: Pick<CsvDialect, 'delimiter' | 'quote'>,
  rowOf: (i: number) => number = (i) => i + 1,
): RecordBlock {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = buffer.toString('latin1');
  const view = entriesView(entries);
  const { delimiter, quote } = dialect;
  const records: SourceRecord[] = [];
  const signs: BatchSigns[] = [];
  let nextQuestion = -1;
  for (let at = 0, i = 0; at < entries.length; at += ENTRY_BYTES, i += 1) {
    const from = entryStart(view, i) - base;
    const to = from + view.getUint32(at + 8, true);
    const fault = faultOf(view.getUint8(at + 6));
    let cells: string[];
    if (fault !== null) {
      const whole = buffer.toString('utf8', from, to);
      cells = [fault === 'too-long' ? whole.slice(0, EXCERPT_CHARS).toWellFormed() : whole];
      signs.push(NO_SIGN);
    } else if ((view.getUint8(at + 7) & FLAG_NOT_ASCII) !== 0) {
      const record = buffer.toString('utf8', from, to);
      cells = splitCells(record, delimiter, quote);
      signs.push(batchSigns(record));
    } else {
      cells = splitCells(text.slice(from, to), delimiter, quote);
      if (nextQuestion < from) {
        const found = text.indexOf('?', from);
        nextQuestion = found === -1 ? Number.POSITIVE_INFINITY : found;
      }
      signs.push(nextQuestion < to ? QUESTION : NO_SIGN);
    }
    records.push({ row: rowOf(i), line: view.getUint32(at + 12, true), cells, fault });
  }
  return { records, signs };
}
