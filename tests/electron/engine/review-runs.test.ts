import { expect, it } from 'vitest';
import { ROW_STATE } from '../../../electron/engine/checker-port.ts';
import type { StagedChange } from '../../../electron/engine/database-port.ts';
import { createReviewRuns } from '../../../electron/engine/review-runs.ts';
import { RowFacts } from '../../../electron/engine/row-facts.ts';
import { REVIEW_CODES, type ReviewRun } from '../../../electron/engine/workspace-port.ts';

const { insert, update, unchanged, rejected, skipped } = REVIEW_CODES;

function factsOf(states: readonly number[]): RowFacts {
  const facts = new RowFacts(false);
  const keys = new Uint32Array(states.length * 3);
  facts.append({ states: Uint8Array.from(states), keys, refs: null });
  return facts;
}

function change(row: number, kind: StagedChange['change'], columns: readonly string[] = []): StagedChange {
  const fields = columns.map((column) => ({ column, before: 'old', after: 'new' }));
  return { row, change: kind, fields, book: null };
}

it('has a code for every row: those that are not among the changes were skipped or rejected', async () => {
  const runs: ReviewRun[] = [];
  const { fits } = ROW_STATE;
  const facts = factsOf([fits, fits, 0, ROW_STATE.skipped, fits | ROW_STATE.superseded, fits, fits]);
  const review = createReviewRuns(facts, async (run) => {
    runs.push(run);
  });
  await review.add([change(1, 'insert'), change(2, 'update', ['age', 'lunch_period'])]);
  // Row 7 fits, but the database has not got its book.
  await review.add([change(6, 'unchanged')]);
  const figures = await review.end();
  expect(runs).toEqual([
    {
      firstRow: 1,
      codes: Uint8Array.of(insert, update, rejected, skipped, rejected, unchanged, rejected),
      updates: [
        {
          row: 2,
          fields: [
            { column: 'age', before: 'old', after: 'new' },
            { column: 'lunch_period', before: 'old', after: 'new' },
          ],
        },
      ],
    },
  ]);
  expect(figures).toEqual({
    rows: 7,
    inserted: 1,
    updated: 1,
    unchanged: 1,
    rejected: 3,
    skipped: 1,
    changed: new Map([
      ['age', 1],
      ['lunch_period', 1],
    ]),
  });
});

it('hands over runs that follow each other, those without any change included', async () => {
  const runs: ReviewRun[] = [];
  const facts = factsOf(Array.from({ length: 30_000 }, () => ROW_STATE.fits));
  const review = createReviewRuns(facts, async (run) => {
    runs.push(run);
  });
  await review.add([change(1, 'insert'), change(29_999, 'update', ['age'])]);
  await review.end();
  expect(runs.map(({ firstRow, codes }) => [firstRow, codes.length])).toEqual([
    [1, 8_192],
    [8_193, 8_192],
    [16_385, 8_192],
    [24_577, 5_424],
  ]);
  expect(runs[3]?.codes[29_999 - 24_577]).toBe(update);
  expect(runs.map(({ updates }) => updates.length)).toEqual([0, 0, 0, 1]);
});

it('hands over nothing of a file without rows', async () => {
  const review = createReviewRuns(factsOf([]), async () => {
    throw new Error('There is no run.');
  });
  expect((await review.end()).rows).toBe(0);
});
