import type { draftRoutes } from '../../../shared/contract/draft-routes.ts';
import type { DraftView } from '../../../shared/contract/drafts.ts';
import type { CallContext, HandlersOf } from '../../../shared/contract/handlers.ts';
import { damageOf } from '../../engine/check.ts';
import type { EditOutcome } from '../../engine/edit-session.ts';
import type { TokenCounter } from '../../engine/token-counter-port.ts';
import { ruleInWords } from './apply-rules.ts';
import { draftThatTheyCameFrom } from './came-from.ts';
import { addToDraft, removeFromDraft, setTarget } from './change-files.ts';
import { columnsOfFile } from './draft-columns.ts';
import type { DraftDesk } from './draft-desk.ts';
import { exportPiece, exportRejected } from './draft-export.ts';
import { loadDraft } from './draft-load.ts';
import { applyBulk, editCells, planBulk, skipRows, turn } from './draft-mending.ts';
import type { DraftPorts } from './draft-ports.ts';
import { reviewDraft, reviewedRows } from './draft-review.ts';
import { rowsAt, rowsFrom } from './draft-rows.ts';
import { findText, nextProblem } from './draft-search.ts';
import { checkedOf, type Draft } from './draft-state.ts';
import { viewOf } from './draft-view.ts';
import { filteredRows, placeIn } from './draft-views.ts';
import { readAnew } from './read-anew.ts';

export interface DraftHandlerPorts {
  desk: DraftDesk;
  ports: DraftPorts;
  tokens: TokenCounter;
}

/** Proved by their check digit, these are put right whenever such a row is read. */
const ON_ITS_OWN = new Set(['isbn-leading-zero']);

export function draftHandlers({ desk, ports, tokens }: DraftHandlerPorts): HandlersOf<typeof draftRoutes> {
  const of = ({ draftId }: { draftId: string }, { client }: CallContext): Promise<Draft> =>
    desk.get(client, draftId);
  const view = async (draft: Draft): Promise<{ draft: DraftView }> => ({ draft: await viewOf(draft) });
  const told = async (draft: Draft, outcome: EditOutcome | null) => {
    const seen = await viewOf(draft);
    return { outcome: outcome === null ? null : { ...outcome, draft: seen }, draft: seen };
  };

  return {
    'drafts.list': async (_input, { client }) => ({
      drafts: (await desk.list(client)).map(({ draftId, createdAt, files, loads }) => ({
        draftId,
        createdAt,
        files: files.map(({ name }) => name),
        loads: loads.map(({ loadId }) => loadId),
      })),
    }),
    'drafts.open': async ({ profileId, files }, { client, files: own }) => {
      const paths = files.map((id) => own.pathOf(id));
      const origin = await draftThatTheyCameFrom(ports, paths);
      // One that is gone, or somebody else's, leaves them ordinary files.
      const theirs = origin === null ? null : await desk.get(client, origin).catch(() => null);
      if (theirs === null) return { ...(await view(await desk.open(client, profileId, paths))), merged: [] };
      const merged = await addToDraft(theirs, paths);
      return { ...(await view(theirs)), merged };
    },
    'drafts.openSamples': async ({ profileId }, { client }) =>
      view(await desk.open(client, profileId, ports.samples)),
    'drafts.paste': async ({ draftId, profileId, text }, context) => {
      if (draftId === null) return view(await desk.openPasted(context.client, profileId, text));
      const draft = await of({ draftId }, context);
      await addToDraft(draft, [await ports.pasted.write(draftId, text)]);
      return view(draft);
    },
    'drafts.show': async (input, context) => view(await of(input, context)),
    'drafts.discard': async ({ draftId }, { client }) => {
      await desk.discard(client, draftId);
      return {};
    },
    'drafts.add': async (input, context) => {
      const draft = await of(input, context);
      const merged = await addToDraft(
        draft,
        input.files.map((id) => context.files.pathOf(id)),
      );
      return { ...(await view(draft)), merged };
    },
    'drafts.remove': async (input, context) => {
      const draft = await of(input, context);
      await removeFromDraft(draft, input.fileNo);
      return view(draft);
    },
    'drafts.target': async (input, context) => {
      const draft = await of(input, context);
      await setTarget(draft, input.profileId);
      return view(draft);
    },

    'drafts.read': async ({ draftId, fileNo, ...said }, context) => {
      const draft = await of({ draftId }, context);
      await readAnew(draft, fileNo, said);
      return view(draft);
    },
    'drafts.columns': async (input, context) => columnsOfFile(await of(input, context), input.fileNo),

    'drafts.rows': async (input, context) => {
      const draft = await of(input, context);
      const { fileNo, view: id, from, count } = input;
      if (id === null) return { rows: await rowsFrom(draft, fileNo, from, count) };
      const rows = draft.views.rows(id, fileNo).subarray(from, from + count);
      return { rows: await rowsAt(draft, fileNo, [...rows]) };
    },
    'drafts.filter': async (input, context) => {
      const draft = await of(input, context);
      const { fileNo, filter } = input;
      const file = checkedOf(draft, fileNo);
      const rows = await filteredRows(draft.context.ports.workspace, draft.draftId, file, filter);
      return { view: draft.views.add(fileNo, rows), rows: rows.length };
    },
    'drafts.find': async (input, context) => ({
      found: await findText(await of(input, context), input.fileNo, input, context.signal),
    }),
    'drafts.place': async (input, context) => {
      const draft = await of(input, context);
      return { place: placeIn(draft.views.rows(input.view, input.fileNo), input.row) };
    },
    'drafts.issues': async (input, context) => {
      const draft = await of(input, context);
      const { fileNo, code, column, severity, offset, limit } = input;
      const page = {
        offset,
        limit,
        ...(code === null ? {} : { code }),
        ...(column === undefined ? {} : { column }),
        ...(severity === null ? {} : { severity }),
      };
      const { workspace } = draft.context.ports;
      return { issues: await workspace.issues(draft.draftId, fileNo, page, context.signal) };
    },
    'drafts.nextProblem': async (input, context) => ({
      found: await nextProblem(await of(input, context), input.fileNo, input),
    }),
    'drafts.damage': async (input, context) => ({
      findings: damageOf(checkedOf(await of(input, context), input.fileNo)).map(
        ({ repair, examples, ...finding }) => ({
          ...finding,
          examples: [...examples],
          repairable: repair !== null,
          onItsOwn: ON_ITS_OWN.has(finding.kind),
        }),
      ),
    }),
    'drafts.operations': async (input, context) => {
      const draft = await of(input, context);
      const all = await draft.context.ports.workspace.operations(draft.draftId, context.signal);
      return { operations: all.map(({ label, state }) => ({ label, undone: state === 'undone' })) };
    },

    'drafts.edit': async (input, context) => {
      const draft = await of(input, context);
      return told(draft, await editCells(draft, input.fileNo, input.edits));
    },
    'drafts.skip': async (input, context) => {
      const draft = await of(input, context);
      return told(draft, await skipRows(draft, input.fileNo, input.rows, input.skipped));
    },
    'drafts.plan': async (input, context) => {
      const planned = await planBulk(await of(input, context), input.fileNo, input.bulk);
      const { label, edits, examples, rules } = planned;
      return { label, cells: edits.length, examples: [...examples], rules };
    },
    'drafts.apply': async (input, context) => {
      const draft = await of(input, context);
      return told(draft, await applyBulk(draft, input.fileNo, input.bulk, input.teach));
    },
    'drafts.undo': async (input, context) => {
      const draft = await of(input, context);
      return told(draft, await turn(draft, 'undo'));
    },
    'drafts.redo': async (input, context) => {
      const draft = await of(input, context);
      return told(draft, await turn(draft, 'redo'));
    },

    'drafts.review': async (input, context) => ({
      review: await reviewDraft(await of(input, context), tokens),
    }),
    'drafts.reviewRows': async (input, context) => {
      const draft = await of(input, context);
      return { rows: await reviewedRows(draft, input.fileNo, input.change, input) };
    },
    'drafts.load': async ({ draftId, ...choice }, context) => ({
      loadId: await loadDraft(await of({ draftId }, context), choice),
    }),

    'drafts.export': async (input, context) =>
      exportRejected(await of(input, context), input.fileNo, input.format),
    'drafts.exportPiece': async (input, context) =>
      exportPiece(await of(input, context), input.exportId, input.offset),

    'rules.list': async (_input, { signal }) => ({
      rules: (await ports.rules.all(signal)).map((rule) => ({
        ...rule,
        label: ruleInWords(rule),
      })),
    }),
    'rules.remove': async ({ ruleIds }, { signal }) => {
      await ports.rules.remove(ruleIds, signal);
      return {};
    },
  };
}
