import type { RowEdit, RowEdits } from '../../../shared/records/row-edits.ts';
import {
  type CellChange,
  type Operation,
  type OperationCommit,
  SKIP_POSITION,
  type Turn,
} from '../../engine/workspace-port.ts';
import { replaceFindings } from './findings.ts';
import type { LoadDatabase, Run } from './load-database.ts';

const NO_EDITS: RowEdits = new Map();

export function editsOf(database: LoadDatabase, fileNo: number, from: number, to: number): RowEdits {
  if (!database.edited) return NO_EDITS;
  const edits = new Map<number, RowEdit & { cells: Map<number, string> }>();
  const rows = database.rows(
    'SELECT row_no, position, text FROM edits WHERE file_no = ? AND row_no BETWEEN ? AND ?',
    fileNo,
    from,
    to,
  );
  for (const row of rows) {
    const rowNo = Number(row.row_no);
    const position = Number(row.position);
    const known = edits.get(rowNo);
    const edit = known ?? { cells: new Map<number, string>(), skipped: false };
    if (position === SKIP_POSITION) edits.set(rowNo, { ...edit, skipped: true });
    else {
      edit.cells.set(position, String(row.text));
      if (known === undefined) edits.set(rowNo, edit);
    }
  }
  return edits;
}

export function editedRows(database: LoadDatabase, fileNo: number, what: 'cells' | 'skipped'): Uint32Array {
  const positions = what === 'skipped' ? `position = ${SKIP_POSITION}` : `position <> ${SKIP_POSITION}`;
  return database.numbers(
    `SELECT DISTINCT row_no FROM edits WHERE file_no = ? AND ${positions} ORDER BY row_no`,
    fileNo,
  );
}

export function editedCells(database: LoadDatabase, fileNo: number): number {
  const [row] = database.rows(
    `SELECT count(*) AS n FROM edits WHERE file_no = ? AND position <> ${SKIP_POSITION}`,
    fileNo,
  );
  return Number(row?.n ?? 0);
}

/** One transaction: the journal, the edits as they hold now, and every finding that depends on them. */
export function commitOperation(database: LoadDatabase, commit: OperationCommit): void {
  const { operation, changes, findings } = commit;
  database.writeThrough((run) => {
    if (operation.kind === 'new') addOperation(run, operation.label, changes);
    else
      run(
        'UPDATE operations SET state = ? WHERE operation_no = ?',
        operation.kind === 'undo' ? 'undone' : 'done',
        operation.operationNo,
      );
    for (const { fileNo, row, position, after } of changes) {
      if (after === null)
        run('DELETE FROM edits WHERE file_no = ? AND row_no = ? AND position = ?', fileNo, row, position);
      else
        run(
          'INSERT INTO edits VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET text = excluded.text',
          fileNo,
          row,
          position,
          after,
        );
    }
    for (const one of findings) replaceFindings(database, run, one);
  });
}

function addOperation(run: Run, label: string, changes: readonly CellChange[]): void {
  run(
    `DELETE FROM changes WHERE operation_no IN (SELECT operation_no FROM operations WHERE state = 'undone')`,
  );
  run(`DELETE FROM operations WHERE state = 'undone'`);
  run(`INSERT INTO operations SELECT coalesce(max(operation_no), 0) + 1, ?, 'done' FROM operations`, label);
  for (const { fileNo, row, position, before, after } of changes)
    run(
      'INSERT INTO changes SELECT max(operation_no), ?, ?, ?, ?, ? FROM operations',
      fileNo,
      row,
      position,
      before,
      after,
    );
}

/** Of a file that was taken out nothing is left to be turned. */
const TURNABLE = `EXISTS (SELECT 1 FROM changes WHERE changes.operation_no = operations.operation_no)`;
const NEXT_UNDO = `SELECT * FROM operations WHERE state = 'done' AND ${TURNABLE} ORDER BY operation_no DESC LIMIT 1`;
const NEXT_REDO = `SELECT * FROM operations WHERE state = 'undone' AND ${TURNABLE} ORDER BY operation_no LIMIT 1`;

export function nextTurns(database: LoadDatabase): { undo: Turn | null; redo: Turn | null } {
  const turnOf = ([row]: Record<string, unknown>[]): Turn | null => {
    if (row === undefined) return null;
    const { operationNo, label } = operationOf(row);
    const [change] = database.rows('SELECT file_no FROM changes WHERE operation_no = ? LIMIT 1', operationNo);
    return change === undefined ? null : { label, fileNo: Number(change.file_no) };
  };
  return { undo: turnOf(database.rows(NEXT_UNDO)), redo: turnOf(database.rows(NEXT_REDO)) };
}

export function nextOperation(database: LoadDatabase, direction: 'undo' | 'redo'): Operation | null {
  const [row] = database.rows(direction === 'undo' ? NEXT_UNDO : NEXT_REDO);
  if (row === undefined) return null;
  const changes = database.mapped(
    (change): CellChange => ({
      fileNo: Number(change.file_no),
      row: Number(change.row_no),
      position: Number(change.position),
      before: change.before === null ? null : String(change.before),
      after: change.after === null ? null : String(change.after),
    }),
    'SELECT file_no, row_no, position, before, after FROM changes WHERE operation_no = ?',
    Number(row.operation_no),
  );
  return { ...operationOf(row), changes };
}

export function operations(database: LoadDatabase): Omit<Operation, 'changes'>[] {
  return database.rows('SELECT * FROM operations ORDER BY operation_no').map(operationOf);
}

function operationOf(row: Record<string, unknown>): Omit<Operation, 'changes'> {
  return {
    operationNo: Number(row.operation_no),
    label: String(row.label),
    state: row.state === 'undone' ? 'undone' : 'done',
  };
}
