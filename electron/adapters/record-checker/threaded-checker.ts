import type { RowEdits } from '../../../shared/records/row-edits.ts';
import type { ColumnMapping, TextHasher } from '../../../shared/records/types.ts';
import type { CheckedRange, Rechecked, RecordChecker } from '../../engine/checker-port.ts';
import type { OpenedFile } from '../../engine/file-port.ts';
import type { Clock } from '../../engine/ports.ts';
import type { CheckTask, ResultOf } from './check-messages.ts';
import { createTaskRunner, type TaskRunner } from './run-task.ts';
import { createThreadPool } from './thread-pool.ts';

/** Rows of one task: large enough that a message costs nothing, small enough that results come steadily. */
const RANGE_ROWS = 4_096;
const RANGE_BYTES = 8 * 1024 * 1024;
/** So few rows are checked before a thread would have started or a message gone to and fro; and files are not larger. */
const INLINE_ROWS = 4_096;
const INLINE_BYTES = 1024 * 1024;
/** Tasks a thread has in hand: one it works on and one it goes on with. */
const TASKS_A_THREAD = 2;

type Run = <K extends CheckTask['kind']>(task: Extract<CheckTask, { kind: K }>) => Promise<ResultOf[K]>;

/** Checks records on `threads` threads; small files on the calling one. */
export function createThreadedChecker(parts: {
  threads: number;
  hasher: TextHasher;
  clock: Pick<Clock, 'now'>;
  /** For tests: how long the calling thread keeps a copy open without a task. */
  idleMs?: number;
}): RecordChecker {
  const pool = createThreadPool(parts.threads);
  const mappingNos = new WeakMap<ColumnMapping, number>();
  let mappings = 0;
  const mappingNoOf = (mapping: ColumnMapping): number => {
    const known = mappingNos.get(mapping);
    if (known !== undefined) return known;
    mappings += 1;
    mappingNos.set(mapping, mappings);
    return mappings;
  };
  const inline: TaskRunner = createTaskRunner(parts.hasher, parts.idleMs);
  const runInline: Run = async (task) => inline.run(task) as never;
  const runThreaded: Run = (task) => pool.run(task);
  const runFor = (rows: number, bytes = 0): Run =>
    rows <= INLINE_ROWS && bytes <= INLINE_BYTES ? runInline : runThreaded;

  return {
    async *check(file, mapping, { keepRows, edits }, signal) {
      const todayMs = parts.clock.now().getTime();
      yield* inOrder(file, runFor, pool.threads * TASKS_A_THREAD, signal, (run, from, count) =>
        run<'range'>({
          kind: 'range',
          copy: file.copy,
          mapping,
          mappingNo: mappingNoOf(mapping),
          from,
          count,
          edits: edits(from, from + count - 1),
          keepRows,
          todayMs,
        }),
      ) as AsyncGenerator<CheckedRange>;
    },
    async recheck(file, mapping, rows, { edits, withIds }, signal) {
      signal.throwIfAborted();
      const todayMs = parts.clock.now().getTime();
      const run = runFor(rows.length);
      const tasks: Promise<Rechecked>[] = [];
      for (let at = 0; at < rows.length; at += RANGE_ROWS) {
        const part = Uint32Array.from(rows.slice(at, at + RANGE_ROWS));
        const own = editsAmong(edits, part);
        const task = {
          kind: 'picked',
          copy: file.copy,
          mapping,
          rows: part,
          edits: own,
          withIds,
          todayMs,
        } as const;
        tasks.push(run<'picked'>(task));
      }
      return joined(await Promise.all(tasks), mapping);
    },
    async *changes(file, position, rule, edits, signal) {
      yield* inOrder(file, runFor, pool.threads * TASKS_A_THREAD, signal, (run, from, count) =>
        run<'changes'>({
          kind: 'changes',
          copy: file.copy,
          position,
          rule,
          from,
          count,
          edits: edits(from, from + count - 1),
        }),
      );
    },
    async close() {
      inline.close();
      await pool.close();
    },
  };
}

/** Runs a task over every range of the file as it becomes readable, and yields the results in row order. */
async function* inOrder<T>(
  file: OpenedFile,
  runFor: (rows: number, bytes: number) => Run,
  most: number,
  signal: AbortSignal,
  task: (run: Run, from: number, count: number) => Promise<T>,
): AsyncGenerator<T> {
  const running: Promise<T>[] = [];
  let done = 0;
  try {
    for (;;) {
      signal.throwIfAborted();
      const progress = await file.ready(done, signal);
      const waiting = progress.rows - done;
      if (waiting === 0 && progress.ended) break;
      const run = runFor(progress.rows, file.bytes);
      const count = Math.min(rowsOfRange(progress), waiting);
      const result = task(run, done + 1, count);
      result.catch(() => undefined);
      running.push(result);
      done += count;
      if (running.length >= most) yield await (running.shift() as Promise<T>);
    }
    while (running.length > 0) {
      signal.throwIfAborted();
      yield await (running.shift() as Promise<T>);
    }
  } finally {
    await Promise.allSettled(running);
  }
}

/** Fewer rows where they are long, so that what a thread holds at once has a bound. */
function rowsOfRange({ rows, bytesRead }: { rows: number; bytesRead: number }): number {
  const fitting = Math.floor((RANGE_BYTES * rows) / Math.max(1, bytesRead));
  return Math.min(RANGE_ROWS, Math.max(1, fitting));
}

/** Only the edits of these rows cross to the thread. */
function editsAmong(edits: RowEdits, rows: Uint32Array): RowEdits {
  if (edits.size === 0) return edits;
  const own = new Map<number, NonNullable<ReturnType<RowEdits['get']>>>();
  for (const row of rows) {
    const edit = edits.get(row);
    if (edit !== undefined) own.set(row, edit);
  }
  return own;
}

function joined(parts: readonly Rechecked[], mapping: ColumnMapping): Rechecked {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const words = (of: (part: Rechecked) => Uint32Array): Uint32Array => {
    const all = new Uint32Array(parts.reduce((n, part) => n + of(part).length, 0));
    let at = 0;
    for (const part of parts) {
      all.set(of(part), at);
      at += of(part).length;
    }
    return all;
  };
  return {
    facts: {
      states: Uint8Array.from(words(({ facts }) => Uint32Array.from(facts.states))),
      keys: words(({ facts }) => facts.keys),
      refs: mapping.type === 'checkouts' ? words(({ facts }) => facts.refs ?? new Uint32Array(0)) : null,
    },
    issues: parts.flatMap(({ issues }) => issues),
    ids: parts.flatMap(({ ids }) => ids),
  };
}
