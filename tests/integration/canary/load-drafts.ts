import { randomUUID } from 'node:crypto';
import { expect, vi } from 'vitest';
import { CHANGES } from '../../../shared/contract/draft-review.ts';
import type { Ask, CanaryDoor } from './canary-door.ts';
import type { MarkedFiles, MarkedSchool } from './marked-school.ts';
import { checked, type DraftFiles, numberOf, openDraft } from './open-draft.ts';

export interface DraftParts {
  school: MarkedSchool;
  files: MarkedFiles;
  /** A sandbox that has a term already. */
  lab: string;
  /** A profile whose database refuses, and quotes. */
  failing: string;
}

/** Compared with the database again and again, and loaded. */
export async function reviewAndLoad(
  ask: Ask,
  door: CanaryDoor,
  draftId: string,
  files: DraftFiles,
  lab: string,
): Promise<void> {
  const rows = async (): Promise<void> => {
    for (const fileNo of [...Object.values(files), 99])
      for (const change of CHANGES)
        await ask('drafts.reviewRows', { draftId, fileNo, change, offset: 0, limit: 100 });
  };
  await rows();
  const { review } = await ask('drafts.review', { draftId });
  expect(review.written).toBeGreaterThan(0);
  await rows();
  const { loadId } = await ask('drafts.load', { draftId });
  await ask('drafts.skip', { draftId, fileNo: 0, rows: [1], skipped: true });
  await door.ended(loadId);
  await ask('loads.show', { profileId: lab, loadId });
  await checked(ask, draftId);
  await ask('drafts.operations', { draftId });
}

export async function whereTheDatabaseFails(ask: Ask, door: CanaryDoor, parts: DraftParts): Promise<void> {
  const { files, failing, school } = parts;
  const draftId = await openDraft(ask, door, failing, [files.students, files.checkouts]);
  const byName = await checked(ask, draftId);
  const { draft } = await ask('drafts.show', { draftId });
  expect(draft.lookup).toMatchObject({ kind: 'failed' });
  const fileNo = numberOf(byName, 'checkouts.csv');
  const edits = [{ row: 1, position: 0, text: school.students.lost.text }];
  await ask('drafts.edit', { draftId, fileNo, edits });
  await ask('drafts.issues', { draftId, fileNo, offset: 0, limit: 100 });
  await ask('drafts.review', { draftId });
  await ask('drafts.reviewRows', { draftId, fileNo, change: 'insert', offset: 0, limit: 10 });
  await ask('drafts.show', { draftId });
  const started = await ask('drafts.load', { draftId, confirmation: school.misplaced.text });
  if (started !== undefined) await door.ended(started.loadId);
  await ask('drafts.show', { draftId });
  await ask('drafts.target', { draftId, profileId: null });
  await ask('drafts.target', { draftId, profileId: randomUUID() });
  await ask('drafts.target', { draftId, profileId: failing });
  await checked(ask, draftId);
  await ask('drafts.review', { draftId });
  await ask('drafts.discard', { draftId });
}

/** What was taught is done in the next file, told, undone and forgotten. */
export async function rulesAgain(
  ask: Ask,
  door: CanaryDoor,
  { files, lab, school }: DraftParts,
): Promise<void> {
  const { rules } = await ask('rules.list', {});
  expect(rules.length).toBeGreaterThan(0);
  const draftId = await openDraft(ask, door, lab, [files.damaged]);
  await checked(ask, draftId);
  const draft = await vi.waitFor(async () => {
    const shown = (await ask('drafts.show', { draftId })).draft;
    expect(shown.files[0].rulesApplied).not.toEqual([]);
    return shown;
  });
  await ask('drafts.undo', { draftId: draft.draftId });
  await ask('drafts.discard', { draftId });
  await ask('rules.remove', { ruleIds: [school.misplaced.text] });
  await ask('rules.remove', { ruleIds: rules.map(({ ruleId }: { ruleId: string }) => ruleId) });
  await ask('rules.list', {});
}
