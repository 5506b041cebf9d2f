import { expect, it } from 'vitest';
import { createInProcessChecker } from '../../../../electron/adapters/record-checker/in-process-checker.ts';
import { createSystemHasher } from '../../../../electron/adapters/system/hasher.ts';
import { mapColumns } from '../../../../shared/records/mapping.ts';

const hasher = createSystemHasher();
const mapping = mapColumns('books', ['book_id', 'title', 'year']);
const record = { row: 1, line: 2, cells: ['B1', 'Soon', '2031'], fault: null };
const never = new AbortController().signal;

it('takes next year from its clock', async () => {
  const outcomes = [2029, 2030].map(async (year) => {
    const checker = createInProcessChecker({ hasher, clock: { now: () => new Date(year, 11, 31) } });
    const { accepted } = await checker.check(mapping, [record], never);
    return accepted.length;
  });
  expect(await Promise.all(outcomes)).toEqual([0, 1]);
});

it('rejects with the reason of an aborted signal', async () => {
  const reason = new Error('enough');
  const checker = createInProcessChecker({ hasher, clock: { now: () => new Date() } });
  await expect(checker.check(mapping, [record], AbortSignal.abort(reason))).rejects.toBe(reason);
});
