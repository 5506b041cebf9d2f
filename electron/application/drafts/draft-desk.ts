import type { DraftFileNote, DraftNote, FileSpec } from '../../engine/draft-port.ts';
import { noticeOf } from '../notice.ts';
import { closeDraft, createDraft, newFile } from './draft.ts';
import { unknownDraft } from './draft-errors.ts';
import { type DraftPorts, NEVER } from './draft-ports.ts';
import { type Draft, inBackground, loadingOf, saveNote, tellChanged, throwIfLoading } from './draft-state.ts';
import { bringIn, takeUpFiles } from './open-draft-files.ts';
import { takeEnd, takeEnds } from './take-ends.ts';

/** Not opened for so long, a draft goes with its copies of students' files. */
const KEPT_MS = 30 * 24 * 3_600_000;

export interface DraftDesk {
  /** Those of this client, and those that nobody holds. Newest first. */
  list(client: string): Promise<DraftNote[]>;
  open(client: string, profileId: string | null, paths: readonly string[]): Promise<Draft>;
  /** As `open`, of cells that were pasted. */
  openPasted(client: string, profileId: string | null, text: string): Promise<Draft>;
  /** Takes it up again where it is not in memory. Throws draft.unknown. */
  get(client: string, draftId: string): Promise<Draft>;
  discard(client: string, draftId: string): Promise<void>;
  /** Whoever asks next may have what this client had open. */
  clientGone(client: string): Promise<void>;
  /** Profiles were changed: what is held of them is old. */
  profilesChanged(): void;
  /** Lets go of everything; drafts are taken up again by the next process. */
  close(): Promise<void>;
}

export const AS_FOUND_SPEC: FileSpec = {
  type: null,
  reading: {},
  mapping: null,
  dateOrders: {},
  useRemembered: true,
};

export function createDraftDesk(ports: DraftPorts): DraftDesk {
  const open = new Map<string, Promise<Draft>>();
  /** Clients that were seen here: what belongs to others is of an earlier process. */
  const present = new Set<string>();
  let closed = false;

  const isFor = (client: string, { owner }: DraftNote): boolean =>
    owner === null || owner === client || !present.has(owner);

  const takeUp = async (client: string, note: DraftNote): Promise<Draft> => {
    const draft = createDraft(ports, { ...note, owner: client });
    try {
      await takeUpFiles(draft);
      await saveNote(draft);
    } catch (thrown) {
      await closeDraft(draft);
      throw thrown;
    }
    draft.loading = note.loads.at(-1)?.loadId ?? null;
    inBackground(draft, async () => {
      await bringIn(draft);
      await takeEnds(draft);
    });
    return draft;
  };
  const complain = (thrown: unknown): void => ports.notify(noticeOf(thrown));

  /** Draft by draft, as far as they could be opened. */
  const ofEach = (work: (draft: Draft) => void): void => {
    for (const opening of open.values()) opening.then(work, () => undefined);
  };
  const leave = async (draft: Draft): Promise<void> => {
    open.delete(draft.draftId);
    await closeDraft(draft);
  };
  const isAbandoned = ({ note: { owner } }: Draft): boolean => owner !== null && !present.has(owner);

  ports.desk.onEvent((event) => {
    if (event.kind !== 'load-finished') return;
    // In its turn, and so behind the call that begins the load, however soon that has ended.
    ofEach((draft) =>
      inBackground(draft, async () => {
        if (!(await takeEnd(draft, event.loadId))) return;
        // The database knows more than before: what was missing may be there.
        await bringIn(draft);
        // Its page went while it was loaded.
        if (isAbandoned(draft)) void leave(draft).catch(complain);
      }),
    );
  });

  const get = async (client: string, draftId: string): Promise<Draft> => {
    if (closed) throw unknownDraft();
    present.add(client);
    const known = open.get(draftId);
    if (known !== undefined) {
      const draft = await known;
      if (!isFor(client, draft.note)) throw unknownDraft();
      if (draft.note.owner !== client) {
        draft.note = { ...draft.note, owner: client };
        await draft.inTurn(() => saveNote(draft));
      }
      return draft;
    }
    const note = await ports.drafts.read(draftId);
    // Two pages may ask at once.
    if (open.has(draftId)) return get(client, draftId);
    if (closed || note === null || !isFor(client, note)) throw unknownDraft();
    const opening = takeUp(client, note);
    open.set(draftId, opening);
    opening.catch(() => open.delete(draftId));
    return opening;
  };

  /** Whether or not it can be opened: what cannot be read must not stay for good. */
  const forget = async (draftId: string): Promise<void> => {
    const draft = await open.get(draftId)?.catch(() => undefined);
    if (draft !== undefined) await leave(draft);
    // The note goes last, as it came first: as long as there are copies of students' files, it tells of them.
    await ports.check.workspace.forget(draftId, NEVER);
    await ports.drafts.forget(draftId);
  };

  /** `more`: files that are made for this draft. */
  const begin = async (
    client: string,
    profileId: string | null,
    paths: readonly string[],
    more: ((draftId: string) => Promise<string>) | null = null,
  ): Promise<Draft> => {
    if (closed) throw unknownDraft();
    present.add(client);
    const { random, clock } = ports.check;
    const draftId = random.uuid();
    const now = clock.now().toISOString();
    const dates = { createdAt: now, touchedAt: now };
    const note = { draftId, owner: client, ...dates, profileId, nextFileNo: 0, files: [], loads: [] };
    const draft = createDraft(ports, note);
    addFiles(draft, paths);
    await saveNote(draft);
    try {
      if (more !== null) {
        addFiles(draft, [await more(draftId)]);
        await saveNote(draft);
      }
    } catch (thrown) {
      await forget(draftId).catch(complain);
      throw thrown;
    }
    open.set(draftId, Promise.resolve(draft));
    inBackground(draft, () => bringIn(draft));
    return draft;
  };

  return {
    async list(client) {
      present.add(client);
      const notes: DraftNote[] = [];
      const before = ports.check.clock.now().getTime() - KEPT_MS;
      for (const note of await ports.drafts.all()) {
        if (!open.has(note.draftId) && Date.parse(note.touchedAt) < before)
          await forget(note.draftId).catch(complain);
        else if (isFor(client, note)) notes.push(note);
      }
      return notes;
    },
    open: (client, profileId, paths) => begin(client, profileId, paths),
    openPasted: (client, profileId, text) =>
      begin(client, profileId, [], (draftId) => ports.pasted.write(draftId, text)),
    get,
    async discard(client, draftId) {
      present.add(client);
      const note = await ports.drafts.read(draftId);
      if (note === null || !isFor(client, note)) throw unknownDraft();
      const draft = await open.get(draftId)?.catch(() => undefined);
      if (draft !== undefined) throwIfLoading(draft);
      await forget(draftId);
    },
    async clientGone(client) {
      present.delete(client);
      for (const opening of [...open.values()]) {
        const draft = await opening.catch(() => null);
        // What is being loaded is read until the load has all of it, page or no page.
        if (draft?.note.owner === client && loadingOf(draft) === null) await leave(draft);
      }
    },
    profilesChanged() {
      ofEach((draft) => {
        void draft.lookup.letGo();
        // It may have been compared with another database than it would be loaded into now.
        tellChanged(draft, true);
        if (draft.lookup.state.kind === 'failed') inBackground(draft, () => bringIn(draft));
      });
    },
    async close() {
      closed = true;
      await Promise.all([...open.values()].map((opening) => opening.then(closeDraft, () => undefined)));
      open.clear();
    },
  };
}

/** Adds files that are to be read as they are found. */
export function addFiles(draft: Draft, paths: readonly string[]): void {
  const notes: DraftFileNote[] = paths.map((path, at) => ({
    fileNo: draft.note.nextFileNo + at,
    path,
    name: path.split(/[/\\]/).at(-1) ?? path,
    spec: AS_FOUND_SPEC,
    rulesDone: false,
    rulesApplied: [],
  }));
  draft.files.push(...notes.map(newFile));
  draft.note = { ...draft.note, nextFileNo: draft.note.nextFileNo + paths.length };
}
