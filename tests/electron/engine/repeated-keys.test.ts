import { expect, it } from 'vitest';
import { createRepeatedKeys } from '../../../electron/engine/repeated-keys.ts';

const at = (row: number) => ({ row, line: row + 1 });

it('a key that comes three times keeps its last row and rejects each earlier one once', () => {
  const keys = createRepeatedKeys('books');
  const found = [1, 2, 3].map((row) => keys.see('B1', at(row)));
  expect(found.map((issue) => issue && [issue.row, issue.line, issue.code, issue.severity])).toEqual([
    null,
    [1, 2, 'key.repeated', 'error'],
    [2, 3, 'key.repeated', 'error'],
  ]);
  expect(found[1]?.message).toContain('line 3');
  expect(found[2]?.message).toContain('line 4');
});

it('different keys do not meet', () => {
  const keys = createRepeatedKeys('checkouts');
  expect([
    keys.see('S1\u001fB1\u001f2026-09-01', at(1)),
    keys.see('S1\u001fB1\u001f2026-09-02', at(2)),
  ]).toEqual([null, null]);
});

it('a checkout is named by its parts, not by what joins them', () => {
  const keys = createRepeatedKeys('checkouts');
  keys.see('S1\u001fB1\u001f2026-09-01', at(1));
  expect(keys.see('S1\u001fB1\u001f2026-09-01', at(2))).toMatchObject({
    column: null,
    value: 'S1, B1, 2026-09-01',
  });
});
