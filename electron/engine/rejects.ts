import { reportOf, toAppError } from '../../shared/errors.ts';
import type { RejectedRow } from '../../shared/records/types.ts';
import type { LoadFile } from './database-port.ts';
import type { LoadContext } from './load-context.ts';
import type { LoadReport } from './load-report.ts';

/** Rejected rows handed to the workspace at once. */
const COPY_BATCH_ROWS = 500;

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
      if (batch.length >= COPY_BATCH_ROWS) await flush();
    }
    if (batch.length > 0) await flush();
  }
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
  const { ports, signals, loadId } = context;
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
          rows: ports.workspace.rejected(loadId, file.fileNo, signals.abort),
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
