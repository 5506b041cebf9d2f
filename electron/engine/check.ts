import { diagnose } from '../../shared/damage/diagnose.ts';
import type { DamageFinding } from '../../shared/damage/finding.ts';
import { type CheckedFile, checkFile, noteFile } from './check-file.ts';
import type { CheckContext, CheckPorts, LoadSignals, LoadTuning } from './load-context.ts';
import type { EmitLoadEvent } from './load-events.ts';
import { closeFiles, type FilesRequest, type MappedFile, openFiles } from './open-files.ts';
import { allReferring, checkReferences, type IdLookup, REFERENCE_CODES } from './references.ts';

/** Files of one load, checked and still open. */
export interface Checked {
  checkId: string;
  context: CheckContext;
  files: CheckedFile[];
  /** Lets go of the files; findings and copies stay in the workspace until it forgets them. */
  close(): Promise<void>;
}

/** Files of one load, open and understood, and not checked yet: their first rows can be shown. */
export interface Opened {
  checkId: string;
  context: CheckContext;
  files: readonly MappedFile[];
  close(): Promise<void>;
}

/** Opens files for a check of their own. Throws `file.*`, mapping.invalid. */
export async function openForCheck(
  ports: CheckPorts,
  tuning: LoadTuning,
  request: FilesRequest,
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<Opened> {
  const checkId = ports.random.uuid();
  const context: CheckContext = {
    ports,
    tuning,
    signals,
    loadId: checkId,
    edits: (fileNo, from, to) => ports.workspace.editsNow(checkId, fileNo, from, to),
    emit,
  };
  try {
    const files = await openFiles(ports, checkId, request, signals.abort);
    return { checkId, context, files, close: () => closeFiles(files.map(({ opened }) => opened)) };
  } catch (thrown) {
    await leaveNothing(ports, checkId);
    throw thrown;
  }
}

/**
 * Finds every issue in open files: record by record, across records, and across the files of the load; in the
 * target database only where `lookup` is given. Nothing is written but the workspace.
 */
export async function checkOpened(
  { checkId, context, files: mapped, close }: Opened,
  lookup: IdLookup | null,
): Promise<Checked> {
  const files: CheckedFile[] = [];
  for (const file of mapped) files.push(await checkFile(context, file, null));
  await findMissingReferences(context, files, lookup);
  // Only now: whoever opens them after a crash must not take a file for checked whose references were not.
  for (const file of files) await noteFile(context, file, 'checked');
  return { checkId, context, files, close };
}

/** Opens files and checks them. */
export async function checkFiles(
  ports: CheckPorts,
  tuning: LoadTuning,
  request: FilesRequest & { lookup: IdLookup | null },
  emit: EmitLoadEvent,
  signals: LoadSignals,
): Promise<Checked> {
  const opened = await openForCheck(ports, tuning, request, emit, signals);
  try {
    return await checkOpened(opened, request.lookup);
  } catch (thrown) {
    await opened.close();
    await leaveNothing(ports, opened.checkId);
    throw thrown;
  }
}

/** Copies of students' files must not outlive a check that nobody can see; not even one that was stopped. */
async function leaveNothing({ workspace }: CheckPorts, checkId: string): Promise<void> {
  await workspace.forget(checkId, new AbortController().signal);
}

/** What a spreadsheet did to a file, column by column. */
export function damageOf(file: CheckedFile): DamageFinding[] {
  return diagnose(file.columns, file.mapping);
}

/**
 * Looks for the book and the student of every checkout, in the files and, where `lookup` is given, in the target
 * database. What is missing is added to the issues; those of an earlier look have to be gone.
 */
export async function findMissingReferences(
  context: CheckContext,
  files: readonly CheckedFile[],
  lookup: IdLookup | null,
): Promise<void> {
  const { ports, signals, loadId } = context;
  const missing = await checkReferences(context, files, allReferring(files), lookup);
  for (const [fileNo, issues] of missing) {
    const file = files.find((candidate) => candidate.fileNo === fileNo);
    if (issues.length === 0 || file === undefined) continue;
    await ports.workspace.addIssues(loadId, fileNo, issues, signals.abort);
    await ports.workspace.saveFacts(
      loadId,
      fileNo,
      file.facts.blocks(issues.map(({ row }) => row)),
      signals.abort,
    );
  }
}

/** As `findMissingReferences`, of files that were looked at before: what was found then goes first. */
export async function refindMissingReferences(
  context: CheckContext,
  files: readonly CheckedFile[],
  lookup: IdLookup | null,
): Promise<void> {
  const { ports, signals, loadId } = context;
  const referring = files.filter(({ mapping }) => mapping.type === 'checkouts');
  for (const { fileNo } of referring)
    await ports.workspace.removeIssues(loadId, fileNo, REFERENCE_CODES, signals.abort);
  await findMissingReferences(context, files, lookup);
  // All rows, not only those that miss something now: those that did before have changed as well.
  for (const { fileNo, facts } of referring)
    await ports.workspace.saveFacts(loadId, fileNo, facts.blocks(null), signals.abort);
}
