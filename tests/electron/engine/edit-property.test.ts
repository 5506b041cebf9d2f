import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Checked } from '../../../electron/engine/check.ts';
import { createEditSession, type EditSession } from '../../../electron/engine/edit-session.ts';
import type { IdLookup } from '../../../electron/engine/references.ts';
import {
  checkedFromScratch,
  createEditBench,
  type EditBench,
  editsOf,
  type FileState,
  NEVER,
  stateOf,
} from './edit-harness.ts';
import { STEPS, type Step, TERM, type Term, take } from './edit-sequences.ts';

/** Enough to meet every pair of kinds of step; bounded, for the machine may be busy. */
const RUNS = 200;
const LIMIT_MS = 15_000;

const IN_DATABASE = new Set(['B2', 'B4', 'S2']);
const database: IdLookup = async (_type, ids) => new Set(ids.filter((id) => IN_DATABASE.has(id)));

let bench: EditBench;
beforeAll(() => {
  bench = createEditBench();
});
afterAll(async () => {
  await bench.close();
  bench.remove();
});

/** All that a person can see: findings, edits, rows. */
async function seen(checked: Checked, session: EditSession): Promise<unknown> {
  return {
    files: await stateOf(checked),
    edits: editsOf(checked),
    pages: await Promise.all(checked.files.map(({ fileNo }) => session.page(fileNo, 1, 100))),
  };
}

async function expectAsFromScratch(checked: Checked, lookup: IdLookup | null): Promise<void> {
  const [found, again]: [FileState[], FileState[]] = [
    await stateOf(checked),
    await checkedFromScratch(checked, lookup),
  ];
  expect(found).toEqual(again);
}

async function holdsFor(term: Term, steps: readonly Step[]): Promise<void> {
  const lookup = term.withDatabase ? database : null;
  const paths = term.files.map((text, i) => bench.file(`term-${i}.csv`, text));
  const checked = await bench.check(paths, lookup);
  const { workspace } = bench.ports;
  try {
    const session = createEditSession(checked.context, checked.files, () => lookup);
    /** What was seen after each operation that is not undone, and behind `now` what redo brings back. */
    let past = [await seen(checked, session)];
    let now = 0;
    for (const step of steps) {
      const outcome = await take(step, session, checked);
      await expectAsFromScratch(checked, lookup);
      const after = await seen(checked, session);
      if (outcome === 'new') past = [...past.slice(0, now + 1), after];
      if (outcome !== null) now += outcome === 'undo' ? -1 : 1;
      expect(after).toEqual(past[now]);
    }
    while ((await session.undo()) !== null) now -= 1;
    expect(now).toBe(0);
    expect(await seen(checked, session)).toEqual(past[0]);
    while ((await session.redo()) !== null) now += 1;
    expect(now).toBe(past.length - 1);
    expect(await seen(checked, session)).toEqual(past[now]);
  } finally {
    await checked.close();
    await workspace.forget(checked.checkId, NEVER);
    await workspace.forget(`${checked.checkId}-again`, NEVER);
  }
}

it('after every step of any sequence of edits all is as a check from scratch finds it; undo gives the first state, redo the last', async () => {
  await fc.assert(fc.asyncProperty(TERM, STEPS, holdsFor), {
    numRuns: RUNS,
    interruptAfterTimeLimit: LIMIT_MS,
    markInterruptAsFailure: false,
  });
});
