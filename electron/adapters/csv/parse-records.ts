import Papa from 'papaparse';
import type { CsvDialect } from './dialect.ts';
import type { RawRecord } from './record-scanner.ts';

/**
 * The cells of whole records, one list each; a record with a fault is one cell. Newline and delimiter are
 * pinned, because PapaParse guesses them from what it is given and would guess differently for each batch.
 */
export function parseRecords(records: readonly RawRecord[], dialect: CsvDialect): string[][] {
  const whole = records.filter((record) => record.fault === null);
  const parsed = parseText(whole.map((record) => record.text).join('\n'), dialect);
  if (whole.length > 0 && parsed.length !== whole.length) {
    throw new Error(`PapaParse found ${parsed.length} records in a text of ${whole.length}.`);
  }
  let next = 0;
  return records.map((record) => {
    if (record.fault !== null) return [record.text];
    next += 1;
    return parsed[next - 1] ?? [];
  });
}

/** The parser below `Papa.parse`, which would take a U+FEFF from the front of every batch. */
function parseText(text: string, dialect: CsvDialect): string[][] {
  const parser = new Papa.Parser({
    delimiter: dialect.delimiter,
    newline: '\n',
    quoteChar: dialect.quote,
  });
  const result: { data: string[][] } = parser.parse(text, 0, false);
  return result.data;
}
