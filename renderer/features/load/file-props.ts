import type { DraftFileView, DraftView } from '../../../shared/contract/drafts.ts';

/** What is open over the draft. */
export type OpenSheet =
  | { kind: 'columns' | 'reading' | 'doctor' | 'applied' | 'remove'; fileNo: number }
  | { kind: 'rules' | 'discard' };

/** What everything that shows or changes one file of a draft is given. */
export interface FileProps {
  draft: DraftView;
  file: DraftFileView;
  /** The draft as it is after a change. */
  onDraft: (draft: DraftView) => void;
}

/** Of a dialog or drawer about the file. */
export interface FileSheetProps extends FileProps {
  onClose: () => void;
}

/** Of a part of the screen from which dialogs and drawers are opened. */
export interface FilePartProps extends FileProps {
  onSheet: (sheet: OpenSheet) => void;
}
