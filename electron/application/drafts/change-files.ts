import { addFiles } from './draft-desk.ts';
import { type Draft, fileOf, inBackground, saveNote, tellChanged, throwIfLoading } from './draft-state.ts';
import { type Merged, mergeCorrections } from './merge-corrections.ts';
import { bringIn } from './open-draft-files.ts';
import { takeAway } from './take-away.ts';

/** More files; corrected rows of this draft go to where they came from. */
export function addToDraft(draft: Draft, paths: readonly string[]): Promise<Merged[]> {
  return draft.inTurn(async () => {
    throwIfLoading(draft);
    const before = draft.files.length;
    addFiles(draft, paths);
    // Before anything is copied under their numbers.
    await saveNote(draft);
    tellChanged(draft, false);
    const merged: Merged[] = [];
    for (const file of draft.files.slice(before)) {
      const done = await mergeCorrections(draft, file);
      if (done !== null) merged.push(done);
    }
    // The checking may take its time: who added the files need not wait for it.
    inBackground(draft, () => bringIn(draft));
    return merged;
  });
}

export function removeFromDraft(draft: Draft, fileNo: number): Promise<void> {
  return draft.inTurn(async () => {
    throwIfLoading(draft);
    await takeAway(draft, fileOf(draft, fileNo));
    await bringIn(draft);
  });
}

/** Where the draft would be loaded; references are looked for there. */
export function setTarget(draft: Draft, profileId: string | null): Promise<void> {
  return draft.inTurn(async () => {
    throwIfLoading(draft);
    draft.note = { ...draft.note, profileId };
    await saveNote(draft);
    await draft.lookup.letGo();
    draft.review = { state: 'none', error: null, last: null };
    await bringIn(draft);
  });
}
