import type { FileHandle } from 'node:fs/promises';
import type { FileProgress } from '../../engine/file-port.ts';
import { type CsvDialect, SCAN_LIMITS } from '../csv/dialect.ts';
import { ENTRY_BYTES } from '../csv/record-index.ts';
import { createByteScanner } from '../csv/scan-bytes.ts';

/** What of a file is copied, and how. */
export interface CopyJob {
  /** UTF-8, whole characters in each chunk. */
  chunks: AsyncIterable<Uint8Array>;
  encoding(): { label: string; sure: boolean; lostCharacters: number };
  /** Bytes of the original read so far. */
  bytesRead(): number;
  dialect: CsvDialect;
  /** Records at the front that are none: 1 where the file has a header. */
  leadingRecords: number;
  /** The first line only names the delimiter. */
  sepLine: boolean;
  /** False for a workbook: a line break inside a cell is no new row of the sheet. */
  innerBreaksCount: boolean;
  copy: FileHandle;
  index: FileHandle;
}

/**
 * Copies a file as UTF-8 and indexes its records on the way. `onLeading` gets the index entries of the leading
 * records as soon as all of them are in the copy; `onProgress` is told of every step, always about records
 * that can be read.
 */
export async function copyAndIndex(
  job: CopyJob,
  onLeading: (entries: Uint8Array) => Promise<void>,
  onProgress: (progress: FileProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const scanner = createByteScanner(job.dialect, SCAN_LIMITS, {
    innerBreaksCount: job.innerBreaksCount,
    sepLine: job.sepLine,
  });
  const leading: Uint8Array[] = [];
  let missing = job.leadingRecords;
  let rows = 0;
  let indexBytes = 0;
  let copyBytes = 0;

  const take = async (bytes: Uint8Array, entries: Uint8Array, ended: boolean): Promise<void> => {
    copyBytes = await writeAll(job.copy, bytes, copyBytes);
    let own = entries;
    if (missing > 0 && own.length > 0) {
      const taken = Math.min(missing, own.length / ENTRY_BYTES);
      leading.push(own.slice(0, taken * ENTRY_BYTES));
      own = own.subarray(taken * ENTRY_BYTES);
      missing -= taken;
      if (missing === 0) await onLeading(Buffer.concat(leading));
    }
    indexBytes = await writeAll(job.index, own, indexBytes);
    rows += own.length / ENTRY_BYTES;
    const { label, sure, lostCharacters } = job.encoding();
    onProgress({
      rows,
      bytesRead: job.bytesRead(),
      ended,
      encoding: label,
      encodingSure: sure,
      lostCharacters,
    });
  };

  for await (const bytes of job.chunks) {
    signal.throwIfAborted();
    await take(bytes, scanner.push(bytes, false).entries, false);
  }
  await take(new Uint8Array(0), scanner.push(new Uint8Array(0), true).entries, true);
}

/** Writes all of `bytes` at `position` and returns the position behind them. */
async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  let written = 0;
  while (written < bytes.length) {
    const { bytesWritten } = await file.write(bytes, written, bytes.length - written, position + written);
    written += bytesWritten;
  }
  return position + bytes.length;
}
