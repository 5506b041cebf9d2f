import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Checked } from '../../../electron/engine/check.ts';
import { createEditSession } from '../../../electron/engine/edit-session.ts';
import { type CellChange, type Operation, SKIP_POSITION } from '../../../electron/engine/workspace-port.ts';
import { checkedFromScratch, createEditBench, type EditBench, NEVER, stateOf } from './edit-harness.ts';

const KILLS = 40;
/** Fewer where the machine is busy. */
const LIMIT_MS = 13_000;
const LEAST_KILLS = 5;
const ROWS = 120;
const PROGRAM = fileURLToPath(new URL('edit-crash-child.ts', import.meta.url));

type Journal = Omit<Operation, 'changes' | 'operationNo'>[];

let bench: EditBench;
beforeAll(() => {
  bench = createEditBench();
});
afterAll(async () => {
  await bench.close();
  bench.remove();
});

/** Books of which some share their id, all of their students, and a checkout for each. */
function term(): string[] {
  const rows = (row: (i: number) => string): string =>
    Array.from({ length: ROWS }, (_, i) => `${row(i)}\n`).join('');
  return [
    `book_id,title,page_count\n${rows((i) => `B${i % 100},Title ${i},${i % 17 === 0 ? 'many' : i + 1}`)}`,
    `student_id,grade_level,age,homeroom_teacher,lunch_period\n${rows((i) => `S${i},4,9,Ray,1`)}`,
    `student_id,book_id,checkout_date\n${rows((i) => `S${i},B${i % 110},2026-09-01`)}`,
  ];
}

/** The journal once `begun` is done: null where it comes to nothing. */
function journalAfter(journal: Journal, begun: string): Journal | null {
  const [kind, label = ''] = begun.split(' ');
  if (kind === 'new') return [...journal.filter(({ state }) => state === 'done'), { label, state: 'done' }];
  const at =
    kind === 'undo'
      ? journal.findLastIndex(({ state }) => state === 'done')
      : journal.findIndex(({ state }) => state === 'undone');
  if (at === -1) return null;
  const state = kind === 'undo' ? 'undone' : 'done';
  return journal.map((one, i) => (i === at ? { ...one, state } : one));
}

/** Lets a child edit for `lifeMs` after it is ready, kills it, and returns what it said. */
async function editUntilKilled(loadId: string, seed: number, lifeMs: number): Promise<string[]> {
  const child = spawn(process.execPath, [PROGRAM, bench.dir, loadId, String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const said: string[] = [];
  const lines = createInterface(child.stdout);
  const ended = once(lines, 'close');
  lines.on('line', (line) => {
    if (line === 'ready') setTimeout(() => child.kill('SIGKILL'), lifeMs);
    else said.push(line);
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  await ended;
  if (signal !== 'SIGKILL') throw new Error(`The child ended by itself: ${complaint}`);
  return said;
}

it('a process killed at any moment leaves each operation whole or not begun, and loses none that was done', async () => {
  const paths = term().map((text, i) => bench.file(`file-${i}.csv`, text));
  const checked = await bench.check(paths);
  const first = await stateOf(checked);
  await checked.close();
  await bench.ports.workspace.close();
  const loadId = checked.checkId;

  let journal: Journal = [];
  let kills = 0;
  let inHand = 0;
  const untilMs = Date.now() + LIMIT_MS;
  for (; kills < KILLS && Date.now() < untilMs; kills += 1) {
    const said = await editUntilKilled(loadId, kills + 1, Math.random() * 120);
    let begun: string | null = null;
    for (const line of said) {
      if (line === 'done') journal = journalAfter(journal, begun ?? '') ?? [];
      begun = line === 'done' || line === 'nothing' ? null : line;
    }

    const { workspace } = bench.ports;
    const found: Journal = (await workspace.operations(loadId, NEVER)).map(({ label, state }) => ({
      label,
      state,
    }));
    const next = begun === null ? null : journalAfter(journal, begun);
    const because = `kill ${kills + 1}, ${begun ?? 'nothing'} in hand`;
    if (JSON.stringify(found) !== JSON.stringify(journal)) {
      expect(found, because).toEqual(next);
      inHand += 1;
    }
    journal = found;

    const again = await bench.reopen(loadId);
    if (again === null) throw new Error(`The check cannot be opened again: ${because}`);
    expect(await stateOf(again), because).toEqual(await checkedFromScratch(again, null));
    await expectOverlayOfJournal(again);
    await again.close();
    await workspace.close();
  }
  expect(kills).toBeGreaterThanOrEqual(LEAST_KILLS);
  process.stdout.write(
    `Killed ${kills} times; ${inHand} operations were whole without having been reported.\n`,
  );

  const last = await bench.reopen(loadId);
  if (last === null) throw new Error('The check cannot be opened again.');
  const session = createEditSession(last.context, last.files, () => null);
  while ((await session.undo()) !== null);
  expect(await stateOf(last)).toEqual(first);
  await last.close();
}, 60_000);

/** The last operation that is done holds in the cells, the next one to be redone does not. */
async function expectOverlayOfJournal({ context }: Checked): Promise<void> {
  const { ports, loadId } = context;
  const held = ({ fileNo, row, position }: CellChange): string | null => {
    const edit = context.edits(fileNo, row, row).get(row);
    return position === SKIP_POSITION
      ? edit?.skipped === true
        ? 'skipped'
        : null
      : (edit?.cells.get(position) ?? null);
  };
  const done = (await ports.workspace.nextOperation(loadId, 'undo', NEVER))?.changes ?? [];
  const undone = (await ports.workspace.nextOperation(loadId, 'redo', NEVER))?.changes ?? [];
  expect(done.map(held)).toEqual(done.map(({ after }) => after));
  expect(undone.map(held)).toEqual(undone.map(({ before }) => before));
}
