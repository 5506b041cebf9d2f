import { useCallback, useRef, useState } from 'react';
import type { BulkEditView, DraftRowView, DraftView } from '../../../../shared/contract/drafts.ts';
import type { OutputOf } from '../../../../shared/contract/routes.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { type Failure, failureOf } from '../../../lib/failure.ts';
import { usePage } from '../../../lib/page-context.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import { rowMarksReader } from './cell-marks.ts';
import { otherFile } from './other-file.ts';
import type { RowBlocks } from './row-blocks.ts';

/** Of the contract: what one edit may change. */
export const MAX_EDITS = 100_000;

/** Texts that were typed and are not checked yet: by row, then by position. */
export type PendingTexts = ReadonlyMap<number, ReadonlyMap<number, string>>;

export interface CellEdit {
  row: number;
  position: number;
  /** Null: as it stands in the file. */
  text: string | null;
}

type Outcome = OutputOf<'drafts.edit'>;

export interface Fixing {
  pending: PendingTexts;
  busy: boolean;
  failure: Failure | null;
  dismiss: () => void;
  /** One cell: says afterwards whether it is in order. */
  editCell: (place: number, heading: string, edit: CellEdit) => Promise<void>;
  /** Many cells as one operation; `said`: what is said of it. */
  editCells: (edits: readonly CellEdit[], said?: string) => Promise<void>;
  leaveOut: (rows: readonly number[], skipped: boolean) => Promise<void>;
  apply: (bulk: BulkEditView, teach: boolean) => Promise<void>;
  undo: () => Promise<void>;
  redo: () => Promise<void>;
}

/**
 * Everything that changes the draft, one after the other. What was typed is shown at once; a refusal brings the
 * old text back. `onDraft` gets every newer draft, after which the rows in sight have been read again.
 */
export function useFixing(
  { draft, fileNo, onDraft }: { draft: DraftView; fileNo: number; onDraft: (draft: DraftView) => void },
  blocks: RowBlocks,
  onRead: (revision: number) => void,
): Fixing {
  const contract = useContract();
  const { say } = usePage();
  const [pending, setPending] = useState<PendingTexts>(new Map());
  const [running, setRunning] = useState(0);
  const [failure, setFailure] = useState<Failure | null>(null);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const latest = useRef({ draft, onDraft, blocks, onRead });
  latest.current = { draft, onDraft, blocks, onRead };
  const { draftId } = draft;

  /** Resolves to the label of what was done, or null. */
  const run = useCallback(
    (work: () => Promise<Outcome>): Promise<string | null> => {
      if (latest.current.draft.loading !== null) {
        say(gridTexts.done.locked, 'bad');
        return Promise.resolve(null);
      }
      const step = async (): Promise<string | null> => {
        setRunning((count) => count + 1);
        setFailure(null);
        try {
          const { outcome, draft: after } = await work();
          latest.current.onRead(after.revision);
          latest.current.onDraft(after);
          await latest.current.blocks.refresh();
          if (outcome === null) say(gridTexts.done.nothing);
          return outcome?.label ?? null;
        } catch (thrown) {
          const failed = failureOf(thrown);
          setFailure(failed);
          say(failed.message, 'bad');
          return null;
        } finally {
          setRunning((count) => count - 1);
        }
      };
      const done = queue.current.then(step);
      queue.current = done;
      return done;
    },
    [say],
  );

  const editCells = useCallback(
    async (edits: readonly CellEdit[], said?: string): Promise<string | null> => {
      if (edits.length === 0) return null;
      if (edits.length > MAX_EDITS) {
        say(gridTexts.done.tooMany(MAX_EDITS), 'bad');
        return null;
      }
      setPending((before) => withTexts(before, edits));
      const label = await run(() => contract.request('drafts.edit', { draftId, fileNo, edits: [...edits] }));
      setPending((before) => withoutTexts(before, edits));
      if (label !== null && said !== undefined) say(said);
      return label;
    },
    [contract, draftId, fileNo, run, say],
  );

  const editCell = useCallback(
    async (place: number, heading: string, edit: CellEdit): Promise<void> => {
      const before = latest.current.blocks.get(place);
      const label = await editCells([edit]);
      const after = latest.current.blocks.get(place);
      if (label === null || after === undefined || after.row !== edit.row) return;
      const { mapped } = latest.current.draft.files.find((file) => file.fileNo === fileNo) ?? { mapped: [] };
      const issuesOf = (row: DraftRowView | undefined) =>
        row === undefined ? [] : (rowMarksReader(mapped)(row).cells.get(edit.position)?.issues ?? []);
      const [wrong] = issuesOf(after);
      const { done } = gridTexts;
      if (wrong !== undefined) say(done.stillWrong(edit.row, heading, wrong.message));
      else if (issuesOf(before).length > 0) say(done.inOrder(edit.row, heading));
      else say(done.changed(edit.row, heading));
    },
    [editCells, fileNo, say],
  );

  const leaveOut = useCallback(
    async (rows: readonly number[], skipped: boolean): Promise<void> => {
      if (rows.length > MAX_EDITS) return say(gridTexts.done.tooMany(MAX_EDITS), 'bad');
      const label = await run(() =>
        contract.request('drafts.skip', { draftId, fileNo, rows: [...rows], skipped }),
      );
      if (label !== null) say(label);
    },
    [contract, draftId, fileNo, run, say],
  );

  const apply = useCallback(
    async (bulk: BulkEditView, teach: boolean): Promise<void> => {
      const label = await run(() => contract.request('drafts.apply', { draftId, fileNo, bulk, teach }));
      if (label !== null) say(label);
    },
    [contract, draftId, fileNo, run, say],
  );

  const turn = useCallback(
    async (way: 'undo' | 'redo', words: (label: string, file: string | null) => string): Promise<void> => {
      let file: string | null = null;
      const label = await run(() => {
        file = otherFile(latest.current.draft, `${way}FileNo`, fileNo);
        return contract.request(`drafts.${way}`, { draftId });
      });
      if (label !== null) say(words(label, file));
    },
    [contract, draftId, fileNo, run, say],
  );

  return {
    pending,
    busy: running > 0,
    failure,
    dismiss: useCallback(() => setFailure(null), []),
    editCell,
    editCells: useCallback(
      async (edits, said) => {
        const label = await editCells(edits, said);
        if (label !== null && said === undefined) say(label);
      },
      [editCells, say],
    ),
    leaveOut,
    apply,
    undo: useCallback(() => turn('undo', gridTexts.done.undone), [turn]),
    redo: useCallback(() => turn('redo', gridTexts.done.redone), [turn]),
  };
}

/** Only a few are shown beforehand: of a large block the end is waited for. */
const SHOWN_AT_ONCE = 2_000;

function withTexts(before: PendingTexts, edits: readonly CellEdit[]): PendingTexts {
  if (edits.length > SHOWN_AT_ONCE) return before;
  const after = new Map(before);
  for (const { row, position, text } of edits) {
    if (text !== null) after.set(row, new Map(after.get(row)).set(position, text));
  }
  return after;
}

function withoutTexts(before: PendingTexts, edits: readonly CellEdit[]): PendingTexts {
  const after = new Map(before);
  for (const { row, position, text } of edits) {
    const cells = new Map(after.get(row));
    // A text that was typed since is still waiting.
    if (cells.get(position) === text) cells.delete(position);
    if (cells.size === 0) after.delete(row);
    else after.set(row, cells);
  }
  return after;
}
