import { withEdit } from '../../shared/records/row-edits.ts';
import type { SourceRecord } from '../../shared/records/types.ts';
import { createTurns } from '../../shared/turns.ts';
import { findingsAfter } from './apply-edits.ts';
import type { CheckedFile } from './check-file.ts';
import { effectiveChanges, SKIPPED, type TypedCell } from './effective-changes.ts';
import type { CheckContext } from './load-context.ts';
import type { IdLookup } from './references.ts';
import { type CellChange, type OperationCommit, SKIP_POSITION } from './workspace-port.ts';

/** A new text for one cell. */
export interface CellEdit extends TypedCell {
  fileNo: number;
}

/** A row as a person sees it. */
export interface SessionRow extends SourceRecord {
  /** ROW_STATE bits. */
  state: number;
  /** Cells that differ from the file, with the file's text. */
  edited: readonly { position: number; original: string }[];
}

export interface EditSession {
  readonly files: readonly CheckedFile[];
  /** Rows `from` (from 1) and following with their edits; fewer at the end of the file. */
  page(fileNo: number, from: number, count: number): Promise<SessionRow[]>;
  /**
   * Makes the edits one operation. Edits that change nothing are left out; null where none is left. Throws
   * RangeError for a row or cell that the file does not have; then nothing is changed.
   */
  edit(label: string, edits: readonly CellEdit[]): Promise<EditOutcome | null>;
  /** Leaves rows out of the load, or takes them back in. */
  skip(label: string, fileNo: number, rows: readonly number[], skipped: boolean): Promise<EditOutcome | null>;
  /** The last operation that is not undone; null where there is none. */
  undo(): Promise<EditOutcome | null>;
  redo(): Promise<EditOutcome | null>;
  /**
   * Checks rows (ascending, each once) anew as they are, with all that hangs on them: what was found in them from
   * outside is forgotten. No operation, nothing to undo.
   */
  recheck(fileNo: number, rows: readonly number[]): Promise<void>;
}

export interface EditOutcome {
  label: string;
  /** Cells that changed. */
  cells: number;
  /** Rows that were checked again, dependents included. */
  rows: number;
}

/**
 * Edits over the checked files of one load; files may join and leave between operations, and so may the database
 * that `lookup` asks. Every change is checked at once, with all that hangs on it, and is in the workspace, journal
 * included, before the promise resolves; operations run one after the other. What an operation changed in a file
 * that has left is not turned any more.
 */
export function createEditSession(
  context: CheckContext,
  files: readonly CheckedFile[],
  lookup: () => IdLookup | null,
): EditSession {
  const { ports, loadId, signals } = context;
  const { workspace } = ports;
  const turns = createTurns();
  /** Whether the facts in memory may be those of an operation that failed half-way. */
  let torn = false;
  const mend = async (): Promise<void> => {
    await restoreFacts(context, files);
    torn = false;
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    turns(async () => {
      if (torn) await mend();
      return work();
    });

  const orMend = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (thrown) {
      // What is written stands. Where it cannot be read back now, the next operation begins with that.
      torn = true;
      await mend().catch(() => undefined);
      throw thrown;
    }
  };
  const commit = (
    changes: readonly CellChange[],
    label: string,
    operation: OperationCommit['operation'],
  ): Promise<EditOutcome> =>
    orMend(async () => {
      const findings = await findingsAfter(context, files, changes, lookup());
      await workspace.commitOperation(loadId, { operation, changes, findings }, signals.abort);
      const rows = findings.reduce(
        (n, { replaced }) => n + new Set(replaced.flatMap((one) => one.rows)).size,
        0,
      );
      return { label, cells: changes.length, rows };
    });
  const recheck = (fileNo: number, rows: readonly number[]): Promise<void> =>
    orMend(async () => {
      const held = context.edits(fileNo, rows[0] ?? 0, rows.at(-1) ?? 0);
      const changes = rows.map((row): CellChange => {
        const text = held.get(row)?.skipped === true ? SKIPPED : null;
        return { fileNo, row, position: SKIP_POSITION, before: text, after: text };
      });
      const findings = await findingsAfter(context, files, changes, lookup());
      await workspace.replaceFindings(loadId, findings, signals.abort);
    });
  const apply = async (label: string, edits: readonly CellEdit[]): Promise<EditOutcome | null> => {
    const changes: CellChange[] = [];
    for (const [fileNo, own] of Map.groupBy(edits, (edit) => edit.fileNo))
      for (const change of await effectiveChanges(context, fileOf(files, fileNo), own)) changes.push(change);
    return changes.length === 0 ? null : commit(changes, label, { kind: 'new', label });
  };
  const turn = (direction: 'undo' | 'redo') =>
    inTurn(async () => {
      const next = await workspace.nextOperation(loadId, direction, signals.abort);
      if (next === null) return null;
      const known = new Set(files.map(({ fileNo }) => fileNo));
      const own = next.changes.filter(({ fileNo }) => known.has(fileNo));
      if (direction === 'undo') turnRound(own);
      return commit(own, next.label, { kind: direction, operationNo: next.operationNo });
    });

  return {
    files,
    page: (fileNo, from, count) => pageOf(context, fileOf(files, fileNo), from, count),
    edit: (label, edits) => inTurn(() => apply(label, edits)),
    skip: (label, fileNo, rows, skipped) =>
      inTurn(() =>
        apply(
          label,
          rows.map((row) => ({ fileNo, row, position: SKIP_POSITION, text: skipped ? SKIPPED : null })),
        ),
      ),
    undo: () => turn('undo'),
    redo: () => turn('redo'),
    recheck: (fileNo, rows) => inTurn(() => recheck(fileNo, rows)),
  };
}

export async function restoreFacts(context: CheckContext, files: readonly CheckedFile[]): Promise<void> {
  const { ports, loadId, signals } = context;
  for (const { fileNo, facts } of files)
    facts.restore(await ports.workspace.facts(loadId, fileNo, signals.abort), facts.rows);
}

/** In place: there may be a hundred thousand. */
function turnRound(changes: readonly CellChange[]): void {
  for (const change of changes) {
    const { before, after } = change;
    change.before = after;
    change.after = before;
  }
}

async function pageOf(
  context: CheckContext,
  file: CheckedFile,
  from: number,
  count: number,
): Promise<SessionRow[]> {
  const records = await file.opened.page(from, count, context.signals.abort);
  const edits = context.edits(file.fileNo, from, from + count - 1);
  return records.map((record) => {
    const edit = edits.get(record.row);
    const edited = [...(edit?.cells.keys() ?? [])].map((position) => ({
      position,
      original: record.cells[position] ?? '',
    }));
    return { ...withEdit(record, edit), state: file.facts.state(record.row), edited };
  });
}

function fileOf(files: readonly CheckedFile[], fileNo: number): CheckedFile {
  const file = files.find((candidate) => candidate.fileNo === fileNo);
  if (file === undefined) throw new RangeError(`The load has no file ${fileNo}.`);
  return file;
}
