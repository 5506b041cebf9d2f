import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Checked } from '../../../electron/engine/check.ts';
import { createEditSession } from '../../../electron/engine/edit-session.ts';
import {
  checkedFromScratch,
  createEditBench,
  type EditBench,
  editsOf,
  NEVER,
  stateOf,
} from './edit-harness.ts';

const BOOKS = 'book_id,title,isbn,shelf\nB1,One,0439023483,A\nB1,Two,439023483,B\nB3,,,C\n';
const CHECKOUTS = 'student_id,book_id,checkout_date\nS1,B1,2026-09-01\nS1,B2,2026-09-02\n';

let bench: EditBench;
let checked: Checked;

beforeEach(async () => {
  bench = createEditBench();
  checked = await bench.check([bench.file('checkouts.csv', CHECKOUTS), bench.file('books.csv', BOOKS)]);
});

afterEach(async () => {
  await bench.close();
  bench.remove();
});

/** As after a restart: nothing of this process is left but the folder. */
async function restarted(): Promise<Checked | null> {
  await checked.close();
  await bench.close();
  bench = createEditBench(bench.dir);
  return bench.reopen(checked.checkId);
}

async function reopened(): Promise<Checked> {
  const again = await restarted();
  if (again === null) throw new Error('The check cannot be opened again.');
  return again;
}

it('a check that is opened again has its files, findings, facts and columns as they were', async () => {
  const before = await stateOf(checked);
  const again = await reopened();
  expect(await stateOf(again)).toEqual(before);
  const kept = ({
    fileNo,
    mapping,
    warnings,
    isbnZerosRestored,
    columns,
    remembered,
  }: Checked['files'][number]) => ({
    fileNo,
    mapping,
    warnings,
    isbnZerosRestored,
    columns,
    remembered,
  });
  expect(again.files.map(kept)).toEqual(checked.files.map(kept));
  expect(again.files.map(({ isbnZerosRestored }) => isbnZerosRestored)).toEqual([1, 0]);
  expect(again.files.map(({ warnings }) => warnings)).toEqual([1, 0]);
  expect(again.files.map(({ opened }) => opened.name)).toEqual(['books.csv', 'checkouts.csv']);
  await again.close();
});

it('edits survive a restart, and undo, redo and new edits go on from there', async () => {
  const first = await stateOf(checked);
  const session = createEditSession(checked.context, checked.files, () => null);
  await session.edit('Rename', [{ fileNo: 0, row: 2, position: 0, text: 'B2' }]);
  await session.skip('Skip', 0, [3], true);
  const edited = await stateOf(checked);
  await session.undo();
  const edits = editsOf(checked);

  const again = await reopened();
  expect(editsOf(again)).toEqual(edits);
  const resumed = createEditSession(again.context, again.files, () => null);
  expect(await resumed.redo()).toMatchObject({ label: 'Skip' });
  expect(await stateOf(again)).toEqual(edited);
  await resumed.edit('Title', [{ fileNo: 0, row: 3, position: 1, text: 'Three' }]);
  await resumed.skip('Take in', 0, [3], false);
  expect(again.files[0]?.facts.counts()).toEqual({ rows: 3, accepted: 3, rejected: 0, skipped: 0 });
  expect(await stateOf(again)).toEqual(await checkedFromScratch(again, null));
  while ((await resumed.undo()) !== null);
  expect(await stateOf(again)).toEqual(first);
  await again.close();
});

it('a check that this machine does not have is none, and leaves no trace', async () => {
  expect(await bench.reopen('5d0f7c8e-0000-4000-8000-000000000000')).toBeNull();
  expect(existsSync(join(bench.dir, 'workspace', '5d0f7c8e-0000-4000-8000-000000000000'))).toBe(false);
});

it.each(['file-0.csv', 'file-1.csv', 'file-1.json', 'file-0.index'])(
  'a check whose %s is gone cannot be opened again',
  async (name) => {
    rmSync(join(bench.dir, 'workspace', checked.checkId, name));
    expect(await restarted()).toBeNull();
  },
);

it('a check that failed over its references leaves nothing, and cannot be opened again', async () => {
  let loadId = '';
  const { random } = bench.ports;
  bench.ports.random = { ...random, uuid: () => (loadId = random.uuid()) };
  const paths = ['checkouts.csv', 'books.csv'].map((name) => join(bench.dir, name));
  const failing = () => Promise.reject(new Error('The database is gone.'));
  await expect(bench.check(paths, failing)).rejects.toThrow('The database is gone.');
  const files = await bench.ports.workspace.files(loadId, NEVER);
  expect(files).toEqual([]);
  expect(await bench.reopen(loadId)).toBeNull();
});

it('a check that was begun anew and not ended cannot be opened again', async () => {
  await bench.ports.workspace.clearFindings(checked.checkId, 0, NEVER);
  expect(await restarted()).toBeNull();
});
