import type { DraftRowView } from '../../../../shared/contract/drafts.ts';

/** Rows asked for at once. */
export const BLOCK_ROWS = 100;
/** 6,000 rows: a few megabytes, and more than a person goes back. */
const MAX_BLOCKS = 60;
/** How long somebody who drags the scroll bar has to rest before rows are asked for, in milliseconds. */
const REST_MS = 60;

interface Block {
  rows: readonly DraftRowView[];
  /** Of an older state of the draft: shown until it has been read again. */
  stale: boolean;
}

export interface RowBlocksOptions {
  /** Rows from a place (from 0) on. */
  read: (place: number, count: number, signal: AbortSignal) => Promise<readonly DraftRowView[]>;
  onFailure: (thrown: unknown) => void;
}

export interface RowBlocks {
  get: (place: number) => DraftRowView | undefined;
  /** What is seen now: missing blocks are asked for, requests for blocks scrolled past are given up. */
  want: (first: number, last: number) => void;
  /** Everything may be another than before. Resolves once what is seen has been read again. */
  refresh: () => Promise<void>;
  /** Rows of a range, asked for where they are missing. Rejects where they cannot be read. */
  load: (first: number, last: number) => Promise<DraftRowView[]>;
  /** Calls `listener` whenever a row is another than before, until the returned function is called. */
  listen: (listener: () => void) => () => void;
  /** Grows with every change. */
  version: () => number;
  /** Gives up what is being read; `want` begins anew. */
  rest: () => void;
}

/** The rows of one list, by blocks, as far as somebody looks at them. */
export function createRowBlocks({ read, onFailure }: RowBlocksOptions): RowBlocks {
  const blocks = new Map<number, Block>();
  const running = new Map<number, { stop: AbortController; done: Promise<void> }>();
  let wanted: readonly number[] = [];
  let resting: ReturnType<typeof setTimeout> | undefined;
  let version = 0;
  const listeners = new Set<() => void>();

  function keep(index: number, rows: readonly DraftRowView[]): void {
    blocks.delete(index);
    blocks.set(index, { rows, stale: false });
    for (const oldest of blocks.keys()) {
      if (blocks.size <= MAX_BLOCKS) break;
      if (!wanted.includes(oldest)) blocks.delete(oldest);
    }
    version += 1;
    for (const listener of listeners) listener();
  }

  function start(index: number): Promise<void> {
    const earlier = running.get(index);
    if (earlier !== undefined) return earlier.done;
    const stop = new AbortController();
    const work = async (): Promise<void> => {
      try {
        const rows = await read(index * BLOCK_ROWS, BLOCK_ROWS, stop.signal);
        if (stop.signal.aborted) return;
        keep(index, rows);
      } finally {
        if (running.get(index)?.stop === stop) running.delete(index);
      }
    };
    const done = work();
    running.set(index, { stop, done });
    return done;
  }

  function startWanted(): Promise<unknown> {
    const missing = wanted.filter((index) => blocks.get(index)?.stale !== false);
    return Promise.all(
      missing.map((index) =>
        start(index).catch((thrown: unknown) => {
          if (wanted.includes(index) && !isGivenUp(thrown)) onFailure(thrown);
        }),
      ),
    );
  }

  function giveUp(isLeft: (index: number) => boolean): void {
    for (const [index, { stop }] of running) {
      if (isLeft(index)) continue;
      running.delete(index);
      stop.abort(new GivenUp());
    }
  }

  return {
    get(place) {
      return blocks.get(Math.floor(place / BLOCK_ROWS))?.rows[place % BLOCK_ROWS];
    },
    want(first, last) {
      const before = wanted;
      wanted = range(Math.floor(first / BLOCK_ROWS), Math.floor(last / BLOCK_ROWS));
      for (const index of wanted) {
        // The one used last is the last to go.
        const block = blocks.get(index);
        if (block === undefined) continue;
        blocks.delete(index);
        blocks.set(index, block);
      }
      giveUp((index) => wanted.includes(index));
      clearTimeout(resting);
      if (wanted.every((index) => blocks.get(index)?.stale === false)) return;
      const isNear = before.length === 0 || wanted.some((index) => before.includes(index));
      if (isNear) void startWanted();
      else resting = setTimeout(() => void startWanted(), REST_MS);
    },
    async refresh() {
      for (const block of blocks.values()) block.stale = true;
      giveUp(() => false);
      await startWanted();
    },
    async load(first, last) {
      const rows: DraftRowView[] = [];
      for (const index of range(Math.floor(first / BLOCK_ROWS), Math.floor(last / BLOCK_ROWS))) {
        if (blocks.get(index)?.stale !== false) {
          // Not `start`: nobody who scrolls on may give this one up.
          keep(index, await read(index * BLOCK_ROWS, BLOCK_ROWS, new AbortController().signal));
        }
        rows.push(...(blocks.get(index)?.rows ?? []));
      }
      const skipped = first - Math.floor(first / BLOCK_ROWS) * BLOCK_ROWS;
      return rows.slice(skipped, skipped + last - first + 1);
    },
    listen(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    version: () => version,
    rest() {
      clearTimeout(resting);
      giveUp(() => false);
      wanted = [];
    },
  };
}

class GivenUp extends Error {
  override name = 'GivenUp';
}

function isGivenUp(thrown: unknown): boolean {
  return thrown instanceof GivenUp || (thrown instanceof Error && thrown.name === 'AbortError');
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}
