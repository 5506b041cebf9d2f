import type { Review } from '../../../shared/contract/draft-review.ts';
import type { BulkEditView, DraftView } from '../../../shared/contract/drafts.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { PlannedEdit } from '../../engine/bulk-edits.ts';
import type { CheckedFile } from '../../engine/check-file.ts';
import type { DraftFileNote, DraftNote } from '../../engine/draft-port.ts';
import type { EditSession } from '../../engine/edit-session.ts';
import type { OpenedFile } from '../../engine/file-port.ts';
import type { CheckContext } from '../../engine/load-context.ts';
import type { MappedFile } from '../../engine/open-files.ts';
import type { TargetSafety } from '../loads/load-target.ts';
import { noticeOf } from '../notice.ts';
import { beingLoaded, notReady, unknownDraft, unknownFile } from './draft-errors.ts';
import type { Lookup } from './draft-lookup.ts';
import type { DraftPorts } from './draft-ports.ts';
import type { Views } from './draft-views.ts';

/** One file of a draft in memory. Replaced as it comes on: `mapped` once it is understood, `checked` at the end. */
export interface DraftFile {
  note: DraftFileNote;
  state: 'opening' | 'checking' | 'checked' | 'failed';
  error: AppError | null;
  opened: OpenedFile | null;
  mapped: MappedFile | null;
  checked: CheckedFile | null;
  bytesChecked: number;
}

/** A bulk edit as it was worked out for a file at a revision: as long as both are the same, so is this. */
export interface KnownPlan {
  file: CheckedFile;
  revision: number;
  bulk: BulkEditView;
  planned: PlannedEdit;
}

/** A draft in memory. What has to outlive the process is in `note` and in the workspace. */
export interface Draft {
  readonly ports: DraftPorts;
  readonly draftId: string;
  readonly context: CheckContext;
  note: DraftNote;
  revision: number;
  files: DraftFile[];
  /** Those that are checked, for the session: the same array all the time. */
  readonly checked: CheckedFile[];
  readonly session: EditSession;
  readonly lookup: Lookup;
  readonly views: Views;
  review: { state: DraftView['review']; error: AppError | null; last: Review | null };
  reviewing: Promise<Review> | null;
  /** What was shown last of a bulk edit: whoever agrees to it does not wait for it once more. */
  lastPlan: KnownPlan | null;
  /** The load that was begun last, until its end was heard of. */
  loading: string | null;
  /** The file whose rows are gone through right now: two files may have one name. */
  beingChecked: DraftFile | null;
  /** Files made to be fetched, by id. */
  readonly exports: Map<string, { path: string; bytes: number }>;
  /** What its profile is called, and how careful to be with it, as far as is known. */
  safety(): Promise<{ name: string } & TargetSafety>;
  /** Lets what is under way end when the draft is closed. */
  readonly closing: AbortController;
  /** Changes follow each other; looking does not wait for them. Throws draft.unknown once the draft is closed. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when every change that was asked for by now has ended. */
  settled(): Promise<void>;
}

/** Tells everybody who looks at the draft; with `data`, what was reviewed is not what would be loaded any more. */
export function tellChanged(draft: Draft, data: boolean): void {
  if (data) {
    draft.revision += 1;
    if (draft.review.state === 'ready') draft.review = { ...draft.review, state: 'stale' };
  }
  draft.ports.changed(draft.draftId, draft.revision);
}

/** In the draft's turn, so that nothing older is written over it. */
export async function saveNote(draft: Draft): Promise<void> {
  const touchedAt = draft.ports.check.clock.now().toISOString();
  draft.note = { ...draft.note, touchedAt, files: draft.files.map(({ note }) => note) };
  await draft.ports.drafts.save(draft.note);
}

/** In the draft's turn, for nobody who waits: what goes wrong is told, unless the draft was closed meanwhile. */
export function inBackground(draft: Draft, work: () => Promise<void>): void {
  draft.inTurn(work).catch((thrown: unknown) => {
    if (!draft.closing.signal.aborted) draft.ports.notify(noticeOf(thrown));
  });
}

export function fileOf(draft: Draft, fileNo: number): DraftFile {
  // Looking into a closed draft would open its copies again, and nobody would close them.
  if (draft.closing.signal.aborted) throw unknownDraft();
  const file = draft.files.find(({ note }) => note.fileNo === fileNo);
  if (file === undefined) throw unknownFile();
  return file;
}

/** Its rows can be shown. */
export function mappedOf(draft: Draft, fileNo: number): { file: DraftFile; mapped: MappedFile } {
  const file = fileOf(draft, fileNo);
  if (file.mapped === null) throw file.error ?? notReady(file.note.name);
  return { file, mapped: file.mapped };
}

/** Everything is known of it. */
export function checkedOf(draft: Draft, fileNo: number): CheckedFile {
  const file = fileOf(draft, fileNo);
  if (file.checked === null) throw file.error ?? notReady(file.note.name);
  return file.checked;
}

/** The load that runs from it now. One that ended without a word of it does not keep the draft locked. */
export function loadingOf({ loading, ports }: Draft): string | null {
  return ports.desk.list().some(({ loadId }) => loadId === loading) ? loading : null;
}

export function throwIfLoading(draft: Draft): void {
  if (loadingOf(draft) !== null) throw beingLoaded();
}
