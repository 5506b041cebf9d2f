import type { MemoryMeasure } from './measure-memory.ts';

/** What was promised. A figure that equals an upper bound has missed it; `throughputRatio` may be equal. */
export const BOUNDS = {
  throughputRatio: 0.8,
  peakMemoryBytes: 450e6,
  firstPageMs: 500,
  middlePageMs: 20,
  recheckMs: 20,
  bulkEditMs: 3_000,
  bulkEditCells: 100_000,
} as const;

/** Worth reaching, but no promise. */
export const GOALS = { throughputRatio: 1, rowsPerSecond: 100_000 } as const;

/** What all runs together came to. */
export interface Figures {
  /** Of ours, the median over the runs. */
  rowsPerSecond: number;
  /** Our median rows/s by the median of bare PapaParse. */
  throughputRatio: number;
  /** The highest of all runs; null where it could not be measured. */
  peakMemoryBytes: number | null;
  memoryMeasure: MemoryMeasure;
  /** The slowest of all runs. */
  firstPageMs: number;
  /** 95 of 100 pages of all runs took no longer. */
  middlePageP95Ms: number;
  /** 95 of 100 edits of all runs took no longer. */
  recheckP95Ms: number;
  /** The slowest of all runs. */
  bulkEditMs: number;
  /** The fewest of all runs. */
  bulkEditCells: number;
  /** One for each run in which the counts were not those the file promises; empty when all agree. */
  wrongCounts: readonly string[];
}

export interface Verdict {
  met: boolean;
  requirement: string;
  figure: string;
}

/** One for each requirement. A figure that is missing or no number misses its bound. */
export function verdicts(figures: Figures): Verdict[] {
  const { peakMemoryBytes: peak } = figures;
  return [
    {
      requirement: 'every row accounted for, and exactly the promised ones rejected',
      met: figures.wrongCounts.length === 0,
      figure: figures.wrongCounts.length === 0 ? 'in every run' : figures.wrongCounts.join('; '),
    },
    {
      requirement: `rows/s at least ${BOUNDS.throughputRatio} × bare PapaParse (medians)`,
      met: figures.throughputRatio >= BOUNDS.throughputRatio,
      figure: `${figures.throughputRatio.toFixed(2)} ×`,
    },
    {
      requirement: `peak memory of all processes under ${BOUNDS.peakMemoryBytes / 1e6} MB (highest run)`,
      met: peak !== null && peak < BOUNDS.peakMemoryBytes,
      figure:
        peak === null
          ? 'not measured on this system'
          : `${(peak / 1e6).toFixed(1)} MB ${figures.memoryMeasure}`,
    },
    below('first page of a file just opened', 'slowest run', figures.firstPageMs, BOUNDS.firstPageMs),
    below('page from the middle', 'p95', figures.middlePageP95Ms, BOUNDS.middlePageMs),
    below('re-check of an edited row', 'p95', figures.recheckP95Ms, BOUNDS.recheckMs),
    bulkEdit(figures),
  ];
}

function bulkEdit(figures: Figures): Verdict {
  const cells = figures.bulkEditCells;
  const name = `bulk edit of ${BOUNDS.bulkEditCells} cells`;
  const verdict = below(name, 'slowest run', figures.bulkEditMs, BOUNDS.bulkEditMs);
  if (cells >= BOUNDS.bulkEditCells) return verdict;
  return { ...verdict, met: false, figure: `${verdict.figure}, but only ${cells} cells` };
}

function below(name: string, of: string, ms: number, boundMs: number): Verdict {
  return {
    requirement: `${name} under ${boundMs} ms (${of})`,
    met: ms < boundMs,
    figure: `${ms.toFixed(1)} ms`,
  };
}

export function verdictLine({ met, requirement, figure }: Verdict): string {
  return `${met ? 'ok    ' : 'MISSED'}  ${requirement}: ${figure}`;
}

/** Goals are told, never missed. */
export function goalLines(figures: Figures): string[] {
  const reached = (is: boolean): string => (is ? 'reached' : 'not reached');
  const { throughputRatio: ratio, rowsPerSecond } = figures;
  return [
    `goal    ${GOALS.throughputRatio} × bare PapaParse: ${reached(ratio >= GOALS.throughputRatio)} (${ratio.toFixed(2)} ×)`,
    `goal    ${GOALS.rowsPerSecond} rows/s: ${reached(rowsPerSecond >= GOALS.rowsPerSecond)} (${Math.round(rowsPerSecond)} rows/s)`,
  ];
}
