import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnSummary, mergeSummaries } from '../../../shared/damage/column-summary.ts';
import { createObserver } from '../../../shared/damage/observe.ts';

const ROLES = ['key', 'text', 'isbn', 'date'] as const;

function observe(rows: readonly (readonly string[])[], firstRow: number): ColumnSummary[] {
  const observer = createObserver(ROLES.length, ROLES);
  rows.forEach((cells, index) => {
    observer.observe(cells, firstRow + index);
  });
  return observer.summary();
}

const cell = fc.constantFrom(
  '',
  '1',
  '0012',
  '1042.0',
  '1.2E+11',
  'CafÃ©',
  'Fran?ois',
  '439023483',
  '46090',
  'a'.repeat(255),
);
const rows = fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 12 });

describe('mergeSummaries', () => {
  it('gives the same in whatever grouping batches are merged', () => {
    fc.assert(
      fc.property(rows, rows, rows, (first, second, third) => {
        const a = observe(first, 1);
        const b = observe(second, 1 + first.length);
        const c = observe(third, 1 + first.length + second.length);
        expect(mergeSummaries(mergeSummaries(a, b), c)).toEqual(mergeSummaries(a, mergeSummaries(b, c)));
      }),
    );
  });

  it('gives what one observer sees that is shown all rows', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const merged = mergeSummaries(observe(first, 1), observe(second, 1 + first.length));
        expect(merged).toEqual(observe([...first, ...second], 1));
      }),
    );
  });

  it('gives the same in whatever order two batches are merged', () => {
    fc.assert(
      fc.property(rows, rows, (first, second) => {
        const a = observe(first, 1);
        const b = observe(second, 1 + first.length);
        expect(mergeSummaries(b, a)).toEqual(mergeSummaries(a, b));
      }),
    );
  });

  it('keeps a summary as it is beside nothing', () => {
    const summary = observe([['1', 'CafÃ©', '439023483', '46090']], 1);
    expect(mergeSummaries([], summary)).toEqual(summary);
    expect(mergeSummaries(summary, [])).toEqual(summary);
  });

  it('is plain data that a thread can hand over as JSON', () => {
    const summary = observe([['0012', 'CafÃ©', '439023483', '46090']], 1);
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });
});
