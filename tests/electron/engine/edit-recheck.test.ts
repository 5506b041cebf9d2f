import { expect, it } from 'vitest';
import { NEVER } from './edit-harness.ts';
import { BOOKS, CHECKOUTS, editing, STUDENTS } from './editing.ts';

const on = editing();

/** As when the database refuses rows that fit. */
async function refuse(fileNo: number, ...rows: number[]): Promise<void> {
  const { context } = on.checked;
  const { facts } = on.file(fileNo);
  const issues = rows.map((row) => ({
    row,
    line: row + 1,
    column: null,
    code: 'database.refused' as const,
    severity: 'error' as const,
    value: null,
    message: 'The database refused this row.',
    suggestion: null,
  }));
  for (const row of rows) facts.setState(row, 0);
  await context.ports.workspace.addIssues(context.loadId, fileNo, issues, NEVER);
  await context.ports.workspace.saveFacts(context.loadId, fileNo, facts.blocks(rows), NEVER);
}

it('rows that are checked anew are as they would be had nothing come from outside', async () => {
  await on.open([`${BOOKS}B1,One,1\nB2,Two,x\nB3,Three,3\n`]);
  await on.edit(0, 3, 1, 'Drei');
  await refuse(0, 1, 3);
  expect(on.states(0)).toEqual(['', '', '']);
  await on.session.recheck(0, [1, 3]);
  expect(on.states(0)).toEqual(['fits', '', 'fits']);
  expect(await on.told(0)).toEqual(['2 value.not-a-number page_count']);
  expect(await on.labels()).toEqual(['Edit']);
});

it('a row that was left out stays so', async () => {
  await on.open([`${BOOKS}B1,One,1\nB2,Two,2\n`]);
  await on.session.skip('Left out', 0, [1], true);
  await on.session.recheck(0, [1, 2]);
  expect(on.states(0)).toEqual(['skipped', 'fits']);
});

it('what hangs on the rows is worked out with them', async () => {
  await on.open([
    `${BOOKS}B1,One,1\nB1,Two,2\n`,
    `${STUDENTS}S1,4,9,Ms. Okafor,1\n`,
    `${CHECKOUTS}S1,B1,2026-09-01\n`,
  ]);
  await refuse(0, 2);
  await on.session.recheck(0, [2]);
  expect(on.states(0)).toEqual(['fits superseded', 'fits']);
  expect(await on.told(0)).toEqual(['1 key.repeated book_id']);
  expect(on.states(2)).toEqual(['fits']);
});
