import { expect, it } from 'vitest';
import { checkedFromScratch, stateOf } from './edit-harness.ts';
import { BOOKS, CHECKOUTS, editing } from './editing.ts';

const on = editing();

it('undo, redo and undo again go to and fro, and end where nothing is left', async () => {
  await on.open([`${BOOKS}B1,One,1\nB1,Two,2\n`]);
  const first = await stateOf(on.checked);
  await on.edit(0, 2, 0, 'B2', 'Rename');
  const renamed = await stateOf(on.checked);
  await on.edit(0, 1, 1, '', 'Blank');
  const last = await stateOf(on.checked);
  expect(await on.session.undo()).toEqual({ label: 'Blank', cells: 1, rows: 1 });
  expect(await stateOf(on.checked)).toEqual(renamed);
  expect(await on.session.undo()).toEqual({ label: 'Rename', cells: 1, rows: 2 });
  expect(await stateOf(on.checked)).toEqual(first);
  expect(await on.session.undo()).toBeNull();
  expect(await on.session.redo()).toMatchObject({ label: 'Rename' });
  expect(await stateOf(on.checked)).toEqual(renamed);
  expect(await on.session.redo()).toMatchObject({ label: 'Blank' });
  expect(await on.session.redo()).toBeNull();
  expect(await stateOf(on.checked)).toEqual(last);
  await on.session.undo();
  expect(await stateOf(on.checked)).toEqual(renamed);
});

it('a new edit ends what could be redone', async () => {
  await on.open([`${BOOKS}B1,One,1\n`]);
  await on.edit(0, 1, 1, 'A', 'to A');
  await on.edit(0, 1, 1, 'B', 'to B');
  await on.session.undo();
  await on.session.undo();
  await on.edit(0, 1, 1, 'C', 'to C');
  expect(await on.session.redo()).toBeNull();
  expect(await on.labels()).toEqual(['to C']);
  await on.session.undo();
  expect((await on.session.page(0, 1, 1))[0]?.cells[1]).toBe('One');
});

it('operations asked for at once run one after the other', async () => {
  await on.open([`${BOOKS}B1,One,1\n`]);
  await Promise.all([
    on.edit(0, 1, 1, 'A', 'A'),
    on.edit(0, 1, 1, 'B', 'B'),
    on.session.undo(),
    on.edit(0, 1, 1, 'C', 'C'),
  ]);
  expect(await on.labels()).toEqual(['A', 'C']);
});

it('an operation that cannot be written changes nothing, and the next one works', async () => {
  await on.open([`${BOOKS}B1,One,1\nB1,Two,2\n`]);
  const before = await stateOf(on.checked);
  let failures = 2;
  // The write fails, and so does the first attempt to read the facts back.
  const session = on.openOver((workspace) => {
    return new Proxy(workspace, {
      get(target, name) {
        const member = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          if ((name !== 'commitOperation' && name !== 'facts') || failures === 0)
            return Reflect.apply(member, target, given);
          failures -= 1;
          return Promise.reject(new Error(`no ${name}`));
        };
      },
    });
  });
  const renamed = [{ fileNo: 0, row: 2, position: 0, text: 'B2' }];
  await expect(session.edit('Rename', renamed)).rejects.toThrow('no commitOperation');
  await session.edit('Title', [{ fileNo: 0, row: 1, position: 1, text: 'Uno' }]);
  expect(await on.labels()).toEqual(['Title']);
  expect(await session.undo()).toMatchObject({ cells: 1 });
  expect(await stateOf(on.checked)).toEqual(before);
});

it('a bulk edit of more rows than one task or one block of facts holds settles every one of them', async () => {
  const numbers = Array.from({ length: 9_000 }, (_, i) => i);
  await on.open([
    `${BOOKS}${numbers.map((i) => `B${i % 8_500},Title,${i % 3 === 0 ? 'x' : i}`).join('\n')}\n`,
    `${CHECKOUTS}${numbers.map((i) => `S${i},B${i},2026-09-01`).join('\n')}\n`,
  ]);
  const before = await stateOf(on.checked);
  const bad = numbers
    .filter((i) => i % 3 === 0)
    .map((i) => ({ fileNo: 0, row: i + 1, position: 2, text: '7' }));
  const renamed = numbers
    .filter((i) => i % 3 === 1)
    .map((i) => ({ fileNo: 0, row: i + 1, position: 0, text: `C${i}` }));
  expect(await on.session.edit('Bulk', [...bad, ...renamed])).toMatchObject({ cells: 6_000 });
  // Of the 500 books that come twice, 166 keep their twin: of the others one of the two was renamed.
  expect(on.file(0).facts.counts()).toMatchObject({ rows: 9_000, accepted: 8_834 });
  expect(await stateOf(on.checked)).toEqual(await checkedFromScratch(on.checked, null));
  const back = renamed.map(({ row }) => ({ fileNo: 0, row, position: 0, text: `B${(row - 1) % 8_500}` }));
  expect(await on.session.edit('The ids of the file typed again', back)).toMatchObject({ cells: 3_000 });
  expect(on.checked.context.edits(0, 1, 9_000).size).toBe(3_000);
  expect(await on.session.edit('And once more', bad)).toBeNull();
  const nowhere = numbers.map((i) => ({ fileNo: 0, row: i + 1, position: i === 5_000 ? 3 : 1, text: 'x' }));
  await expect(on.session.edit('One cell too far', nowhere)).rejects.toThrow(RangeError);
  await on.session.undo();
  await on.session.undo();
  expect(await stateOf(on.checked)).toEqual(before);
});
