import type { PromisedCounts } from './book-rows.ts';
import type { BareResult, CheckResult } from './check-result.ts';
import type { PeakMemory } from './measure-memory.ts';
import { median, percentile } from './statistics.ts';
import type { Figures } from './verdict.ts';

/** One run of the yardstick, and the one of ours that came right after it. */
export interface Round {
  bare: BareResult & { memory: PeakMemory };
  ours: CheckResult & { memory: PeakMemory };
}

export interface Measured {
  promised: PromisedCounts;
  bytes: number;
  rounds: readonly Round[];
}

/** Rows are those of the file for both programs, however many each made of them. */
function perSecond(amount: number, ms: number): number {
  return (amount / ms) * 1000;
}

export function figuresOf({ promised, rounds }: Measured): Figures {
  const ours = rounds.map((round) => round.ours);
  const peaks = ours.map((run) => run.memory.peakBytes).filter((peak) => peak !== null);
  const oursMs = median(ours.map((run) => run.ms));
  return {
    rowsPerSecond: perSecond(promised.rows, oursMs),
    throughputRatio: median(rounds.map((round) => round.bare.ms)) / oursMs,
    peakMemoryBytes: peaks.length === 0 ? null : Math.max(...peaks),
    memoryMeasure: ours[0]?.memory.measure ?? 'PSS',
    firstPageMs: Math.max(...ours.map((run) => run.firstPageMs)),
    middlePageP95Ms: percentile(
      ours.flatMap((run) => run.middlePageMs),
      95,
    ),
    recheckP95Ms: percentile(
      ours.flatMap((run) => run.recheckMs),
      95,
    ),
    bulkEditMs: Math.max(...ours.map((run) => run.bulkEditMs)),
    bulkEditCells: Math.min(...ours.map((run) => run.bulkEditCells)),
    wrongCounts: ours.flatMap((run, index) => wrongCounts(run, index + 1, promised)),
  };
}

function wrongCounts(run: CheckResult, number: number, promised: PromisedCounts): string[] {
  const accepted = promised.rows - promised.rejectedRows;
  if (run.rows === promised.rows && run.accepted === accepted && run.rejected === promised.rejectedRows)
    return [];
  const found = `${run.rows} rows, ${run.accepted} accepted, ${run.rejected} rejected`;
  return [`run ${number}: ${found} instead of ${promised.rows}, ${accepted}, ${promised.rejectedRows}`];
}

export const HEADINGS = [
  'run',
  'bare rows/s',
  'MB/s',
  'memory',
  'ours rows/s',
  'MB/s',
  'memory',
  'ratio',
  'first page',
  'middle page',
  're-check',
  'bulk edit',
  'undo',
];

/** A line for each run, then median, least and most of each column. */
export function tableOf({ promised, bytes, rounds }: Measured): string {
  const columns: { values: number[]; text: (value: number) => string }[] = [
    ...speedColumns(rounds.map((round) => round.bare)),
    ...speedColumns(rounds.map((round) => round.ours)),
    column(
      (round) => round.bare.ms / round.ours.ms,
      (ratio) => `${ratio.toFixed(2)} ×`,
    ),
    column((round) => round.ours.firstPageMs, inMs),
    column((round) => median(round.ours.middlePageMs), inMs),
    column((round) => median(round.ours.recheckMs), inMs),
    column((round) => round.ours.bulkEditMs, inMs),
    column((round) => round.ours.undoMs, inMs),
  ];
  const line = (title: string, pick: (values: readonly number[]) => number): string[] => [
    title,
    ...columns.map(({ values, text }) => text(pick(values))),
  ];
  return aligned([
    HEADINGS,
    ...rounds.map((_, index) => line(String(index + 1), (values) => values[index] ?? Number.NaN)),
    line('median', median),
    line('min', (values) => Math.min(...values)),
    line('max', (values) => Math.max(...values)),
  ]);

  function column(value: (round: Round) => number, text: (value: number) => string) {
    return { values: rounds.map(value), text };
  }
  function speedColumns(runs: readonly { ms: number; memory: PeakMemory }[]) {
    return [
      {
        values: runs.map((run) => perSecond(promised.rows, run.ms)),
        text: (value: number) => value.toFixed(0),
      },
      {
        values: runs.map((run) => perSecond(bytes / 1e6, run.ms)),
        text: (value: number) => value.toFixed(1),
      },
      { values: runs.map((run) => (run.memory.peakBytes ?? Number.NaN) / 1e6), text: inMb },
    ];
  }
}

function inMs(ms: number): string {
  return `${ms.toFixed(1)} ms`;
}

function inMb(megabytes: number): string {
  return Number.isNaN(megabytes) ? '–' : `${megabytes.toFixed(0)} MB`;
}

/** Median and p95 of what is quick enough to be asked for many times; pages and edits of all runs together. */
export function spreadLines({ rounds }: Measured): string[] {
  const told = (name: string, values: readonly number[]): string =>
    `${name}: median ${inMs(median(values))}, p95 ${inMs(percentile(values, 95))} of ${values.length}`;
  return [
    told(
      'page from the middle',
      rounds.flatMap((round) => round.ours.middlePageMs),
    ),
    told(
      're-check of an edited row',
      rounds.flatMap((round) => round.ours.recheckMs),
    ),
  ];
}

function aligned(lines: readonly (readonly string[])[]): string {
  const widths = HEADINGS.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  return lines.map((line) => line.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')).join('\n');
}
