import { type RefObject, useCallback, useRef } from 'react';
import type { DraftFileView, RowFilter } from '../../../../shared/contract/drafts.ts';
import { useContract } from '../../../lib/contract-context.tsx';
import { failureOf } from '../../../lib/failure.ts';
import { usePage } from '../../../lib/page-context.tsx';
import { gridTexts } from '../../../texts/grid.ts';
import type { ShownRows } from './file-memory.ts';
import type { GridHandle } from './grid-view.tsx';
import type { RowBlocks } from './row-blocks.ts';
import { headingOf } from './use-grid-columns.ts';
import type { Goal } from './use-grid-place.ts';

interface Spot {
  row: number;
  position: number;
}
type Found = { row: number; position: number | null };

/** Behind the last cell of any row. */
const ROW_END = 1_000_000;
/** How often a place outside of the rows shown is passed over before it is given up. */
const PATIENCE = 60;
/** A key that is held down must not go on for long after it was let go. */
const MOST_STEPS = 5;
/** So long the grid may take to come to where it was sent. */
const COMING_MS = 250;

export interface Going {
  /** The next problem, or the one before; from the other end on where there is none. */
  problem: (backwards: boolean) => Promise<void>;
  /** The next place, or the one before; the focus stays in the field, so that it can be gone on from there. */
  find: (text: string, backwards: boolean) => Promise<void>;
}

/** Goes through a file from cell to cell, within the rows shown. */
export function useGoing(
  draftId: string,
  file: DraftFileView,
  shown: ShownRows,
  blocks: RowBlocks,
  grid: RefObject<GridHandle | null>,
  go: (goal: Goal) => void,
): Going {
  const contract = useContract();
  const { say } = usePage();
  const stop = useRef<AbortController | null>(null);
  const { fileNo, header } = file;
  const view = shown.kind === 'view' ? shown.view : null;
  const rows = shown.kind === 'view' ? shown.rows : file.rows;
  const severity = shown.kind === 'view' ? severityOf(shown.filter) : null;

  /** Presses that wait for those before them, and where the last of these has led: the grid comes there a moment later. */
  const steps = useRef<{ waiting: number; last: Promise<void>; at: { spot: Spot; untilMs: number } | null }>({
    waiting: 0,
    last: Promise.resolve(),
    at: null,
  });

  const seek = useCallback(
    async (
      backwards: boolean,
      ask: (after: Spot, signal: AbortSignal) => Promise<Found | null>,
      tell: (found: Found, wrapped: boolean) => string | null,
      nothing: string,
      leavesFocus: boolean,
    ): Promise<void> => {
      const { at } = steps.current;
      const from = at !== null && performance.now() < at.untilMs ? at.spot : grid.current?.at();
      if (from === undefined || rows === 0) return say(nothing);
      stop.current?.abort();
      const own = new AbortController();
      stop.current = own;
      const { signal } = own;

      /** Where a row stands among those shown; else the nearest one in the way. */
      async function placeOf(row: number): Promise<{ place: number; isShown: boolean; next: Spot | null }> {
        if (view === null) return { place: row - 1, isShown: true, next: null };
        const { place } = await contract.request('drafts.place', { draftId, fileNo, view, row }, { signal });
        const here = place < rows ? (await blocks.load(place, place))[0]?.row : undefined;
        if (here === row) return { place, isShown: true, next: null };
        if (!backwards) {
          return {
            place,
            isShown: false,
            next: here === undefined ? null : { row: here - 1, position: ROW_END },
          };
        }
        const before = place > 0 ? (await blocks.load(place - 1, place - 1))[0]?.row : undefined;
        return {
          place,
          isShown: false,
          next: before === undefined ? null : { row: before, position: ROW_END },
        };
      }
      async function firstFrom(start: Spot): Promise<{ found: Found; place: number } | null> {
        let after: Spot | null = start;
        for (let tries = 0; tries < PATIENCE && after !== null; tries += 1) {
          const found = await ask(after, signal);
          if (found === null) return null;
          const { place, isShown, next } = await placeOf(found.row);
          if (isShown) return { found, place };
          after = next;
        }
        return null;
      }

      try {
        const otherEnd = backwards ? { row: file.rows, position: ROW_END } : { row: 0, position: -1 };
        const near = await firstFrom(from);
        const hit = near ?? (await firstFrom(otherEnd));
        if (signal.aborted) return;
        if (hit === null) return say(nothing);
        const spot = { row: hit.found.row, position: hit.found.position ?? -1 };
        steps.current.at = { spot, untilMs: performance.now() + COMING_MS };
        go({ place: hit.place, position: hit.found.position, leavesFocus });
        const words = tell(hit.found, near === null);
        if (words !== null) say(words);
      } catch (thrown) {
        if (!signal.aborted) say(failureOf(thrown).message, 'bad');
      }
    },
    [contract, draftId, fileNo, file.rows, view, rows, blocks, grid, go, say],
  );

  /** However fast the key is pressed, each press is a step. */
  const step = useCallback((work: () => Promise<void>): Promise<void> => {
    const own = steps.current;
    if (own.waiting >= MOST_STEPS) return own.last;
    own.waiting += 1;
    own.last = own.last.then(work).finally(() => {
      own.waiting -= 1;
    });
    return own.last;
  }, []);

  return {
    problem: useCallback(
      (backwards) =>
        step(() =>
          seek(
            backwards,
            async (after, signal) => {
              const input = { draftId, fileNo, after, backwards, severity };
              return (await contract.request('drafts.nextProblem', input, { signal })).found;
            },
            (_found, wrapped) => (wrapped ? gridTexts.done.fromStart : null),
            view === null ? gridTexts.done.noProblem : gridTexts.done.noProblemHere,
            false,
          ),
        ),
      [step, seek, contract, draftId, fileNo, severity, view],
    ),
    find: useCallback(
      (text, backwards) =>
        step(() =>
          seek(
            backwards,
            async (after, signal) => {
              const input = { draftId, fileNo, text, after, backwards };
              return (await contract.request('drafts.find', input, { signal })).found;
            },
            (found, wrapped) => {
              const heading = headingOf(header, found.position ?? 0);
              return (wrapped ? gridTexts.done.foundFromStart : gridTexts.done.found)(found.row, heading);
            },
            view === null ? gridTexts.done.notFound : gridTexts.done.notFoundHere,
            true,
          ),
        ),
      [step, seek, contract, draftId, fileNo, header, view],
    ),
  };
}

function severityOf({ show }: RowFilter): 'error' | 'warning' | null {
  if (show === 'errors' || show === 'rejected') return 'error';
  return show === 'warnings' ? 'warning' : null;
}
