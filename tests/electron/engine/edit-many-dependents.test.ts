import { expect, it } from 'vitest';
import { BOOKS, CHECKOUTS, editing } from './editing.ts';

const on = editing();
/** More than an engine takes as the arguments of one call. */
const ROWS = 200_000;

it('a book that 200,000 checkouts name may be renamed, and named back', async () => {
  const rows = Array.from({ length: ROWS }, (_, i) => `S${i},B1,2026-09-01\n`).join('');
  await on.open([`${BOOKS}B1,One,100\n`, `${CHECKOUTS}${rows}`]);
  expect(on.file(1).facts.counts().accepted).toBe(ROWS);

  expect(await on.edit(0, 1, 0, 'B2')).toMatchObject({ cells: 1, rows: ROWS + 1 });
  expect(on.file(1).facts.counts().rejected).toBe(ROWS);

  await on.session.undo();
  expect(on.file(1).facts.counts().accepted).toBe(ROWS);
}, 120_000);
