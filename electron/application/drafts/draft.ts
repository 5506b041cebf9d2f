import { createTurns } from '../../../shared/turns.ts';
import type { CheckedFile } from '../../engine/check-file.ts';
import type { DraftFileNote, DraftNote } from '../../engine/draft-port.ts';
import { createEditSession } from '../../engine/edit-session.ts';
import type { CheckContext } from '../../engine/load-context.ts';
import type { LoadEvent } from '../../engine/load-events.ts';
import type { TargetSafety } from '../loads/load-target.ts';
import { unknownDraft } from './draft-errors.ts';
import { createLookup } from './draft-lookup.ts';
import type { DraftPorts } from './draft-ports.ts';
import { type Draft, type DraftFile, tellChanged } from './draft-state.ts';
import { createViews } from './draft-views.ts';

/** How often the progress of a check is told at most: each time the page asks for all there is to see of it. */
const PROGRESS_MS = 250;

/** Of a profile that cannot be opened nobody knows how careful to be. */
const UNKNOWN_TARGET: { name: string } & TargetSafety = {
  name: '',
  kind: 'production',
  readOnly: false,
  rehearseFirst: true,
  confirmAboveRows: 0,
};

/** A draft in memory, with no file opened yet. */
export function createDraft(ports: DraftPorts, note: DraftNote): Draft {
  const { draftId } = note;
  const closing = new AbortController();
  const checked: CheckedFile[] = [];
  const lookup = createLookup(() => ports.target(draft.note.profileId));
  const tellProgress = createProgress(ports, (done) => {
    if (draft.beingChecked === null) return;
    draft.beingChecked.bytesChecked = done;
    tellChanged(draft, false);
  });
  const turns = createTurns();
  const context: CheckContext = {
    ports: ports.check,
    tuning: ports.tuning,
    signals: { stop: closing.signal, abort: closing.signal },
    loadId: draftId,
    edits: (fileNo, from, to) => ports.check.workspace.editsNow(draftId, fileNo, from, to),
    emit: tellProgress,
  };
  /** By profile: of another one it says nothing. */
  const known = new Map<string | null, { name: string } & TargetSafety>();
  const draft: Draft = {
    ports,
    draftId,
    context,
    note,
    // Of a later process it is greater: a page that was there before must not take what it says for old.
    revision: ports.check.clock.now().getTime(),
    files: note.files.map(newFile),
    checked,
    session: createEditSession(context, checked, lookup.current),
    lookup,
    views: createViews(() => ports.check.random.uuid()),
    review: { state: 'none', error: null, last: null },
    reviewing: null,
    lastPlan: null,
    loading: null,
    beingChecked: null,
    exports: new Map(),
    closing,
    inTurn: (work) =>
      turns(async () => {
        if (closing.signal.aborted) throw unknownDraft();
        return work();
      }),
    settled: () => turns(async () => undefined),
    async safety() {
      const { profileId } = draft.note;
      try {
        known.set(profileId, await lookup.withTarget(async ({ name, safety }) => ({ name, ...safety })));
      } catch {
        // What was known of it is worth more than nothing; loading will say what is wrong.
      }
      return known.get(profileId) ?? UNKNOWN_TARGET;
    },
  };
  return draft;
}

export function newFile(note: DraftFileNote): DraftFile {
  return {
    note,
    state: 'opening',
    error: null,
    opened: null,
    mapped: null,
    checked: null,
    bytesChecked: 0,
  };
}

/** Ends what is under way and lets go of the files; everything stays where it is. */
export async function closeDraft(draft: Draft): Promise<void> {
  draft.closing.abort(new DOMException('The draft was closed.', 'AbortError'));
  await draft.settled();
  await Promise.all(draft.files.map(({ opened }) => opened?.close().catch(() => undefined)));
  await Promise.all([...draft.exports.values()].map(({ path }) => draft.ports.exports.remove(path)));
  await draft.lookup.close();
  await draft.ports.check.workspace.letGo(draft.draftId);
}

function createProgress(
  { check: { clock } }: DraftPorts,
  tell: (done: number) => void,
): (event: LoadEvent) => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (event) => {
    if (event.kind !== 'step-progress' || event.file === null) return;
    const now = clock.monotonicMs();
    if (now - toldMs < PROGRESS_MS) return;
    toldMs = now;
    tell(event.done);
  };
}
