import type { CheckedRow, RowIssue } from '../../shared/records/types.ts';
import type { Staging } from './database-port.ts';
import { type CheckContext, throwIfStopped, timedStep } from './load-context.ts';
import type { FileReport } from './load-report.ts';
import type { MappedFile } from './open-files.ts';
import { createRepeatedKeys } from './repeated-keys.ts';

/** Records a reader hands over at once: large enough to amortise a call, small enough to stop quickly. */
const READ_BATCH_ROWS = 1_000;

export interface StagedFile {
  report: FileReport;
  /** First chunk number that the next file may use. */
  nextChunkNo: number;
  checkMs: number;
  stageMs: number;
}

/**
 * Checks one file record by record and stages what is accepted, chunk by chunk. Issues and rejected rows go
 * to the workspace; nothing that a file can hold stops the rest of it.
 */
export async function stageFile(
  context: CheckContext,
  staging: Staging,
  file: MappedFile,
  firstChunkNo: number,
): Promise<StagedFile> {
  const { ports, signals, tuning, loadId } = context;
  const { fileNo, opened, mapping } = file;
  const report = emptyFileReport(file);
  const repeated = createRepeatedKeys(mapping.type);
  const superseded: RowIssue[] = [];
  let chunkNo = firstChunkNo;
  let pending: CheckedRow[] = [];
  let stageMs = 0;

  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const startedMs = ports.clock.monotonicMs();
    await staging.add(fileNo, chunkNo, pending, signals.abort);
    stageMs += ports.clock.monotonicMs() - startedMs;
    chunkNo += 1;
    pending = [];
  };

  await ports.workspace.addIssues(loadId, fileNo, mapping.issues, signals.abort);
  report.warnings += mapping.issues.length;

  const { ms } = await timedStep(
    context,
    'check',
    { file: opened.name, total: opened.bytes, unit: 'bytes' },
    async () => {
      for await (const batch of opened.records(READ_BATCH_ROWS, signals.abort)) {
        throwIfStopped(context);
        const checked = await ports.checker.check(mapping, batch.records, signals.abort);
        report.rows += batch.records.length;
        report.rejected += checked.rejected.length;
        report.isbnZerosRestored += checked.isbnZerosRestored;
        report.warnings += checked.issues.filter((issue) => issue.severity === 'warning').length;
        if (checked.issues.length > 0)
          await ports.workspace.addIssues(loadId, fileNo, checked.issues, signals.abort);
        if (checked.rejected.length > 0)
          await ports.workspace.addRejected(
            loadId,
            checked.rejected.map((row) => ({ fileNo, ...row })),
            signals.abort,
          );
        for (const row of checked.accepted) {
          const issue = repeated.see(row.key, row);
          if (issue !== null) superseded.push(issue);
          pending.push(row);
          if (pending.length >= tuning.chunkRows) await flush();
        }
        context.emit({
          kind: 'step-progress',
          loadId,
          step: 'check',
          file: opened.name,
          done: batch.bytesRead,
          total: opened.bytes,
        });
      }
      await flush();
      await takeOut(context, staging, fileNo, superseded);
    },
  );
  report.rejected += superseded.length;
  report.accepted = report.rows - report.rejected;
  return { report, nextChunkNo: chunkNo, checkMs: ms - stageMs, stageMs };
}

/** Moves the earlier rows of repeated keys from staging to the rejects, with their own cells. */
async function takeOut(
  context: CheckContext,
  staging: Staging,
  fileNo: number,
  issues: readonly RowIssue[],
): Promise<void> {
  if (issues.length === 0) return;
  const { ports, signals, loadId } = context;
  const byRow = new Map(issues.map((issue) => [issue.row, issue]));
  const removed = await staging.remove(
    issues.map((issue) => ({ fileNo, row: issue.row })),
    signals.abort,
  );
  await ports.workspace.addIssues(loadId, fileNo, issues, signals.abort);
  await ports.workspace.addRejected(
    loadId,
    removed.map((row) => {
      const issue = byRow.get(row.row);
      return { ...row, issues: issue === undefined ? [] : [issue] };
    }),
    signals.abort,
  );
}

function emptyFileReport({ opened, mapping }: MappedFile): FileReport {
  return {
    path: opened.path,
    type: mapping.type,
    rows: 0,
    accepted: 0,
    rejected: 0,
    warnings: 0,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    rejectsFile: null,
    isbnZerosRestored: 0,
  };
}
