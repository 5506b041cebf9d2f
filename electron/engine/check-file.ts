import { type ColumnSummary, mergeSummaries } from '../../shared/damage/column-summary.ts';
import { fileIssues } from '../../shared/records/file-messages.ts';
import type { RowEdits } from '../../shared/records/row-edits.ts';
import type { CheckedRow, RowIssue } from '../../shared/records/types.ts';
import { type CheckContext, throwIfStopped, timedStep } from './load-context.ts';
import type { MappedFile } from './open-files.ts';
import { markSuperseded, repeatedKeyIssue, type Superseded } from './repeated-keys.ts';
import { RowFacts } from './row-facts.ts';
import type { WorkspaceFile } from './workspace-port.ts';

/** Where the rows that fit go as the check comes to them; it may be asked to give some back at the end. */
export interface RowSink {
  add(rows: readonly CheckedRow[]): Promise<void>;
  /** Everything was added; these rows turned out to be superseded by later ones. */
  end(superseded: readonly number[]): Promise<void>;
}

/** A file whose every row was checked. */
export interface CheckedFile extends MappedFile {
  facts: RowFacts;
  /** Warnings found, the header's among them. */
  warnings: number;
  isbnZerosRestored: number;
  columns: readonly ColumnSummary[];
  ms: number;
}

/** Superseded rows are read back in groups: their keys and lines are needed for words only. */
const SUPERSEDED_BATCH = 2_000;
/** A transaction for each range of a good file would cost more than what it writes. */
const ISSUES_AT_ONCE = 1_000;

/**
 * Checks one file from its first record to its last and leaves its issues and facts in the workspace.
 * Nothing that a file can hold stops the rest of it. References to other files are not looked at here.
 */
export async function checkFile(
  context: CheckContext,
  mapped: MappedFile,
  sink: RowSink | null,
): Promise<CheckedFile> {
  const { ports, signals, loadId } = context;
  const { fileNo, opened, mapping } = mapped;
  const { workspace } = ports;
  const facts = new RowFacts(mapping.type === 'checkouts');
  const checked: CheckedFile = { ...mapped, facts, warnings: 0, isbnZerosRestored: 0, columns: [], ms: 0 };
  let unwritten: RowIssue[] = [];
  const flush = async (): Promise<void> => {
    await workspace.addIssues(loadId, fileNo, unwritten, signals.abort);
    unwritten = [];
  };
  const report = async (issues: readonly RowIssue[]): Promise<void> => {
    for (const issue of issues) {
      if (issue.severity === 'warning') checked.warnings += 1;
      unwritten.push(issue);
    }
    if (unwritten.length >= ISSUES_AT_ONCE) await flush();
  };
  const edits = (from: number, to: number): RowEdits => context.edits(fileNo, from, to);

  await workspace.clearFindings(loadId, fileNo, signals.abort);
  const { ms } = await timedStep(
    context,
    'check',
    { file: opened.name, total: opened.bytes, unit: 'bytes' },
    async () => {
      const options = { keepRows: sink !== null, edits };
      for await (const range of ports.checker.check(opened, mapping, options, signals.abort)) {
        throwIfStopped(context);
        facts.append(range.facts);
        checked.isbnZerosRestored += range.isbnZerosRestored;
        checked.columns = mergeSummaries(checked.columns, range.columns);
        await report(range.issues);
        if (sink !== null) await sink.add(range.rows);
        context.emit({
          kind: 'step-progress',
          loadId,
          step: 'check',
          file: opened.name,
          done: bytesDone(mapped, facts.rows),
          total: opened.bytes,
        });
      }
      await report([
        ...mapping.issues,
        ...fileIssues(opened.name, opened.headerLine, opened.reading(), opened.workbook),
      ]);
      const superseded = markSuperseded(facts);
      for (let at = 0; at < superseded.length; at += SUPERSEDED_BATCH)
        await report(await repeatedIn(context, mapped, superseded.slice(at, at + SUPERSEDED_BATCH), edits));
      await flush();
      await sink?.end(superseded.map(({ row }) => row));
    },
  );
  await workspace.saveFacts(loadId, fileNo, facts.blocks(null), signals.abort);
  await noteFile(context, checked, 'opened');
  return { ...checked, ms };
}

/** Notes what a file was read as, and whether everything is known of it: its own rows and their references. */
export async function noteFile(
  { ports, signals, loadId }: CheckContext,
  { fileNo, opened, mapping, columns, remembered, isbnZerosRestored }: CheckedFile,
  state: WorkspaceFile['state'],
): Promise<void> {
  const { key, name, path } = opened;
  const noted = { fileNo, key, name, path, mapping, state, columns, remembered, isbnZerosRestored };
  await ports.workspace.saveFile(loadId, noted, signals.abort);
}

/** Bytes are known of what was read, rows of what was checked: while a file is read in, its rows tell the share. */
function bytesDone({ opened }: MappedFile, rows: number): number {
  const progress = opened.reading();
  return progress.rows === 0 ? progress.bytesRead : Math.round((progress.bytesRead * rows) / progress.rows);
}

async function repeatedIn(
  context: CheckContext,
  { opened, mapping }: MappedFile,
  pairs: readonly Superseded[],
  edits: (from: number, to: number) => RowEdits,
): Promise<RowIssue[]> {
  const { signals, ports } = context;
  const rows = pairs.map(({ row }) => row);
  const first = rows[0] ?? 0;
  const last = rows.at(-1) ?? 0;
  const options = { edits: edits(first, last), withIds: true };
  const again = await ports.checker.recheck(opened, mapping, rows, options, signals.abort);
  const nextRows = pairs.map((pair) => pair.next);
  const lines = await opened.lines(nextRows, signals.abort);
  return again.ids.map((ids, i) => {
    const place = { row: nextRows[i] ?? 0, line: lines[i] ?? 0 };
    return repeatedKeyIssue(mapping.type, ids, ids.key, place);
  });
}
