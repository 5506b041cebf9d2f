import type { RecordType, RowIssue } from '../../../shared/records/types.ts';
import { type CheckPorts, checkFiles } from '../../engine/check.ts';
import type { LoadSignals, LoadTuning } from '../../engine/load-context.ts';
import type { EmitLoadEvent } from '../../engine/load-events.ts';
import type { IssueCount } from '../../engine/ports.ts';

export interface CheckReport {
  checkId: string;
  files: CheckedFileReport[];
}

export interface CheckedFileReport {
  path: string;
  type: RecordType;
  encoding: string;
  delimiter: string;
  rows: number;
  columns: readonly string[];
  accepted: number;
  rejected: number;
  warnings: number;
  issueCounts: readonly IssueCount[];
  /** The first `issueLimit`, errors first where the limit cuts; all of them in row order where it is null. */
  issues: RowIssue[];
}

/** Issues of one file are read in pages of this size when all are asked for. */
const PAGE_ROWS = 5_000;

/** Checks files and forgets the findings once they are reported: nothing stays behind. */
export async function checkAndReport(
  ports: CheckPorts,
  tuning: LoadTuning,
  request: { paths: readonly string[]; type: RecordType | null; issueLimit: number | null },
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<CheckReport> {
  const { checkId, files } = await checkFiles(ports, tuning, request, emit, signals);
  const { workspace } = ports;
  const page = (fileNo: number, offset: number, limit: number, severity: RowIssue['severity'] | null) =>
    workspace.issues(checkId, fileNo, { offset, limit, severity }, signals.abort);
  const allIssues = async (fileNo: number): Promise<RowIssue[]> => {
    const all: RowIssue[] = [];
    for (;;) {
      const more = await page(fileNo, all.length, PAGE_ROWS, null);
      all.push(...more);
      if (more.length < PAGE_ROWS) return all;
    }
  };
  const errorsFirst = async (fileNo: number, limit: number): Promise<RowIssue[]> => {
    const errors = await page(fileNo, 0, limit, 'error');
    return [...errors, ...(await page(fileNo, 0, limit - errors.length, 'warning'))];
  };
  const report: CheckReport = { checkId, files: [] };
  for (const [fileNo, file] of files.entries()) {
    const { path, type, rows, accepted, rejected, warnings } = file.report;
    report.files.push({
      path,
      type,
      encoding: file.encoding,
      delimiter: file.delimiter,
      rows,
      columns: file.columns,
      accepted,
      rejected,
      warnings,
      issueCounts: file.issueCounts,
      issues:
        request.issueLimit === null ? await allIssues(fileNo) : await errorsFirst(fileNo, request.issueLimit),
    });
  }
  await workspace.forget(checkId, signals.abort);
  return report;
}
