import { expect, it } from 'vitest';
import type { IdLookup } from '../../../electron/engine/references.ts';
import { stateOf } from './edit-harness.ts';
import { BOOKS, CHECKOUTS, editing, STUDENTS } from './editing.ts';

const on = editing();

it('a renamed book frees the twin of its key, and the checkouts that name it miss it, until the name is back', async () => {
  await on.open([
    `${BOOKS}B1,One,1\nB1,Uno,1\nB2,Two,2\n`,
    `${STUDENTS}S1,3,8,Ms Ray,1\n`,
    `${CHECKOUTS}S1,B1,2026-09-01\nS1,B2,2026-09-02\n`,
  ]);
  expect(on.states(0)).toEqual(['fits superseded', 'fits', 'fits']);
  await on.edit(0, 2, 0, 'B3');
  expect(on.states(0)).toEqual(['fits', 'fits', 'fits']);
  expect(await on.told(0)).toEqual([]);
  expect(on.states(2)).toEqual(['fits', 'fits']);
  await on.edit(0, 1, 0, 'B4');
  expect(on.states(2)).toEqual(['fits missingBook', 'fits']);
  expect(await on.told(2)).toEqual(['1 reference.missing-book book_id']);
  await on.edit(0, 3, 0, 'B1');
  expect(on.states(2)).toEqual(['fits', 'fits missingBook']);
  await on.edit(0, 1, 0, null);
  expect(on.states(0)).toEqual(['fits superseded', 'fits', 'fits']);
  expect(await on.message(0, 1)).toContain('line 4');
});

it('each link of a chain of three repeated keys can break', async () => {
  await on.open([`${BOOKS}B1,One,1\nB1,Two,2\nB1,Three,3\n`]);
  expect([await on.message(0, 1), await on.message(0, 2)].map((text) => text.match(/line \d/)?.[0])).toEqual([
    'line 3',
    'line 4',
  ]);
  await on.edit(0, 2, 2, 'x');
  expect(on.states(0)).toEqual(['fits superseded', '', 'fits']);
  expect(await on.message(0, 1)).toContain('line 4');
  await on.edit(0, 2, 2, '22');
  expect(await on.message(0, 1)).toContain('line 3');
  await on.session.skip('Leave it out', 0, [2], true);
  expect(on.states(0)).toEqual(['fits superseded', 'skipped', 'fits']);
  expect(await on.message(0, 1)).toContain('line 4');
  await on.edit(0, 3, 0, 'B9');
  expect(on.states(0)).toEqual(['fits', 'skipped', 'fits']);
  await on.session.skip('Take it in', 0, [2], false);
  expect(on.states(0)).toEqual(['fits superseded', 'fits', 'fits']);
  expect(await on.told(0)).toEqual(['1 key.repeated book_id']);
});

it('a skipped row has no issues, counts as skipped, and what it superseded stands again', async () => {
  await on.open([
    `${BOOKS}B1,One,1\nB2,,2\nB1,Uno,1\n`,
    `${STUDENTS}S1,3,8,Ms Ray,1\n`,
    `${CHECKOUTS}S1,B1,2026-09-01\n`,
  ]);
  expect(await on.told(0)).toEqual(['1 key.repeated book_id', '2 value.required title']);
  expect(await on.session.skip('Skip', 0, [2, 3], true)).toEqual({ label: 'Skip', cells: 2, rows: 4 });
  expect(on.states(0)).toEqual(['fits', 'skipped', 'skipped']);
  expect(await on.told(0)).toEqual([]);
  expect(on.file(0).facts.counts()).toEqual({ rows: 3, accepted: 1, rejected: 0, skipped: 2 });
  await on.session.skip('Skip the last', 0, [1], true);
  expect(on.states(2)).toEqual(['fits missingBook']);
  expect(await on.session.skip('Skip again', 0, [1], true)).toBeNull();
});

it('one operation over books, students and checkouts settles all of them together', async () => {
  await on.open([
    `${BOOKS}B1,One,1\n`,
    `${BOOKS}B2,Two,2\n`,
    `${STUDENTS}S1,3,8,Ms Ray,1\n`,
    `${CHECKOUTS}S1,B1,2026-09-01\nS2,B2,2026-09-01\n`,
  ]);
  expect(on.states(3)).toEqual(['fits', 'fits missingStudent']);
  const before = await stateOf(on.checked);
  await on.session.edit('All at once', [
    { fileNo: 3, row: 1, position: 1, text: 'B9' },
    { fileNo: 2, row: 1, position: 0, text: 'S2' },
    { fileNo: 1, row: 1, position: 0, text: 'B9' },
    { fileNo: 0, row: 1, position: 0, text: 'B2' },
  ]);
  expect(on.states(3)).toEqual(['fits missingStudent', 'fits']);
  await on.session.undo();
  expect(await stateOf(on.checked)).toEqual(before);
});

it('a book of two files is missing only when both have lost it', async () => {
  await on.open([
    `${BOOKS}B1,One,1\n`,
    `${BOOKS}B1,Uno,1\n`,
    `${STUDENTS}S1,3,8,Ms Ray,1\n`,
    `${CHECKOUTS}S1,B1,2026-09-01\n`,
  ]);
  await on.edit(0, 1, 1, '');
  expect(on.states(3)).toEqual(['fits']);
  await on.edit(1, 1, 0, 'B2');
  expect(on.states(3)).toEqual(['fits missingBook']);
  expect(await on.message(3, 1)).toContain('no database was asked');
});

it('a database that has the id keeps the checkout of a renamed book', async () => {
  const asked: string[] = [];
  const has: IdLookup = async (type, ids) => {
    asked.push(...ids.map((id) => `${type} ${id}`));
    return new Set(ids.filter((id) => id === 'B1' || id === 'S1'));
  };
  await on.open([`${BOOKS}B1,One,1\nB2,Two,2\n`, `${CHECKOUTS}S1,B1,2026-09-01\nS7,B2,2026-09-01\n`], has);
  expect(on.states(1)).toEqual(['fits', 'fits missingStudent']);
  asked.length = 0;
  await on.edit(0, 1, 0, 'B5');
  expect(on.states(1)).toEqual(['fits', 'fits missingStudent']);
  await on.edit(0, 2, 0, 'B6');
  expect(on.states(1)).toEqual(['fits', 'fits missingStudent missingBook']);
  expect(await on.message(1, 2)).toContain('neither in the database nor');
  expect(new Set(asked)).toEqual(new Set(['students S1', 'books B1', 'students S7', 'books B2']));
});

it('without a database and without a file of students, nothing is said of students', async () => {
  await on.open([`${BOOKS}B1,One,1\n`, `${CHECKOUTS}S1,B1,2026-09-01\n`]);
  await on.edit(1, 1, 0, 'S9');
  expect(on.states(1)).toEqual(['fits']);
});

it('a checkout spoilt by an edit is missing nothing, whatever it names', async () => {
  await on.open([`${BOOKS}B1,One,1\n`, `${CHECKOUTS}S1,B9,2026-09-01\n`]);
  expect(await on.told(1)).toEqual(['1 reference.missing-book book_id']);
  await on.edit(1, 1, 2, 'soon');
  expect(await on.told(1)).toEqual(['1 value.not-a-date checkout_date']);
  await on.session.skip('Skip', 1, [1], true);
  expect(await on.told(1)).toEqual([]);
});
