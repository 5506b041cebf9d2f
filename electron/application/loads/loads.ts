import type { RecordType, RowIssue } from '../../../shared/records/types.ts';
import type { LoadRow } from '../../engine/database-port.ts';
import { type LoadRequest, runLoad } from '../../engine/load.ts';
import type { LoadPorts, LoadSignals, LoadTuning } from '../../engine/load-context.ts';
import type { EmitLoadEvent } from '../../engine/load-events.ts';
import type { LoadReport } from '../../engine/load-report.ts';
import { findLoad, resumeLoad } from '../../engine/resume.ts';
import type { Workspace } from '../../engine/workspace-port.ts';

/** One line of `history`. */
export interface LoadSummary {
  loadId: string;
  status: string;
  startedAt: string;
  files: { name: string; type: RecordType }[];
  counts: {
    rows: number;
    accepted: number;
    rejected: number;
    inserted: number;
    updated: number;
    unchanged: number;
  };
}

export interface LoadDetails extends LoadSummary {
  endedAt: string | null;
  report: LoadReport | null;
  /** Why it ended early, or what it could not do; a load that was cut off has no report to say so. */
  error: LoadReport['error'];
  /** Whether `resume` has something to go on from, should the load not be running. */
  resumable: boolean;
  /** Issues that this machine still holds of the load, per file, errors first, cut at `issueLimit`. */
  issues: { file: string; issues: RowIssue[]; total: number }[];
}

export function startLoad(
  ports: LoadPorts,
  tuning: LoadTuning,
  request: LoadRequest,
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<LoadReport> {
  return runLoad(ports, tuning, request, emit, signals);
}

export function continueLoad(
  ports: LoadPorts,
  tuning: LoadTuning,
  loadId: string,
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<LoadReport> {
  return resumeLoad(ports, tuning, loadId, emit, signals);
}

export async function listLoads(
  ports: Pick<LoadPorts, 'database'>,
  limit: number,
  signal: AbortSignal,
): Promise<LoadSummary[]> {
  return (await ports.database.ledger.loads(limit, signal)).map(summaryOf);
}

/** Throws load.unknown. */
export async function showLoad(
  ports: Pick<LoadPorts, 'database' | 'workspace'>,
  loadId: string,
  issueLimit: number,
  signal: AbortSignal,
): Promise<LoadDetails> {
  const load = await findLoad(ports, loadId, signal);
  const report = load.report as LoadReport | null;
  return {
    ...summaryOf(load),
    endedAt: load.endedAt?.toISOString() ?? null,
    report,
    error: load.error ?? report?.error ?? null,
    resumable: report?.resumable === true || (load.endedAt === null && load.status !== 'staging'),
    issues: await issuesOf(ports.workspace, load, issueLimit, signal),
  };
}

/** The issues that this machine's workspace holds of a load, a check or a rehearsal. */
export async function issuesOf(
  workspace: Workspace,
  load: { loadId: string; files: readonly { name: string }[] },
  limit: number,
  signal: AbortSignal,
): Promise<LoadDetails['issues']> {
  const first = (fileNo: number, severity: RowIssue['severity'], room: number): Promise<RowIssue[]> =>
    workspace.issues(load.loadId, fileNo, { offset: 0, limit: room, severity }, signal);
  const errorsFirst = async (fileNo: number): Promise<RowIssue[]> => {
    const errors = await first(fileNo, 'error', limit);
    return [...errors, ...(await first(fileNo, 'warning', limit - errors.length))];
  };
  return Promise.all(
    load.files.map(async (file, fileNo) => ({
      file: file.name,
      issues: await errorsFirst(fileNo),
      total: (await workspace.issueCounts(load.loadId, fileNo, signal)).reduce(
        (n, { count }) => n + count,
        0,
      ),
    })),
  );
}

function summaryOf(load: LoadRow): LoadSummary {
  const files = (load.report as LoadReport | null)?.files ?? [];
  const sum = (field: 'rows' | 'accepted' | 'rejected' | 'inserted' | 'updated' | 'unchanged'): number =>
    files.reduce((n, file) => n + file[field], 0);
  return {
    loadId: load.loadId,
    status: load.status,
    startedAt: load.startedAt.toISOString(),
    files: load.files.map(({ name, type }) => ({ name, type })),
    counts: {
      rows: sum('rows'),
      accepted: sum('accepted'),
      rejected: sum('rejected'),
      inserted: sum('inserted'),
      updated: sum('updated'),
      unchanged: sum('unchanged'),
    },
  };
}
