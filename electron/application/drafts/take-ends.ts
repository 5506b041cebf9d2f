import { withEdit } from '../../../shared/records/row-edits.ts';
import type { RejectedRow, RowIssue } from '../../../shared/records/types.ts';
import type { CheckedFile } from '../../engine/check-file.ts';
import type { DraftNote } from '../../engine/draft-port.ts';
import { NEVER } from './draft-ports.ts';
import { editsAt } from './draft-rows.ts';
import { type Draft, saveNote, tellChanged } from './draft-state.ts';

type LoadNote = DraftNote['loads'][number];

/** Refused rows read back at once. */
const ROWS_AT_ONCE = 500;

/** The ends of loads that nobody looked at: while no process had the draft open. In the draft's turn. */
export async function takeEnds(draft: Draft): Promise<void> {
  const running = new Set(draft.ports.desk.list().map(({ loadId }) => loadId));
  for (const { loadId, refusedTaken } of draft.note.loads)
    if (!refusedTaken && !running.has(loadId)) await takeEnd(draft, loadId);
}

/**
 * Unlocks the draft after a load of it, and brings what the database refused back to where it can be mended: as
 * errors of the draft's rows. False where it is no load of the draft. May be called again: a load that was cut off
 * ends a second time. In the draft's turn.
 */
export async function takeEnd(draft: Draft, loadId: string): Promise<boolean> {
  const load = draft.note.loads.find((one) => one.loadId === loadId);
  if (load === undefined) return false;
  if (draft.loading === loadId) draft.loading = null;
  for (const [at, fileNo] of load.files.entries()) {
    const file = draft.checked.find((one) => one.fileNo === fileNo);
    if (file !== undefined) await takeRefused(draft, file, load, at);
  }
  await draft.context.ports.workspace.letGo(loadId);
  const loads = draft.note.loads.map((one) => (one.loadId === loadId ? { ...one, refusedTaken: true } : one));
  draft.note = { ...draft.note, loads };
  await saveNote(draft);
  tellChanged(draft, true);
  return true;
}

async function takeRefused(draft: Draft, file: CheckedFile, load: LoadNote, at: number): Promise<void> {
  const { workspace } = draft.context.ports;
  // Of what an earlier load could not write, this one had another try.
  if (draft.note.loads.at(-1) === load) {
    const tried = await workspace.issueRows(draft.draftId, file.fileNo, { code: 'database.refused' }, NEVER);
    if (tried.length > 0) await draft.lookup.run(() => draft.session.recheck(file.fileNo, [...tried]));
  }
  let batch: RejectedRow[] = [];
  // Its refused rows are put down by the load itself, before it says that it has ended.
  for await (const row of workspace.refused(load.loadId, at, NEVER)) {
    if (!row.issues.some(isRefusal)) continue;
    batch.push(row);
    if (batch.length < ROWS_AT_ONCE) continue;
    await markRefused(draft, file, batch);
    batch = [];
  }
  await markRefused(draft, file, batch);
}

function isRefusal({ code }: RowIssue): boolean {
  return code === 'database.refused';
}

/** Only where a row still reads as it was sent: what was mended meanwhile was not refused. */
async function markRefused(draft: Draft, file: CheckedFile, refused: readonly RejectedRow[]): Promise<void> {
  const { draftId, context } = draft;
  const { fileNo, facts, opened } = file;
  const { workspace } = context.ports;
  const inFile = refused.filter(({ row }) => row <= facts.rows);
  const rows = inFile.map(({ row }) => row);
  if (rows.length === 0) return;
  const edits = editsAt(draft, fileNo, rows);
  const records = await opened.pick(rows, NEVER);
  const marked = inFile.filter(({ row, cells }, i) => {
    const original = records[i];
    const edit = edits.get(row);
    if (original === undefined || edit?.skipped === true) return false;
    const now = withEdit(original, edit).cells;
    return now.length === cells.length && now.every((cell, position) => cell === cells[position]);
  });
  await workspace.addIssues(
    draftId,
    fileNo,
    marked.flatMap(({ issues }) => issues.filter(isRefusal)),
    NEVER,
  );
  // Not fit: the next check of the row, when it is changed, decides anew.
  for (const { row } of marked) facts.setState(row, 0);
  await workspace.saveFacts(draftId, fileNo, facts.blocks(marked.map(({ row }) => row)), NEVER);
}
