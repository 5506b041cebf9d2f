import type { SourceRecord } from '../../shared/records/types.ts';

/** What a person said about how a file is to be read; null: found out. */
export interface FileReading {
  /** WHATWG label. */
  encoding: string | null;
  delimiter: string | null;
  /** Sheet of a workbook. */
  sheet: string | null;
  /** False: the first line is a record already, and columns are called `Column 1`, `Column 2` … */
  header: boolean;
}

export const AS_FOUND: FileReading = { encoding: null, delimiter: null, sheet: null, header: true };

export interface OpenRequest {
  /** The load or check in whose workspace the file is copied. */
  loadId: string;
  /** Tells the files of a load apart: their place in the order in which they were named. */
  key: number;
  path: string;
  reading: FileReading;
}

/**
 * Files as loads work with them: each is copied into the workspace as UTF-8 while it is read, so that what
 * happens to the original afterwards changes nothing.
 */
export interface FileStore {
  /**
   * Resolves as soon as the header and the first records are known; the rest is copied in the background.
   * Throws AppError `file.*`, workspace.failed.
   */
  open(request: OpenRequest, signal: AbortSignal): Promise<OpenedFile>;
  /** A file whose copy is whole already, after a restart; null where there is none. */
  reopen(loadId: string, key: number, signal: AbortSignal): Promise<OpenedFile | null>;
  /** Deletes the copy of a closed file. Idempotent. */
  remove(loadId: string, key: number): Promise<void>;
}

export interface OpenedFile {
  readonly key: number;
  readonly path: string;
  /** Last part of the path, as people call the file. */
  readonly name: string;
  /** Size of the original. */
  readonly bytes: number;
  readonly delimiter: string;
  /** The sheet that was read and all there are; null for a file that is no workbook. */
  readonly workbook: { sheet: string; sheets: readonly string[] } | null;
  readonly header: readonly string[];
  /** Line of the header in the original; 0 where it has none. */
  readonly headerLine: number;
  /** Cells of the first records, at most 500: enough to tell what the columns hold. */
  readonly sample: readonly (readonly string[])[];
  /** Where the copy lies; for the adapter that checks it. */
  readonly copy: FileCopy;
  /** What is known so far; the encoding can still turn out to be another one until the file is whole. */
  reading(): FileProgress;
  /** Resolves once more than `rows` records can be read, or the file has ended. Throws what broke the reading. */
  ready(rows: number, signal: AbortSignal): Promise<FileProgress>;
  /** Records `from` (from 1) and following, as they stand in the file: at most `count`, fewer at its end. */
  page(from: number, count: number, signal: AbortSignal): Promise<SourceRecord[]>;
  /** These records (ascending, each once), as they stand in the file. */
  pick(rows: readonly number[], signal: AbortSignal): Promise<SourceRecord[]>;
  /** First lines of these records, in the same order. */
  lines(rows: readonly number[], signal: AbortSignal): Promise<number[]>;
  /** Stops reading and lets go of the copy; the copy itself stays. */
  close(): Promise<void>;
}

export interface FileProgress {
  /** Records that can be read. */
  rows: number;
  bytesRead: number;
  ended: boolean;
  encoding: string;
  /** False where the encoding was inferred from bytes that are no UTF-8. */
  encodingSure: boolean;
  /** Characters that no reading could recover; each became U+FFFD. */
  lostCharacters: number;
}

/** A UTF-8 copy and its index of record starts (16 bytes a record). Plain data: it crosses threads. */
export interface FileCopy {
  copyPath: string;
  indexPath: string;
  delimiter: string;
  quote: string;
  newline: '\n' | '\r';
}
