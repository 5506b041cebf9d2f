import type { RecordType } from '../../shared/records/types.ts';
import type { Database, Staging } from './database-port.ts';
import type { CheckContext, LoadPorts, LoadSignals, LoadTuning } from './load-context.ts';
import type { EmitLoadEvent } from './load-events.ts';
import type { FileReport } from './load-report.ts';
import { loadFileOf, openFiles } from './open-files.ts';
import type { IssueCount } from './ports.ts';
import { rejectMissingReferences } from './references.ts';
import { stageFile } from './stage-files.ts';

export interface CheckedFile {
  report: FileReport;
  encoding: string;
  delimiter: string;
  columns: readonly string[];
  issueCounts: readonly IssueCount[];
}

export interface CheckResult {
  checkId: string;
  files: CheckedFile[];
}

export type CheckPorts = Pick<LoadPorts, 'source' | 'checker' | 'workspace' | 'clock' | 'random'> & {
  /** Null: the files are judged on their own; otherwise references are looked up there too, and nothing is written. */
  database: Database | null;
};

/** Every issue of the files, nothing written. The issues themselves are in the workspace under `checkId`. */
export async function checkFiles(
  ports: CheckPorts,
  tuning: LoadTuning,
  request: { paths: readonly string[]; type: RecordType | null },
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<CheckResult> {
  const files = await openFiles(ports.source, request.paths, request.type, signals.abort);
  const { database } = ports;
  const staging =
    database === null ? NO_STAGING : await database.rehearsal(files.map(loadFileOf), signals.abort);
  const context: CheckContext = { ports, tuning, signals, loadId: ports.random.uuid(), emit };
  const reports: FileReport[] = [];
  try {
    let chunkNo = 0;
    for (const file of files) {
      const staged = await stageFile(context, staging, file, chunkNo);
      chunkNo = staged.nextChunkNo;
      reports.push(staged.report);
    }
    await rejectMissingReferences(context, staging, reports);
  } finally {
    await staging.discard(signals.abort);
  }
  const checked: CheckedFile[] = [];
  for (const [fileNo, report] of reports.entries()) {
    const file = files[fileNo];
    if (file === undefined) continue;
    checked.push({
      report,
      encoding: file.opened.encoding,
      delimiter: file.opened.delimiter,
      columns: Object.keys(file.mapping.sources),
      issueCounts: await ports.workspace.issueCounts(context.loadId, fileNo, signals.abort),
    });
  }
  return { checkId: context.loadId, files: checked };
}

/** Staging for a check without a database: nothing is kept and nothing can be looked up. */
const NO_STAGING: Staging = {
  add: async () => undefined,
  remove: async () => [],
  removeMissingReferences: async () => [],
  review: async () => [],
  seal: async () => undefined,
  discard: async () => undefined,
};
