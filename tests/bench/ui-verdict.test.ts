import { describe, expect, it } from 'vitest';
import { type UiFigures, uiVerdictLine, uiVerdicts } from './ui-verdict.ts';

const FRAMES = [...Array(95).fill(16.7), ...Array(5).fill(33.3)];

/** Every figure just inside its bound. */
const KEPT: UiFigures = {
  firstRowsMs: 999,
  countMs: 14_900,
  checkMs: 10_000,
  framesOfAll: FRAMES,
  framesOfErrors: FRAMES,
  framesIdle: FRAMES,
  offsets: 100,
  wrong: [],
  heapBytes: 199e6,
  bulkEditCells: 100_000,
  bulkEditMs: 2_999,
  undoMs: 2_999,
};

function missed(figures: Partial<UiFigures>): string[] {
  return uiVerdicts({ ...KEPT, ...figures })
    .filter(({ met }) => !met)
    .map(uiVerdictLine);
}

describe('the verdict on the screen', () => {
  it('is kept eight times when every figure is inside its bound', () => {
    expect(missed({})).toEqual([]);
    expect(uiVerdicts(KEPT)).toHaveLength(8);
  });

  it.each<[Partial<UiFigures>, string]>([
    [{ firstRowsMs: 1_000 }, 'NOT KEPT  first rows on the screen within 1000 ms: 1000 ms (1.00 × the bound)'],
    [{ countMs: 15_000 }, 'NOT KEPT  full count within 1.5 × bench:check: 1.50 × (15.0 s against 10.0 s)'],
    [
      { framesOfAll: [...FRAMES, 33.3] },
      'NOT KEPT  frames while scrolling over all rows: p95 under 25 ms: 33.3 ms (1.99 × those of a page at rest)',
    ],
    [
      { framesOfErrors: [33.3] },
      'NOT KEPT  frames while scrolling over the rows with errors: p95 under 25 ms: 33.3 ms (1.99 × those of a page at rest)',
    ],
    [{ offsets: 99 }, 'NOT KEPT  rows as in the file at 100 places: at 99'],
    [{ wrong: ['Row 3.'] }, 'NOT KEPT  rows as in the file at 100 places: Row 3.'],
    [{ heapBytes: 200e6 }, "NOT KEPT  the page's heap under 200 MB: 200.0 MB"],
    [
      { bulkEditMs: 3_000 },
      'NOT KEPT  bulk fix of 100000 cells under 3000 ms: 3000 ms for 100000 cells (1.00 × the bound)',
    ],
    [
      { undoMs: 6_000 },
      'NOT KEPT  undo of 100000 cells under 3000 ms: 6000 ms for 100000 cells (2.00 × the bound)',
    ],
  ])('says of %o that it is not kept, and of nothing else', (broken, line) => {
    expect(missed(broken)).toEqual([line]);
  });

  it('takes no figure of fewer cells, and none that is missing', () => {
    expect(missed({ bulkEditCells: 99_999 })).toHaveLength(2);
    expect(missed({ firstRowsMs: Number.NaN, framesOfAll: [] })).toHaveLength(2);
  });
});
