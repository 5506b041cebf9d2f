import { amount } from '../../../shared/amounts.ts';
import type { OutputOf } from '../../../shared/contract/routes.ts';
import { correctionsIn, type PlannedCorrections, planCorrections } from '../../engine/corrections.ts';
import { readingOf } from '../../engine/open-files.ts';
import { otherFile } from '../../engine/returned-rows.ts';
import { type Draft, type DraftFile, tellChanged } from './draft-state.ts';
import { fail } from './open-draft-files.ts';
import { takeAway } from './take-away.ts';

export type Merged = OutputOf<'drafts.add'>['merged'][number];

/**
 * Brings a file that was just added back to where its rows came from, if it is one of the draft's rejected rows: its
 * corrected cells become one operation, and the file goes. Null for any other file. What cannot be merged says so on
 * its own card. In the draft's turn.
 */
export async function mergeCorrections(draft: Draft, file: DraftFile): Promise<Merged | null> {
  try {
    return await merged(draft, file);
  } catch (thrown) {
    if (!draft.closing.signal.aborted) fail(draft, file, thrown);
    return null;
  }
}

async function merged(draft: Draft, file: DraftFile): Promise<Merged | null> {
  const { ports, draftId, context } = draft;
  const { fileNo, path, name, spec } = file.note;
  file.opened = await ports.check.files.open(
    { loadId: draftId, key: fileNo, path, reading: readingOf(spec) },
    draft.closing.signal,
  );
  const corrections = correctionsIn(file.opened);
  if (corrections === null || corrections.draftId !== draftId) return null;
  const into = draft.checked.find((one) => one.fileNo === corrections.fileNo);
  if (into === undefined) throw otherFile(name, corrections);
  const planned = await planCorrections(context, into, corrections, draftId);
  const { edits, rows } = planned;
  const label = `Corrections from ${name}: ${amount(edits.length, 'cell')}`;
  await draft.lookup.run(() => draft.session.edit(label, edits));
  await takeAway(draft, file);
  tellChanged(draft, true);
  return { name, into: into.opened.name, cells: edits.length, rows, kept: notTaken(planned) };
}

/** What of a corrected file is not taken over, in words. */
function notTaken({ changedSince, cut, repeated, notFound, beyond }: PlannedCorrections): string[] {
  const said = (n: number, one: string, many: (n: number) => string): string[] =>
    n === 0 ? [] : [n === 1 ? one : many(n)];
  return [
    ...said(
      changedSince,
      'One cell was changed here since the file was saved; it stays as it is here.',
      (n) => `${n} cells were changed here since the file was saved; they stay as they are here.`,
    ),
    ...said(
      cut,
      'One cell was too long for a spreadsheet; it can be changed here only.',
      (n) => `${n} cells were too long for a spreadsheet; they can be changed here only.`,
    ),
    ...said(
      repeated,
      'One row came back more than once, and not alike; none of its copies was taken.',
      (n) => `${n} rows came back more than once, and not alike; none of their copies was taken.`,
    ),
    ...said(
      notFound,
      'One row was added in the spreadsheet; it is not taken. Put it into a file of its own.',
      (n) =>
        `${n} rows were added in the spreadsheet; they are not taken. Put them into a file of their own.`,
    ),
    ...said(
      beyond,
      'One cell was typed behind the end of its row; it is not taken.',
      (n) => `${n} cells were typed behind the end of their rows; they are not taken.`,
    ),
  ];
}
