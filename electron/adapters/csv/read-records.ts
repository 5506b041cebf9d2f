import type { SourceRecord } from '../../../shared/records/types.ts';
import type { SourceBatch } from '../../engine/ports.ts';
import { decodeUtf8 } from './decode.ts';
import { type CsvDialect, SCAN_LIMITS, type ScanLimits } from './dialect.ts';
import { parseRecords } from './parse-records.ts';
import { createRecordScanner, type RawRecord } from './record-scanner.ts';

/** Characters after which a batch is handed on although it has few rows: rows can be long. */
const MAX_BATCH_CHARS = 4 * 1024 * 1024;

export interface CsvText {
  chunks: AsyncIterable<Uint8Array>;
  /** For messages. */
  fileName: string;
  dialect: CsvDialect;
  limits?: ScanLimits;
}

/** All records of a file, the header among them, as the chunks complete them. Throws AppError `file.encoding`. */
export async function* rawRecords(
  source: CsvText,
): AsyncGenerator<{ records: readonly RawRecord[]; bytesRead: number }> {
  const scanner = createRecordScanner(source.dialect, source.limits ?? SCAN_LIMITS);
  let bytesRead = 0;
  for await (const decoded of decodeUtf8(source.chunks, source.fileName)) {
    bytesRead = decoded.bytesRead;
    yield { records: scanner.push(decoded.text, false), bytesRead };
  }
  yield { records: scanner.push('', true), bytesRead };
}

/**
 * The records behind the header, in batches of at most `batchRows`, numbered from 1. `onHeader` gets the header
 * before the first batch, and may throw.
 */
export async function* sourceBatches(
  source: CsvText,
  batchRows: number,
  onHeader: (header: readonly string[]) => void,
): AsyncGenerator<SourceBatch> {
  let pending: RawRecord[] = [];
  let pendingChars = 0;
  let rows = 0;
  let headerSeen = false;

  const take = (bytesRead: number): SourceBatch => {
    const cells = parseRecords(pending, source.dialect);
    const records = pending.map((raw, index): SourceRecord => {
      rows += 1;
      return { row: rows, line: raw.line, cells: cells[index] ?? [], fault: raw.fault };
    });
    pending = [];
    pendingChars = 0;
    return { records, bytesRead };
  };

  let bytesRead = 0;
  for await (const cut of rawRecords(source)) {
    bytesRead = cut.bytesRead;
    for (const raw of cut.records) {
      if (!headerSeen) {
        headerSeen = true;
        onHeader(parseRecords([raw], source.dialect)[0] ?? []);
        continue;
      }
      pending.push(raw);
      pendingChars += raw.text.length;
      if (pending.length >= batchRows || pendingChars >= MAX_BATCH_CHARS) yield take(bytesRead);
    }
  }
  if (pending.length > 0) yield take(bytesRead);
}
