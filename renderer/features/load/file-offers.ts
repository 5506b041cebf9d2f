import type { DraftFileView } from '../../../shared/contract/drafts.ts';

/** What can be opened for a file as it stands: nothing is known of columns before they were read. */
export function offers(file: DraftFileView, kind: 'columns' | 'reading' | 'doctor'): boolean {
  if (kind === 'reading') return file.state !== 'opening';
  if (kind === 'columns') return file.type !== null && file.state !== 'opening';
  return file.state === 'checked';
}
