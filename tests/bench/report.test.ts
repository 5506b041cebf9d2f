import { describe, expect, it } from 'vitest';
import { figuresOf, type Measured, type Round, spreadLines, tableOf } from './report.ts';
import { median, percentile } from './statistics.ts';

function round(bareMs: number, oursMs: number, peakBytes: number | null, rejected = 20): Round {
  const memory = { peakBytes, measure: 'PSS' as const, samples: 3 };
  return {
    bare: { rows: 1_000, ms: bareMs, memory },
    ours: {
      rows: 1_000,
      accepted: 980,
      rejected,
      ms: oursMs,
      firstPageMs: oursMs / 10,
      middlePageMs: [1, 2, 3],
      recheckMs: [4, 5],
      bulkEditMs: 70,
      bulkEditCells: 500,
      undoMs: 60,
      memory,
    },
  };
}

const MEASURED: Measured = {
  promised: { rows: 1_000, badRows: 20, rejectedRows: 20, warnedRows: 0 },
  bytes: 2_000_000,
  rounds: [round(100, 200, 30e6), round(90, 100, 50e6), round(110, 400, 40e6)],
};

describe('the figures of several runs', () => {
  it('are medians of the speeds, and the worst of memory and first page', () => {
    expect(figuresOf(MEASURED)).toMatchObject({
      rowsPerSecond: 5_000,
      throughputRatio: 0.5,
      peakMemoryBytes: 50e6,
      firstPageMs: 40,
      middlePageP95Ms: 3,
      recheckP95Ms: 5,
      bulkEditMs: 70,
      wrongCounts: [],
    });
  });

  it('name the run whose counts are not the promised ones', () => {
    const rounds = [...MEASURED.rounds, round(100, 100, 1, 19)];
    expect(figuresOf({ ...MEASURED, rounds }).wrongCounts).toEqual([
      'run 4: 1000 rows, 980 accepted, 19 rejected instead of 1000, 980, 20',
    ]);
  });

  it('have no memory where no run could measure it', () => {
    expect(figuresOf({ ...MEASURED, rounds: [round(1, 1, null)] }).peakMemoryBytes).toBeNull();
  });

  it('stand in a table with a line for each run, then median, min and max', () => {
    const lines = tableOf(MEASURED).split('\n');
    expect(lines.map((line) => line.trim().split(' ')[0])).toEqual([
      'run',
      '1',
      '2',
      '3',
      'median',
      'min',
      'max',
    ]);
    expect(lines[1]).toMatch(
      /1 +10000 +20\.0 +30 MB +5000 +10\.0 +30 MB +0\.50 × +20\.0 ms +2\.0 ms +4\.5 ms/,
    );
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
  });

  it('tell the spread of pages and re-checks over all runs', () => {
    expect(spreadLines(MEASURED)).toEqual([
      'page from the middle: median 2.0 ms, p95 3.0 ms of 9',
      're-check of an edited row: median 4.5 ms, p95 5.0 ms of 6',
    ]);
  });
});

describe('median and percentile', () => {
  it('are the middle value and the nearest rank', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(percentile([5, 1, 4, 2, 3], 95)).toBe(5);
    expect(percentile([5, 1, 4, 2, 3], 20)).toBe(1);
    expect(median([])).toBeNaN();
  });
});
