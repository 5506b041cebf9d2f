import { reportOf, toAppError } from '../../shared/errors.ts';
import { withEdit } from '../../shared/records/row-edits.ts';
import type { RejectedRow, RowIssue } from '../../shared/records/types.ts';
import type { LoadFile } from './database-port.ts';
import type { OpenedFile } from './file-port.ts';
import type { CheckContext, LoadContext } from './load-context.ts';
import type { LoadReport } from './load-report.ts';
import { closeFiles } from './open-files.ts';

/** Rejected rows handled at once. */
const BATCH_ROWS = 500;

/** Rows that the database refused at commit, brought beside those that the check rejected. */
export async function collectCommitRejects(context: LoadContext, files: readonly LoadFile[]): Promise<void> {
  const { ports, signals, loadId } = context;
  for (const { fileNo } of files) {
    let batch: RejectedRow[] = [];
    const flush = async (): Promise<void> => {
      await ports.workspace.addRejected(loadId, batch, signals.abort);
      await ports.workspace.addIssues(
        loadId,
        fileNo,
        batch.flatMap((row) => row.issues),
        signals.abort,
      );
      batch = [];
    };
    for await (const row of ports.database.commits.rejected(loadId, fileNo, signals.abort)) {
      batch.push(row);
      if (batch.length >= BATCH_ROWS) await flush();
    }
    if (batch.length > 0) await flush();
  }
}

/**
 * Every rejected row of a file in row order, with its cells as the check saw them and its errors. Cells come
 * from the file's copy where this machine has it, else from what was kept of them.
 */
export async function* rejectedRows(context: LoadContext, fileNo: number): AsyncGenerator<RejectedRow> {
  const { ports, signals, loadId } = context;
  const file = context.opened.get(fileNo);
  if (file === undefined) yield* ports.workspace.refused(loadId, fileNo, signals.abort);
  else yield* rowsRejected(context, fileNo, file);
}

/** The same of a file whose copy is here. */
export async function* rowsRejected(
  context: CheckContext,
  fileNo: number,
  file: OpenedFile,
): AsyncGenerator<RejectedRow> {
  const { ports, signals, loadId } = context;
  const { workspace } = ports;
  let after = 0;
  for (;;) {
    const rows = await workspace.rowsWithErrors(loadId, fileNo, after, BATCH_ROWS, signals.abort);
    const first = rows[0];
    const last = rows.at(-1);
    if (first === undefined || last === undefined) return;
    after = last;
    const errors = Map.groupBy(await errorsBetween(context, fileNo, first, last), (issue) => issue.row);
    const edits = context.edits(fileNo, first, last);
    for (const original of await file.pick(rows, signals.abort)) {
      const { row, line, cells } = withEdit(original, edits.get(original.row));
      yield { fileNo, row, line, cells, issues: errors.get(row) ?? [] };
    }
  }
}

/** Errors only: between two rejected rows there may be a hundred thousand that only carry a warning. */
export async function errorsBetween(
  { ports, signals, loadId }: CheckContext,
  fileNo: number,
  fromRow: number,
  toRow: number,
): Promise<RowIssue[]> {
  const page = { offset: 0, limit: Number.MAX_SAFE_INTEGER, severity: 'error', fromRow, toRow } as const;
  return ports.workspace.issues(loadId, fileNo, page, signals.abort);
}

/** Keeps the cells of rejected rows, which can still be mended, and lets the copies of whole files go. */
export async function keepRejectedOnly(context: LoadContext, files: readonly LoadFile[]): Promise<void> {
  const { ports, signals, loadId } = context;
  for (const { fileNo } of files) {
    let batch: RejectedRow[] = [];
    for await (const row of rejectedRows(context, fileNo)) {
      batch.push(row);
      if (batch.length < BATCH_ROWS) continue;
      await ports.workspace.addRejected(loadId, batch, signals.abort);
      batch = [];
    }
    await ports.workspace.addRejected(loadId, batch, signals.abort);
  }
  // Closed first: what is still being noted about a copy would come back after it is gone.
  await closeFiles([...context.opened.values()]);
  await ports.workspace.dropCopies(loadId, signals.abort);
}

/**
 * Writes each file's rejected rows into `dir` and notes the paths in the report. A folder that cannot be
 * written is a problem of the report, not the end of a load that went through.
 */
export async function writeRejects(
  context: LoadContext,
  files: readonly LoadFile[],
  dir: string | null,
  report: LoadReport,
): Promise<void> {
  if (dir === null) return;
  const { ports, signals } = context;
  const seen = new Map<string, number>();
  for (const file of files) {
    const sameNameBefore = seen.get(file.name) ?? 0;
    seen.set(file.name, sameNameBefore + 1);
    try {
      const path = await ports.rejects.write(
        {
          dir,
          name: file.name,
          sameNameBefore,
          header: file.header,
          rows: rejectedRows(context, file.fileNo),
        },
        signals.abort,
      );
      const fileReport = report.files[file.fileNo];
      if (fileReport !== undefined) fileReport.rejectsFile = path;
    } catch (thrown) {
      report.problems.push(reportOf(toAppError(thrown)));
    }
  }
}
