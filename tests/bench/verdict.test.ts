import { describe, expect, it } from 'vitest';
import { type Figures, goalLines, verdictLine, verdicts } from './verdict.ts';

/** Every figure just inside its bound. */
const KEPT: Figures = {
  rowsPerSecond: 100_000,
  throughputRatio: 0.8,
  peakMemoryBytes: 449_999_999,
  memoryMeasure: 'PSS',
  firstPageMs: 499.9,
  middlePageP95Ms: 19.9,
  recheckP95Ms: 19.9,
  bulkEditMs: 2_999,
  bulkEditCells: 100_000,
  wrongCounts: [],
};

function missed(figures: Partial<Figures>): string[] {
  return verdicts({ ...KEPT, ...figures })
    .map(verdictLine)
    .filter((line) => !line.startsWith('ok '));
}

describe('the verdict', () => {
  it('is ok seven times when every figure is inside its bound', () => {
    expect(missed({})).toEqual([]);
    expect(verdicts(KEPT)).toHaveLength(7);
  });

  it.each<[Partial<Figures>, string]>([
    [{ throughputRatio: 0.799 }, 'MISSED  rows/s at least 0.8 × bare PapaParse (medians): 0.80 ×'],
    [
      { peakMemoryBytes: 450e6 },
      'MISSED  peak memory of all processes under 450 MB (highest run): 450.0 MB PSS',
    ],
    [
      { peakMemoryBytes: null },
      'MISSED  peak memory of all processes under 450 MB (highest run): not measured on this system',
    ],
    [{ firstPageMs: 500 }, 'MISSED  first page of a file just opened under 500 ms (slowest run): 500.0 ms'],
    [{ middlePageP95Ms: 20 }, 'MISSED  page from the middle under 20 ms (p95): 20.0 ms'],
    [{ recheckP95Ms: 20 }, 'MISSED  re-check of an edited row under 20 ms (p95): 20.0 ms'],
    [{ bulkEditMs: 3_000 }, 'MISSED  bulk edit of 100000 cells under 3000 ms (slowest run): 3000.0 ms'],
    [
      { bulkEditMs: 10, bulkEditCells: 99_999 },
      'MISSED  bulk edit of 100000 cells under 3000 ms (slowest run): 10.0 ms, but only 99999 cells',
    ],
    [
      { wrongCounts: ['run 2: 9 rows, 8 accepted, 1 rejected instead of 10, 9, 1'] },
      'MISSED  every row accounted for, and exactly the promised ones rejected: run 2: 9 rows, 8 accepted, 1 rejected instead of 10, 9, 1',
    ],
  ])('says MISSED of %o and of nothing else', (broken, line) => {
    expect(missed(broken)).toEqual([line]);
  });

  it.each<keyof Figures>(['throughputRatio', 'firstPageMs', 'middlePageP95Ms', 'recheckP95Ms', 'bulkEditMs'])(
    'says MISSED when %s is no number',
    (name) => {
      expect(missed({ [name]: Number.NaN })).toHaveLength(1);
    },
  );

  it('tells goals apart from promises', () => {
    expect(goalLines(KEPT)).toEqual([
      'goal    1 × bare PapaParse: not reached (0.80 ×)',
      'goal    100000 rows/s: reached (100000 rows/s)',
    ]);
  });
});
