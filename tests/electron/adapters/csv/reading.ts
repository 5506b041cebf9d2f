import { PLAIN_DIALECT, SCAN_LIMITS, type ScanLimits } from '../../../../electron/adapters/csv/dialect.ts';
import { sourceBatches } from '../../../../electron/adapters/csv/read-records.ts';
import type { SourceRecord } from '../../../../shared/records/types.ts';

export interface ReadFile {
  header: readonly string[];
  records: SourceRecord[];
  batchSizes: number[];
}

/** Reads a file that comes in these chunks. */
export async function readChunks(
  chunks: readonly Uint8Array[],
  batchRows = 100,
  limits: ScanLimits = SCAN_LIMITS,
): Promise<ReadFile> {
  const read: ReadFile = { header: [], records: [], batchSizes: [] };
  const source = { chunks: streamOf(chunks), fileName: 'books.csv', dialect: PLAIN_DIALECT, limits };
  const keepHeader = (header: readonly string[]) => {
    read.header = header;
  };
  for await (const batch of sourceBatches(source, batchRows, keepHeader)) {
    read.records.push(...batch.records);
    read.batchSizes.push(batch.records.length);
  }
  return read;
}

export function readText(text: string, limits?: ScanLimits): Promise<ReadFile> {
  return readChunks([Buffer.from(text, 'utf8')], 100, limits);
}

export async function* streamOf(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

/** `bytes` cut at the given positions. */
export function cutAt(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const cuts = [...positions, bytes.length].sort((a, b) => a - b);
  return cuts.map((end, index) => bytes.subarray(index === 0 ? 0 : cuts[index - 1], end));
}
