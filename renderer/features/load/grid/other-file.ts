import type { DraftView } from '../../../../shared/contract/drafts.ts';

/** The name of the file that undo or redo would turn something in, where that is not the one shown; else null. */
export function otherFile(
  draft: DraftView,
  turned: 'undoFileNo' | 'redoFileNo',
  shownNo: number,
): string | null {
  const fileNo = draft[turned];
  if (fileNo === shownNo) return null;
  return draft.files.find((file) => file.fileNo === fileNo)?.name ?? null;
}
