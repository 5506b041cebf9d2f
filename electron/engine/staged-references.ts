import { missingReferenceIssues } from '../../shared/records/references.ts';
import type { Staging } from './database-port.ts';
import type { CheckContext } from './load-context.ts';
import type { FileReport } from './load-report.ts';

/**
 * Takes out of staging the checkouts whose book or student is neither in the database nor in this load, and
 * moves them from accepted to rejected in the files' reports. The database has the last word: it sees what
 * other loads have written meanwhile.
 */
export async function rejectMissingReferences(
  context: CheckContext,
  staging: Staging,
  files: readonly FileReport[],
): Promise<void> {
  const { ports, signals, loadId } = context;
  const missing = await staging.removeMissingReferences(signals.abort);
  for (const [fileNo, rows] of Map.groupBy(missing, (row) => row.fileNo)) {
    const issues = rows
      .toSorted((a, b) => a.row - b.row)
      .flatMap(({ row, line, studentId, bookId, missingStudent, missingBook }) =>
        missingReferenceIssues({ studentId, bookId, missingStudent, missingBook, databaseAsked: true }).map(
          (issue) => ({ row, line, ...issue }),
        ),
      );
    await ports.workspace.addIssues(loadId, fileNo, issues, signals.abort);
    const report = files[fileNo];
    if (report === undefined) continue;
    report.rejected += rows.length;
    report.accepted -= rows.length;
  }
}
