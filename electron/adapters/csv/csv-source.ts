import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OpenedFile, RecordSource, SourceBatch } from '../../engine/ports.ts';
import { type CsvDialect, PLAIN_DIALECT } from './dialect.ts';
import {
  changedWhileRead,
  damagedHeader,
  empty,
  fileError,
  isDirectory,
  noRegularFile,
} from './file-errors.ts';
import { parseRecords } from './parse-records.ts';
import { rawRecords, sourceBatches } from './read-records.ts';

const CHUNK_BYTES = 256 * 1024;

/**
 * CSV files of this machine. A file is opened anew for every pass over its records, so `records` may be called
 * again, and an opened file holds nothing open.
 */
export function createCsvSource(): RecordSource {
  return { open: openCsv };
}

async function openCsv(path: string, signal: AbortSignal): Promise<OpenedFile> {
  const name = basename(path);
  return await translated(path, name, signal, async () => {
    signal.throwIfAborted();
    const stats = await stat(path);
    if (stats.isDirectory()) throw isDirectory(name);
    if (!stats.isFile()) throw noRegularFile(name);
    const file = { path, name, bytes: stats.size, dialect: PLAIN_DIALECT };
    const header = await readHeader(file, signal);
    return {
      path,
      name,
      bytes: file.bytes,
      encoding: file.dialect.encoding,
      delimiter: file.dialect.delimiter,
      header,
      records: (batchRows, recordsSignal) => readBatches(file, header, batchRows, recordsSignal),
    };
  });
}

interface CsvFile {
  path: string;
  name: string;
  bytes: number;
  dialect: CsvDialect;
}

async function readHeader(file: CsvFile, signal: AbortSignal): Promise<readonly string[]> {
  for await (const { records } of rawRecords(textOf(file, signal))) {
    const [first] = records;
    if (!first) continue;
    if (first.fault !== null) throw damagedHeader(file.name, first.line);
    return parseRecords([first], file.dialect)[0] ?? [];
  }
  throw empty(file.name);
}

async function* readBatches(
  file: CsvFile,
  header: readonly string[],
  batchRows: number,
  signal: AbortSignal,
): AsyncGenerator<SourceBatch> {
  const checkHeader = (found: readonly string[]) => {
    const same = found.length === header.length && found.every((cell, index) => cell === header[index]);
    if (!same) throw changedWhileRead(file.name);
  };
  const text = textOf(file, signal);
  const batches = sourceBatches(text, batchRows, checkHeader);
  try {
    for (;;) {
      signal.throwIfAborted();
      const next = await translated(file.path, file.name, signal, () => batches.next());
      if (next.done) break;
      yield next.value;
    }
  } finally {
    // A consumer that stops early must not leave the file open.
    await batches.return(undefined);
  }
  if (text.bytesRead() !== file.bytes) throw changedWhileRead(file.name);
}

function textOf(file: CsvFile, signal: AbortSignal) {
  let bytesRead = 0;
  // Opened at the first read: a stream that nobody listens to yet would throw its error at the process.
  async function* chunks(): AsyncGenerator<Uint8Array> {
    signal.throwIfAborted();
    for await (const chunk of createReadStream(file.path, { highWaterMark: CHUNK_BYTES, signal })) {
      bytesRead += chunk.length;
      yield chunk;
    }
  }
  return { chunks: chunks(), fileName: file.name, dialect: file.dialect, bytesRead: () => bytesRead };
}

async function translated<T>(
  path: string,
  name: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    // An aborted stream reports an error of its own; the caller asked with this reason.
    if (signal.aborted) throw signal.reason;
    throw fileError(thrown, path, name);
  }
}
