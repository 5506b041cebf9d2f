import { expect, it } from 'vitest';
import { REVIEW_CODES, type ReviewRun } from '../../../../electron/engine/workspace-port.ts';
import type { Change } from '../../../../shared/contract/draft-review.ts';
import { LOAD, workspaceBench } from './workspace-bench.ts';

const bench = workspaceBench();
const { insert, update, unchanged, rejected, skipped } = REVIEW_CODES;
const AGE = { column: 'age', before: '9', after: null };

function run(firstRow: number, codes: readonly number[], updated: readonly number[] = []): ReviewRun {
  return {
    firstRow,
    codes: Uint8Array.from(codes),
    updates: updated.map((row) => ({
      row,
      fields: [AGE, { column: 'title', before: '', after: `ü ${row}` }],
    })),
  };
}

const save = (fileNo: number, ...runs: ReviewRun[]) =>
  Promise.all(runs.map((one) => bench.workspace.saveReview(LOAD, fileNo, one)));
const rowsOf = async (change: Change, offset = 0, limit = 100, fileNo = 0) =>
  (await bench.workspace.reviewRows(LOAD, fileNo, change, { offset, limit })).map(({ row }) => row);

it('gives back the rows of each change in row order, over several runs', async () => {
  await save(
    0,
    run(1, [insert, update, unchanged, rejected, skipped], [2]),
    run(6, [unchanged, unchanged]),
    run(8, [insert, rejected, update, insert], [10]),
  );
  await save(1, run(1, [insert]));
  expect(await rowsOf('insert')).toEqual([1, 8, 11]);
  expect(await rowsOf('unchanged')).toEqual([3, 6, 7]);
  expect(await rowsOf('rejected')).toEqual([4, 9]);
  expect(await rowsOf('update')).toEqual([2, 10]);
  expect(await rowsOf('insert', 0, 100, 1)).toEqual([1]);
});

it('gives back what an update changes, as it was', async () => {
  await save(0, run(1, [update, insert, update], [1, 3]));
  expect(await bench.workspace.reviewRows(LOAD, 0, 'update', { offset: 1, limit: 5 })).toEqual([
    { row: 3, fields: [AGE, { column: 'title', before: '', after: 'ü 3' }] },
  ]);
  expect(await bench.workspace.reviewRows(LOAD, 0, 'insert', { offset: 0, limit: 5 })).toEqual([
    { row: 2, fields: [] },
  ]);
});

it('pages through a change, wherever a page begins or ends', async () => {
  await save(
    0,
    run(1, [insert, unchanged, insert]),
    run(4, [unchanged]),
    run(5, [insert, insert, update], [7]),
    run(8, [update, update], [8, 9]),
  );
  expect(await rowsOf('insert', 0, 3)).toEqual([1, 3, 5]);
  expect(await rowsOf('insert', 1, 2)).toEqual([3, 5]);
  expect(await rowsOf('insert', 3, 100)).toEqual([6]);
  expect(await rowsOf('insert', 4, 100)).toEqual([]);
  expect(await rowsOf('update', 1, 1)).toEqual([8]);
  expect(await rowsOf('update', 0, 2)).toEqual([7, 8]);
});

it('keeps a run once, and every run over a restart', async () => {
  await save(0, run(1, [insert, update], [2]), run(1, [insert, update], [2]));
  const reopened = await bench.reopened();
  expect(await reopened.reviewRows(LOAD, 0, 'update', { offset: 0, limit: 9 })).toHaveLength(1);
  expect(await rowsOf('insert')).toEqual([1]);
});

it('forgets the review alone', async () => {
  await save(0, run(1, [insert, update], [2]));
  await save(1, run(1, [insert]));
  await bench.workspace.addIssues(LOAD, 0, [
    {
      row: 1,
      line: 2,
      column: null,
      code: 'csv.no-rows',
      severity: 'error',
      value: null,
      message: 'No rows.',
      suggestion: null,
    },
  ]);
  await bench.workspace.clearReview(LOAD);
  expect(await rowsOf('insert')).toEqual([]);
  expect(await rowsOf('update')).toEqual([]);
  expect(await rowsOf('insert', 0, 9, 1)).toEqual([]);
  expect(await bench.workspace.issueCounts(LOAD, 0)).toHaveLength(1);
});

it('knows nothing of a load that this machine has not', async () => {
  const other = '00000000-0000-4000-8000-000000000000';
  await bench.workspace.clearReview(other);
  expect(await bench.workspace.reviewRows(other, 0, 'insert', { offset: 0, limit: 9 })).toEqual([]);
});
