import { closeSync, openSync, readSync } from 'node:fs';
import type { SourceRecord } from '../../../shared/records/types.ts';
import type { FileCopy } from '../../engine/file-port.ts';
import { parseRecords, type RecordBlock } from './parse-records.ts';
import { ENTRY_BYTES, entriesView, entryStart, readEntry } from './record-index.ts';

/** Records that lie near each other are read at once, up to this many bytes … */
const RUN_BYTES = 2 * 1024 * 1024;
/** … where no more than this lies between two of them. */
const GAP_BYTES = 4 * 1024;
const INDEX_BYTES = 64 * 1024;

/**
 * Reads records of a UTF-8 copy by their number. Synchronous: the copy was written a moment ago and lies in
 * memory, and threads that check have nothing else to do. Rows count from 1 and must be in the index.
 */
export interface CopyReader {
  records(from: number, count: number): SourceRecord[];
  /** The same, taken apart `blockRows` at a time. */
  blocks(from: number, count: number, blockRows: number): Iterable<RecordBlock>;
  /** Ascending rows, each once. */
  pick(rows: ArrayLike<number>): SourceRecord[];
  pickBlocks(rows: ArrayLike<number>, blockRows: number): Iterable<RecordBlock>;
  lines(rows: readonly number[]): number[];
  close(): void;
}

export function openCopy(copy: FileCopy): CopyReader {
  const data = openSync(copy.copyPath, 'r');
  const index = openSync(copy.indexPath, 'r');

  /** The records of these entries, which ascend, in blocks; `rowOf(i)` is the number of the i-th. */
  function* blocksOf(
    entries: Uint8Array,
    blockRows: number,
    rowOf: (i: number) => number,
  ): Generator<RecordBlock> {
    const view = entriesView(entries);
    const total = Math.floor(entries.length / ENTRY_BYTES);
    let at = 0;
    while (at < total) {
      const runStart = entryStart(view, at);
      const until = endOfRun(view, at, total);
      const bytes = read(data, runStart, entryEnd(view, until - 1) - runStart);
      for (; at < until; at += blockRows) {
        const end = Math.min(until, at + blockRows);
        const first = at;
        const from = entryStart(view, first);
        yield parseRecords(
          bytes.subarray(from - runStart, entryEnd(view, end - 1) - runStart),
          from,
          entries.subarray(first * ENTRY_BYTES, end * ENTRY_BYTES),
          copy,
          (i) => rowOf(first + i),
        );
      }
      at = until;
    }
  }
  const all = (entries: Uint8Array, rowOf: (i: number) => number): SourceRecord[] =>
    [...blocksOf(entries, Number.MAX_SAFE_INTEGER, rowOf)].flatMap(({ records }) => records);
  const entriesFrom = (from: number, count: number): Uint8Array =>
    read(index, (from - 1) * ENTRY_BYTES, count * ENTRY_BYTES);

  return {
    records: (from, count) => all(entriesFrom(from, count), (i) => from + i),
    blocks: (from, count, blockRows) => blocksOf(entriesFrom(from, count), blockRows, (i) => from + i),
    pick: (rows) => all(pickEntries(index, rows), (i) => rows[i] ?? 0),
    pickBlocks: (rows, blockRows) => blocksOf(pickEntries(index, rows), blockRows, (i) => rows[i] ?? 0),
    lines(rows) {
      const ascending = [...new Set(rows)].sort((a, b) => a - b);
      const view = entriesView(pickEntries(index, ascending));
      const lineOf = new Map(ascending.map((row, i) => [row, readEntry(view, i).line]));
      return rows.map((row) => lineOf.get(row) ?? 0);
    },
    close() {
      closeSync(data);
      closeSync(index);
    },
  };
}

function entryEnd(view: DataView, index: number): number {
  return entryStart(view, index) + view.getUint32(index * ENTRY_BYTES + 8, true);
}

/** Behind the last entry that is read together with entry `first`. */
function endOfRun(view: DataView, first: number, total: number): number {
  const start = entryStart(view, first);
  let end = entryEnd(view, first);
  let until = first + 1;
  for (; until < total; until += 1) {
    const nextEnd = entryEnd(view, until);
    if (entryStart(view, until) - end > GAP_BYTES || nextEnd - start > RUN_BYTES) break;
    end = nextEnd;
  }
  return until;
}

/** Index entries of these rows, which ascend; entries that lie near each other are read at once. */
function pickEntries(index: number, rows: ArrayLike<number>): Uint8Array {
  const picked = new Uint8Array(rows.length * ENTRY_BYTES);
  const windowRows = INDEX_BYTES / ENTRY_BYTES;
  const last = rows[rows.length - 1] ?? 0;
  let windowFrom = 0;
  let entries: Uint8Array = new Uint8Array(0);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i] ?? 0;
    const inWindow = row >= windowFrom && (row - windowFrom + 1) * ENTRY_BYTES <= entries.length;
    if (!inWindow) {
      windowFrom = row;
      entries = read(index, (row - 1) * ENTRY_BYTES, Math.min(windowRows, last - row + 1) * ENTRY_BYTES);
    }
    const at = (row - windowFrom) * ENTRY_BYTES;
    picked.set(entries.subarray(at, at + ENTRY_BYTES), i * ENTRY_BYTES);
  }
  return picked;
}

/** As many of `length` bytes at `offset` as the file has. */
function read(fd: number, offset: number, length: number): Uint8Array {
  const bytes = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const got = readSync(fd, bytes, filled, length - filled, offset + filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}
