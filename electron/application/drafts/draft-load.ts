import { notConfirmed, nothingToLoad, readOnlyTarget, reviewFirst } from './draft-errors.ts';
import { NEVER } from './draft-ports.ts';
import { preparedFiles } from './draft-review.ts';
import { type Draft, saveNote, tellChanged, throwIfLoading } from './draft-state.ts';

export interface LoadChoice {
  confirmation: string | null;
  allOrNothing: boolean;
  embed: boolean;
  publish: boolean;
}

/**
 * Begins to load what is accepted; from then on until its end nothing can be changed. What a target wants before it
 * is written to is seen to here, whatever a page has shown. Throws draft.review-first, draft.not-confirmed,
 * profile.read-only, load.nothing-accepted.
 */
export function loadDraft(draft: Draft, choice: LoadChoice): Promise<string> {
  return draft.inTurn(async () => {
    throwIfLoading(draft);
    const { files, edits, fileNos } = preparedFiles(draft);
    if (!(await hasRowsToLoad(draft))) throw nothingToLoad();
    await draft.lookup.withTarget(async ({ safety, name }) => {
      if (safety.readOnly) throw readOnlyTarget(name);
      const { last } = draft.review;
      const isReviewed = last !== null && last.revision === draft.revision;
      const wantsReview = safety.rehearseFirst || safety.kind === 'production';
      if (wantsReview && !isReviewed) throw reviewFirst();
      if (isReviewed && last.confirmation !== null && choice.confirmation?.trim() !== last.confirmation)
        throw notConfirmed(name);
    });
    const { allOrNothing, embed, publish } = choice;
    const loadId = await draft.ports.desk.start({
      profileId: draft.note.profileId,
      paths: [],
      prepared: { files, edits },
      type: null,
      dryRun: false,
      allOrNothing,
      embed,
      publish,
    });
    draft.loading = loadId;
    draft.note = {
      ...draft.note,
      loads: [...draft.note.loads, { loadId, files: fileNos, refusedTaken: false }],
    };
    await saveNote(draft);
    tellChanged(draft, true);
    return loadId;
  });
}

/** What the database refused last time is tried again: its reason may be gone without a change here. */
async function hasRowsToLoad({ checked, context, draftId }: Draft): Promise<boolean> {
  if (checked.some(({ facts }) => facts.counts().accepted > 0)) return true;
  const { workspace } = context.ports;
  for (const { fileNo } of checked)
    if ((await workspace.issueRows(draftId, fileNo, { code: 'database.refused' }, NEVER)).length > 0)
      return true;
  return false;
}
