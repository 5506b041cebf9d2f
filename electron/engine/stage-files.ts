import type { CheckedRow } from '../../shared/records/types.ts';
import { type CheckedFile, checkFile, type RowSink } from './check-file.ts';
import type { Staging } from './database-port.ts';
import type { CheckContext } from './load-context.ts';
import type { FileReport } from './load-report.ts';
import type { MappedFile } from './open-files.ts';

export interface StagedFile {
  report: FileReport;
  checked: CheckedFile;
  /** First chunk number that the next file may use. */
  nextChunkNo: number;
  checkMs: number;
  stageMs: number;
}

/**
 * Checks one file record by record and stages what is accepted, chunk by chunk. Issues go to the workspace;
 * nothing that a file can hold stops the rest of it.
 */
export async function stageFile(
  context: CheckContext,
  staging: Staging,
  file: MappedFile,
  firstChunkNo: number,
): Promise<StagedFile> {
  const { ports, signals, tuning } = context;
  const { fileNo } = file;
  let chunkNo = firstChunkNo;
  let pending: CheckedRow[] = [];
  let stageMs = 0;
  const timed = async (work: () => Promise<unknown>): Promise<void> => {
    const startedMs = ports.clock.monotonicMs();
    await work();
    stageMs += ports.clock.monotonicMs() - startedMs;
  };
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const rows = pending;
    pending = [];
    await timed(() => staging.add(fileNo, chunkNo, rows, signals.abort));
    chunkNo += 1;
  };
  const sink: RowSink = {
    async add(rows) {
      for (const row of rows) {
        pending.push(row);
        if (pending.length >= tuning.chunkRows) await flush();
      }
    },
    async end(superseded) {
      await flush();
      if (superseded.length === 0) return;
      const refs = superseded.map((row) => ({ fileNo, row }));
      await timed(() => staging.remove(refs, signals.abort));
    },
  };
  const checked = await checkFile(context, file, sink);
  return {
    report: fileReport(checked),
    checked,
    nextChunkNo: chunkNo,
    checkMs: checked.ms - stageMs,
    stageMs,
  };
}

export function fileReport({ opened, mapping, facts, warnings, isbnZerosRestored }: CheckedFile): FileReport {
  const { rows, accepted, rejected, skipped } = facts.counts();
  return {
    path: opened.path,
    type: mapping.type,
    rows,
    accepted,
    rejected,
    skipped,
    warnings,
    inserted: 0,
    updated: 0,
    unchanged: 0,
    rejectsFile: null,
    isbnZerosRestored,
  };
}
