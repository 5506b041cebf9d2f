import { AppError } from '../../../shared/errors.ts';
import { numberedHeader } from '../../../shared/records/headings.ts';
import type { FileCopy, FileProgress, OpenedFile } from '../../engine/file-port.ts';
import { type CopyReader, openCopy } from '../csv/copy-reader.ts';
import type { Progress } from './progress.ts';

/** Records that are looked at to tell what the columns hold. */
export const SAMPLE_ROWS = 500;

/** Of long rows fewer will do. */
const SAMPLE_CHARS = 2 * 1024 * 1024;
const SAMPLE_BLOCK_ROWS = 10;

/** All that is known of a copied file; plain data, kept beside the copy. */
export interface CopiedFile {
  key: number;
  path: string;
  name: string;
  bytes: number;
  workbook: OpenedFile['workbook'];
  /** Empty where the file has none. */
  header: readonly string[];
  /** 0 where the file has none. */
  headerLine: number;
  copy: FileCopy;
  progress: FileProgress;
}

/** A copied file, its first records being in the copy. `close` is called once. */
export function openedFile(copied: CopiedFile, progress: Progress, close: () => Promise<void>): OpenedFile {
  let reader: CopyReader | null = null;
  const open = (): CopyReader => {
    try {
      reader ??= openCopy(copied.copy);
      return reader;
    } catch (cause) {
      throw new AppError({
        code: 'workspace.failed',
        message: `Accession's own copy of ${copied.name} is gone.`,
        hint: 'Open the file again.',
        cause,
      });
    }
  };
  const sample = sampleOf(open, Math.min(SAMPLE_ROWS, progress.now().rows));
  const width = sample.reduce((most, cells) => Math.max(most, cells.length), 0);
  const header = copied.headerLine === 0 ? numberedHeader(width) : copied.header;
  return {
    key: copied.key,
    path: copied.path,
    name: copied.name,
    bytes: copied.bytes,
    delimiter: copied.copy.delimiter,
    workbook: copied.workbook,
    header,
    headerLine: copied.headerLine,
    sample,
    copy: copied.copy,
    reading: () => progress.now(),
    ready: (rows, signal) => progress.beyond(rows, signal),
    async page(from, count, signal) {
      const { rows } = await progress.beyond(from + count - 2, signal);
      const available = Math.min(count, rows - from + 1);
      return available < 1 ? [] : open().records(from, available);
    },
    async lines(rows, signal) {
      signal.throwIfAborted();
      return rows.length === 0 ? [] : open().lines(rows);
    },
    async pick(rows, signal) {
      signal.throwIfAborted();
      return rows.length === 0 ? [] : open().pick(rows);
    },
    async close() {
      reader?.close();
      reader = null;
      await close();
    },
  };
}

function sampleOf(open: () => CopyReader, rows: number): (readonly string[])[] {
  const sample: (readonly string[])[] = [];
  let chars = 0;
  for (let from = 1; from <= rows && chars < SAMPLE_CHARS; from += SAMPLE_BLOCK_ROWS)
    for (const { cells } of open().records(from, Math.min(SAMPLE_BLOCK_ROWS, rows - from + 1))) {
      sample.push(cells);
      for (const cell of cells) chars += cell.length;
    }
  return sample;
}
