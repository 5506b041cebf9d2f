import type { DamageFinding } from '../../../shared/damage/finding.ts';
import { type DateOrderQuestion, dateOrderQuestions } from '../../../shared/records/date-order.ts';
import type { SavedMapping } from '../../../shared/records/saved-mapping.ts';
import type { RecordType, RowIssue } from '../../../shared/records/types.ts';
import { checkFiles, damageOf } from '../../engine/check.ts';
import type { CheckedFile } from '../../engine/check-file.ts';
import type { CheckPorts, LoadSignals, LoadTuning } from '../../engine/load-context.ts';
import type { EmitLoadEvent } from '../../engine/load-events.ts';
import { type FilesRequest, rememberMappings, savedMapping } from '../../engine/open-files.ts';
import type { IdLookup } from '../../engine/references.ts';
import type { IssueCount, Workspace } from '../../engine/workspace-port.ts';

export interface CheckReport {
  checkId: string;
  files: CheckedFileReport[];
}

export interface CheckedFileReport {
  path: string;
  type: RecordType;
  encoding: string;
  delimiter: string;
  /** The sheet that was read, and those it was chosen from; null for a file that is no workbook. */
  workbook: { sheet: string; sheets: readonly string[] } | null;
  /** The columns are read as those of an earlier file of this shape were. */
  remembered: boolean;
  /** How its columns were read, to be saved and used again. */
  mapping: SavedMapping;
  /** Columns of dates that wait for somebody to say their order of day and month. */
  dateOrders: readonly DateOrderQuestion[];
  rows: number;
  columns: readonly string[];
  accepted: number;
  rejected: number;
  warnings: number;
  issueCounts: readonly IssueCount[];
  /** What a spreadsheet did to whole columns. */
  damage: readonly DamageFinding[];
  /** The first `issueLimit`, errors first where the limit cuts; all of them in row order where it is null. */
  issues: RowIssue[];
}

export interface CheckRequest extends FilesRequest {
  lookup: IdLookup | null;
  issueLimit: number | null;
}

/** Issues of one file are read in pages of this size when all are asked for. */
const PAGE_ROWS = 5_000;

/** Checks files and forgets the findings once they are reported: nothing stays behind. */
export async function checkAndReport(
  ports: CheckPorts,
  tuning: LoadTuning,
  request: CheckRequest,
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<CheckReport> {
  const checked = await checkFiles(ports, tuning, request, emit, signals);
  const { checkId } = checked;
  try {
    await rememberMappings(ports, checked.files, request, signals.abort);
    const files: CheckedFileReport[] = [];
    for (const file of checked.files)
      files.push({
        ...(await reportOn(ports.workspace, checkId, file, request.issueLimit, signals.abort)),
        mapping: savedMapping(file, request),
      });
    return { checkId, files };
  } finally {
    await checked.close();
    await ports.workspace.forget(checkId, signals.abort);
  }
}

async function reportOn(
  workspace: Workspace,
  checkId: string,
  file: CheckedFile,
  issueLimit: number | null,
  signal: AbortSignal,
): Promise<Omit<CheckedFileReport, 'mapping'>> {
  const { opened, mapping, facts, fileNo, warnings, remembered } = file;
  const { rows, accepted, rejected } = facts.counts();
  return {
    path: opened.path,
    type: mapping.type,
    encoding: opened.reading().encoding,
    delimiter: opened.delimiter,
    workbook: opened.workbook,
    remembered,
    dateOrders: dateOrderQuestions(mapping, opened.sample),
    rows,
    columns: Object.keys(mapping.sources),
    accepted,
    rejected,
    warnings,
    issueCounts: await workspace.issueCounts(checkId, fileNo, signal),
    damage: damageOf(file),
    issues:
      issueLimit === null
        ? await allIssues(workspace, checkId, fileNo, signal)
        : await errorsFirst(workspace, checkId, fileNo, issueLimit, signal),
  };
}

async function allIssues(
  workspace: Workspace,
  checkId: string,
  fileNo: number,
  signal: AbortSignal,
): Promise<RowIssue[]> {
  const all: RowIssue[] = [];
  for (;;) {
    const more = await workspace.issues(checkId, fileNo, { offset: all.length, limit: PAGE_ROWS }, signal);
    for (const issue of more) all.push(issue);
    if (more.length < PAGE_ROWS) return all;
  }
}

async function errorsFirst(
  workspace: Workspace,
  checkId: string,
  fileNo: number,
  limit: number,
  signal: AbortSignal,
): Promise<RowIssue[]> {
  const of = (severity: RowIssue['severity'], room: number): Promise<RowIssue[]> =>
    workspace.issues(checkId, fileNo, { offset: 0, limit: room, severity }, signal);
  const errors = await of('error', limit);
  return [...errors, ...(await of('warning', limit - errors.length))];
}
