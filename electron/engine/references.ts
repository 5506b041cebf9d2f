import type { RowIssue } from '../../shared/records/types.ts';
import type { MissingReference, Staging } from './database-port.ts';
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
        issues: referenceIssues({ row, line }, reference),
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

function referenceIssues(
  place: { row: number; line: number },
  reference: Pick<MissingReference, 'studentId' | 'bookId' | 'missingStudent' | 'missingBook'>,
): RowIssue[] {
  const issues: RowIssue[] = [];
  if (reference.missingStudent) issues.push(missingIssue(place, 'student', reference.studentId));
  if (reference.missingBook) issues.push(missingIssue(place, 'book', reference.bookId));
  return issues;
}

function missingIssue(place: { row: number; line: number }, what: 'student' | 'book', id: string): RowIssue {
  return {
    ...place,
    column: `${what}_id`,
    code: `reference.missing-${what}`,
    severity: 'error',
    value: id,
    message: `There is no ${what} ${id}, neither in the database nor among the accepted rows of this load. Load the ${what} first, or correct the id.`,
    suggestion: null,
  };
}
