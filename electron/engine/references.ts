import { missingReferenceIssues } from '../../shared/records/references.ts';
import type { Staging } from './database-port.ts';
import type { CheckContext } from './load-context.ts';
import type { FileReport } from './load-report.ts';

/**
 * Takes out the checkouts whose book or student is neither in the database nor in this load, and moves them
 * from accepted to rejected in the files' reports.
 */
export async function rejectMissingReferences(
  context: CheckContext,
  staging: Staging,
  files: readonly FileReport[],
): Promise<number> {
  const { ports, signals, loadId } = context;
  const missing = await staging.removeMissingReferences(signals.abort);
  for (const [fileNo, rows] of Map.groupBy(missing, (row) => row.fileNo)) {
    const rejected = rows
      .toSorted((a, b) => a.row - b.row)
      .map(({ fileNo, row, line, cells, ...reference }) => ({
        fileNo,
        row,
        line,
        cells,
        issues: missingReferenceIssues(reference).map((issue) => ({ row, line, ...issue })),
      }));
    await ports.workspace.addRejected(loadId, rejected, signals.abort);
    await ports.workspace.addIssues(
      loadId,
      fileNo,
      rejected.flatMap((row) => row.issues),
      signals.abort,
    );
    const report = files[fileNo];
    if (report === undefined) continue;
    report.rejected += rows.length;
    report.accepted -= rows.length;
  }
  return missing.length;
}
