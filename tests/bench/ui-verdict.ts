import { percentile } from './statistics.ts';
import type { Verdict } from './verdict.ts';

/** What was promised of a million rows with 200,000 errors. A figure that equals its bound has missed it. */
export const UI_BOUNDS = {
  firstRowsMs: 1_000,
  /** Of what `bench:check`'s own program takes for the same file in the same run. */
  countRatio: 1.5,
  frameP95Ms: 25,
  offsets: 100,
  heapBytes: 200e6,
  bulkEditMs: 3_000,
  bulkEditCells: 100_000,
} as const;

export interface UiFigures {
  firstRowsMs: number;
  countMs: number;
  /** Of `bench:check`'s program, the mean of the runs before and after. */
  checkMs: number;
  /** Between two frames, in milliseconds: over all rows, and over those with errors. */
  framesOfAll: readonly number[];
  framesOfErrors: readonly number[];
  /** Of a page in which nothing moves. */
  framesIdle: readonly number[];
  offsets: number;
  /** Differences between screen and file, in words. */
  wrong: readonly string[];
  heapBytes: number;
  bulkEditCells: number;
  bulkEditMs: number;
  undoMs: number;
}

/** One for each promise. A figure that is missing or no number misses its bound. */
export function uiVerdicts(figures: UiFigures): Verdict[] {
  const { countMs, checkMs, offsets, wrong, heapBytes, bulkEditCells: cells } = figures;
  const ratio = countMs / checkMs;
  const bulk = (what: string, ms: number): Verdict => ({
    requirement: `${what} of ${UI_BOUNDS.bulkEditCells} cells under ${UI_BOUNDS.bulkEditMs} ms`,
    met: ms < UI_BOUNDS.bulkEditMs && cells >= UI_BOUNDS.bulkEditCells,
    figure: `${ms.toFixed(0)} ms for ${cells} cells (${(ms / UI_BOUNDS.bulkEditMs).toFixed(2)} × the bound)`,
  });
  const idle = percentile(figures.framesIdle, 95);
  const frames = (where: string, all: readonly number[]): Verdict => {
    const p95 = percentile(all, 95);
    return {
      requirement: `frames while scrolling ${where}: p95 under ${UI_BOUNDS.frameP95Ms} ms`,
      met: p95 < UI_BOUNDS.frameP95Ms,
      figure: `${p95.toFixed(1)} ms (${(p95 / idle).toFixed(2)} × those of a page at rest)`,
    };
  };
  return [
    {
      requirement: `first rows on the screen within ${UI_BOUNDS.firstRowsMs} ms`,
      met: figures.firstRowsMs < UI_BOUNDS.firstRowsMs,
      figure: `${figures.firstRowsMs.toFixed(0)} ms (${(figures.firstRowsMs / UI_BOUNDS.firstRowsMs).toFixed(2)} × the bound)`,
    },
    {
      requirement: `full count within ${UI_BOUNDS.countRatio} × bench:check`,
      met: ratio < UI_BOUNDS.countRatio,
      figure: `${ratio.toFixed(2)} × (${(countMs / 1000).toFixed(1)} s against ${(checkMs / 1000).toFixed(1)} s)`,
    },
    frames('over all rows', figures.framesOfAll),
    frames('over the rows with errors', figures.framesOfErrors),
    {
      requirement: `rows as in the file at ${UI_BOUNDS.offsets} places`,
      met: offsets >= UI_BOUNDS.offsets && wrong.length === 0,
      figure: wrong.length === 0 ? `at ${offsets}` : wrong.join(' '),
    },
    {
      requirement: `the page's heap under ${UI_BOUNDS.heapBytes / 1e6} MB`,
      met: heapBytes < UI_BOUNDS.heapBytes,
      figure: `${(heapBytes / 1e6).toFixed(1)} MB`,
    },
    bulk('bulk fix', figures.bulkEditMs),
    bulk('undo', figures.undoMs),
  ];
}

export function uiVerdictLine({ met, requirement, figure }: Verdict): string {
  return `${met ? 'kept    ' : 'NOT KEPT'}  ${requirement}: ${figure}`;
}

export function framesLine(name: string, frames: readonly number[]): string {
  const part = (percent: number): string => percentile(frames, percent).toFixed(1);
  return `${name.padEnd(28)} ${String(frames.length).padStart(5)} frames: p50 ${part(50)} ms, p95 ${part(95)} ms, worst ${part(100)} ms`;
}
