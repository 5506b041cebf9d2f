import { NEVER } from './draft-ports.ts';
import { type Draft, type DraftFile, saveNote } from './draft-state.ts';
import { leave } from './open-draft-files.ts';

/** Takes a file out of the draft, with its copy, its findings and what was done to it. In the draft's turn. */
export async function takeAway(draft: Draft, file: DraftFile): Promise<void> {
  draft.files = draft.files.filter((one) => one !== file);
  await dropCopy(draft, file);
  await saveNote(draft);
}

/** The file stays in the draft, and is to be opened anew. */
export async function dropCopy(draft: Draft, file: DraftFile): Promise<void> {
  const { ports, draftId } = draft;
  const { fileNo } = file.note;
  leave(draft, file);
  file.mapped = null;
  await file.opened?.close();
  file.opened = null;
  await ports.check.workspace.removeFile(draftId, fileNo, NEVER);
  await ports.check.files.remove(draftId, fileNo);
}
