import { AppError, toAppError } from '../../../shared/errors.ts';
import { RECORD_TYPES } from '../../../shared/records/types.ts';
import { refindMissingReferences } from '../../engine/check.ts';
import { checkFile, noteFile } from '../../engine/check-file.ts';
import type { OpenedFile } from '../../engine/file-port.ts';
import { readingOf, understandFile } from '../../engine/open-files.ts';
import { reopenFile } from '../../engine/reopen-check.ts';
import { applyRules } from './apply-rules.ts';
import { unknownDraft } from './draft-errors.ts';
import { NEVER } from './draft-ports.ts';
import { type Draft, type DraftFile, saveNote, tellChanged } from './draft-state.ts';

/**
 * Opens, understands and checks what is not checked yet, then looks for references in all files anew. A file that
 * cannot be read says so in its state and holds up no other. In the draft's turn.
 */
export async function bringIn(draft: Draft): Promise<void> {
  const waiting = draft.files.filter(({ checked, state }) => checked === null && state !== 'failed');
  for (const file of waiting) await attempt(draft, file, () => openAndUnderstand(draft, file));
  const fresh = waiting.filter(({ mapped }) => mapped !== null).sort(byType);
  for (const file of fresh) await attempt(draft, file, () => check(draft, file));
  const checked = fresh.filter((file) => file.checked !== null);
  if (draft.closing.signal.aborted) throw unknownDraft();
  try {
    await checkAllReferences(draft);
    for (const { checked: one } of checked) if (one !== null) await noteFile(draft.context, one, 'checked');
  } catch (thrown) {
    // Not everything is known of them: they are no files to work with.
    for (const file of checked) fail(draft, file, thrown);
    throw thrown;
  }
  for (const file of checked) file.state = 'checked';
  tellChanged(draft, true);
  for (const file of checked) if (!file.note.rulesDone) await applyRules(draft, file);
  await saveNote(draft);
  tellChanged(draft, true);
}

function byType(a: DraftFile, b: DraftFile): number {
  return (
    RECORD_TYPES.indexOf(a.mapped?.mapping.type ?? 'books') -
    RECORD_TYPES.indexOf(b.mapped?.mapping.type ?? 'books')
  );
}

async function attempt(draft: Draft, file: DraftFile, work: () => Promise<void>): Promise<void> {
  if (draft.closing.signal.aborted) return;
  try {
    await work();
  } catch (thrown) {
    if (draft.closing.signal.aborted) return;
    fail(draft, file, thrown);
  }
  tellChanged(draft, true);
}

/** Its card says why; it is left out until it is read in another way or removed. */
export function fail(draft: Draft, file: DraftFile, thrown: unknown): void {
  leave(draft, file);
  Object.assign(file, {
    mapped: null,
    state: 'failed',
    error: withoutPath(toAppError(thrown), file.note),
  } satisfies Partial<DraftFile>);
}

/** A page learns what its files are called, and not where they lie: behind the browser door that is the server's business. */
function withoutPath(error: AppError, { path, name }: DraftFile['note']): AppError {
  const { code, message, hint, retryable } = error;
  if (!message.includes(path) && !hint.includes(path)) return error;
  const named = (text: string): string => text.replaceAll(path, name);
  return new AppError({ code, message: named(message), hint: named(hint), retryable, cause: error });
}

async function openAndUnderstand(draft: Draft, file: DraftFile): Promise<void> {
  const { ports, draftId } = draft;
  const { fileNo, path, spec } = file.note;
  const { signal } = draft.closing;
  file.opened ??= await ports.check.files.open(
    { loadId: draftId, key: fileNo, path, reading: readingOf(spec) },
    signal,
  );
  const understood = await understandFile(
    ports.check,
    file.opened,
    {
      type: spec.type,
      mapping: spec.mapping,
      useRemembered: spec.useRemembered,
      dateOrder: null,
      alone: true,
    },
    signal,
  );
  const { mapping } = understood;
  const dateOrders = { ...mapping.dateOrders, ...spec.dateOrders };
  file.mapped = { fileNo, ...understood, mapping: { ...mapping, dateOrders } };
  file.state = 'checking';
  file.bytesChecked = 0;
}

async function check(draft: Draft, file: DraftFile): Promise<void> {
  if (file.mapped === null) return;
  draft.beingChecked = file;
  const checked = await checkFile(draft.context, file.mapped, null).finally(() => {
    draft.beingChecked = null;
  });
  file.checked = checked;
  file.bytesChecked = checked.opened.bytes;
  // Of checkouts their references are still to be looked for, which may need a database to wake up.
  if (checked.mapping.type !== 'checkouts') file.state = 'checked';
  draft.checked.push(checked);
}

/** Takes a file out of what is checked; it stays open. What was compared with the database is so no longer. */
export function leave(draft: Draft, file: DraftFile): void {
  if (draft.review.last !== null) draft.review = { state: 'stale', error: null, last: null };
  const at = draft.checked.findIndex(({ fileNo }) => fileNo === file.note.fileNo);
  if (at !== -1) draft.checked.splice(at, 1);
  file.checked = null;
  draft.views.forget(file.note.fileNo);
}

/** Of all checkouts, whatever was known: files came, went or changed their kind. */
export async function checkAllReferences(draft: Draft): Promise<void> {
  const { context, checked, lookup } = draft;
  if (!checked.some(({ mapping }) => mapping.type === 'checkouts')) return;
  lookup.again();
  await lookup.run((asked) => refindMissingReferences(context, checked, asked));
}

/** Takes up the files of a draft as an earlier process left them; what was not checked to its end begins anew. */
export async function takeUpFiles(draft: Draft): Promise<void> {
  const { context, draftId } = draft;
  const noted = await context.ports.workspace.files(draftId, NEVER);
  for (const file of draft.files) {
    const note = noted.find(({ fileNo, state }) => fileNo === file.note.fileNo && state === 'checked');
    const checked = note === undefined ? null : await reopenFile(context, note);
    if (checked !== null) {
      Object.assign(file, { checked, mapped: checked, opened: checked.opened, state: 'checked' });
      file.bytesChecked = checked.opened.bytes;
      draft.checked.push(checked);
    } else file.opened = await reopenCopy(draft, file);
  }
}

/** Its copy may be whole although it was not checked: then the original need not be there any more. */
async function reopenCopy({ context, draftId }: Draft, { note }: DraftFile): Promise<OpenedFile | null> {
  return context.ports.files.reopen(draftId, note.fileNo, NEVER).catch(() => null);
}
