import { statSync } from 'node:fs';
import { cellChange } from '../../../shared/records/cell-change.ts';
import { type CheckRecord, recordCheck } from '../../../shared/records/check.ts';
import { withEdit } from '../../../shared/records/row-edits.ts';
import type { TextHasher } from '../../../shared/records/types.ts';
import type { ChangedCells } from '../../engine/checker-port.ts';
import type { FileCopy } from '../../engine/file-port.ts';
import { type CopyReader, openCopy } from '../csv/copy-reader.ts';
import type { CheckTask, ResultOf } from './check-messages.ts';
import { BLOCK_ROWS, checkPicked, checkRange, NO_HASHES } from './check-rows.ts';

type RangeTask = Extract<CheckTask, { kind: 'range' }>;

/** More copies than a term has files are not kept open, … */
const OPEN_COPIES = 8;
/** … and none for longer than this without a task: what was deleted meanwhile takes its room until then. */
const IDLE_MS = 5_000;
/** Cells of a range that are shown before and after. */
const EXAMPLES = 20;

/** Does tasks one after the other, on whichever thread it lives, and keeps the copies it reads open. */
export interface TaskRunner {
  run(task: CheckTask): ResultOf[CheckTask['kind']];
  close(): void;
}

export function createTaskRunner(hasher: TextHasher, idleMs = IDLE_MS): TaskRunner {
  const readers = new Map<string, CopyReader>();
  let idle: ReturnType<typeof setTimeout> | undefined;
  const closeAll = (): void => {
    clearTimeout(idle);
    idle = undefined;
    for (const reader of readers.values()) reader.close();
    readers.clear();
  };
  const readerOf = (copy: FileCopy): CopyReader => {
    // A file can be read anew in another way: then its copy is another one at the same path.
    const key = JSON.stringify([copy, statSync(copy.copyPath, { bigint: true }).ino.toString()]);
    const known = readers.get(key);
    if (known !== undefined) return known;
    for (const [other, reader] of readers) {
      if (readers.size < OPEN_COPIES) break;
      reader.close();
      readers.delete(other);
    }
    const reader = openCopy(copy);
    readers.set(key, reader);
    return reader;
  };
  /** Coercers remember what they read: they are kept from one range to the next. */
  let prepared: { mappingNo: number; todayMs: number; keepRows: boolean; check: CheckRecord } | null = null;
  const rangeCheck = ({ mapping, mappingNo, todayMs, keepRows }: RangeTask): CheckRecord => {
    if (
      prepared === null ||
      prepared.mappingNo !== mappingNo ||
      prepared.todayMs !== todayMs ||
      prepared.keepRows !== keepRows
    ) {
      const check = recordCheck(mapping, keepRows ? hasher : NO_HASHES, new Date(todayMs));
      prepared = { mappingNo, todayMs, keepRows, check };
    }
    return prepared.check;
  };
  return {
    run(task) {
      const reader = readerOf(task.copy);
      // Thousands of tasks follow each other: a new timer for each of them is not needed.
      if (idle === undefined) idle = setTimeout(closeAll, idleMs).unref();
      else idle.refresh();
      switch (task.kind) {
        case 'range':
          return checkRange(reader, task.mapping, task, { hasher, check: rangeCheck(task) });
        case 'picked':
          return checkPicked(
            reader,
            task.mapping,
            task,
            recordCheck(task.mapping, NO_HASHES, new Date(task.todayMs)),
          );
        case 'changes':
          return changedCells(reader, task);
      }
    },
    close: closeAll,
  };
}

function changedCells(
  reader: CopyReader,
  { position, rule, from, count, edits }: Extract<CheckTask, { kind: 'changes' }>,
): ChangedCells {
  const change = cellChange(rule);
  const rows: number[] = [];
  const after: string[] = [];
  const before: string[] = [];
  for (const { records } of reader.blocks(from, count, BLOCK_ROWS))
    for (const original of records) {
      const edit = edits.get(original.row);
      const record = withEdit(original, edit);
      const cell = record.cells[position];
      if (record.fault !== null || edit?.skipped === true || cell === undefined) continue;
      const text = change(cell);
      if (text === null) continue;
      rows.push(record.row);
      after.push(text);
      if (before.length < EXAMPLES) before.push(cell);
    }
  return { rows: Uint32Array.from(rows), after, before };
}
