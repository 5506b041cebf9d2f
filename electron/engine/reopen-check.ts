import type { ColumnSummary } from '../../shared/damage/column-summary.ts';
import type { Checked } from './check.ts';
import type { CheckedFile } from './check-file.ts';
import type { OpenedFile } from './file-port.ts';
import type { CheckContext, CheckPorts, LoadSignals, LoadTuning } from './load-context.ts';
import type { EmitLoadEvent } from './load-events.ts';
import { closeFiles } from './open-files.ts';
import { FACTS_BLOCK_ROWS, RowFacts } from './row-facts.ts';
import type { WorkspaceFile } from './workspace-port.ts';

/**
 * A finished check as it was left, after a restart or a crash: findings, edits and journal are those of the last
 * operation whose promise resolved, or of the one behind it. Null where this machine has no such check, where a
 * file was not checked to its end, references included, or where a copy is gone. Throws workspace.failed where
 * the workspace cannot be read.
 */
export async function reopenChecked(
  ports: CheckPorts,
  tuning: LoadTuning,
  loadId: string,
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<Checked | null> {
  const context: CheckContext = {
    ports,
    tuning,
    signals,
    loadId,
    edits: (fileNo, from, to) => ports.workspace.editsNow(loadId, fileNo, from, to),
    emit,
  };
  const noted = await ports.workspace.files(loadId, signals.abort);
  if (noted.length === 0 || noted.some(({ state }) => state !== 'checked')) return null;
  const opened: OpenedFile[] = [];
  const close = (): Promise<void> => closeFiles(opened);
  try {
    const files: CheckedFile[] = [];
    for (const note of noted) {
      const file = await reopenFile(context, note);
      if (file === null) {
        await close();
        return null;
      }
      opened.push(file.opened);
      files.push(file);
    }
    return { checkId: loadId, context, files, close };
  } catch (thrown) {
    await close();
    throw thrown;
  }
}

/** One checked file as it was left; null where its copy or its facts are gone. */
export async function reopenFile(context: CheckContext, note: WorkspaceFile): Promise<CheckedFile | null> {
  const { ports, loadId, signals } = context;
  const copy = await ports.files.reopen(loadId, note.key, signals.abort);
  if (copy === null) return null;
  try {
    const facts = await storedFacts(context, note, copy.reading().rows);
    if (facts !== null) return await checkedFile(context, note, copy, facts);
  } catch (thrown) {
    await copy.close();
    throw thrown;
  }
  await copy.close();
  return null;
}

async function storedFacts(
  { ports, loadId, signals }: CheckContext,
  { fileNo, mapping }: WorkspaceFile,
  rows: number,
): Promise<RowFacts | null> {
  const blocks = await ports.workspace.facts(loadId, fileNo, signals.abort);
  if (blocks.length !== Math.ceil(rows / FACTS_BLOCK_ROWS)) return null;
  const facts = new RowFacts(mapping.type === 'checkouts');
  facts.restore(blocks, rows);
  return facts;
}

async function checkedFile(
  { ports, loadId, signals }: CheckContext,
  { fileNo, mapping, columns, remembered, isbnZerosRestored }: WorkspaceFile,
  opened: OpenedFile,
  facts: RowFacts,
): Promise<CheckedFile> {
  const counts = await ports.workspace.issueCounts(loadId, fileNo, signals.abort);
  const warnings = counts.reduce((n, { severity, count }) => n + (severity === 'warning' ? count : 0), 0);
  return {
    fileNo,
    opened,
    mapping,
    remembered,
    // How its columns are read is in the mapping; in which words it was said is not kept.
    saved: null,
    facts,
    warnings,
    isbnZerosRestored,
    // Our own JSON: what checkFile noted.
    columns: (columns ?? []) as readonly ColumnSummary[],
    ms: 0,
  };
}
