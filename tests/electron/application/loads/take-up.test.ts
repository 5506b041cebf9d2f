import { afterAll, beforeAll, expect, test } from 'vitest';
import { showLoad } from '../../../../electron/application/loads/loads.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Bench } from '../../engine/load-harness.ts';
import { createTestDesk, diedBefore, hasWorkspace, NEVER, noteOf, openDeskBench } from './desk-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openDeskBench();
});
afterAll(() => bench.close());

const ledger = async (loadId: string) =>
  (await bench.rows(`SELECT status, error, ended_at FROM accession.loads WHERE load_id = '${loadId}'`))[0];
const staged = async (loadId: string) =>
  (await bench.rows(`SELECT count(*)::int AS n FROM accession.staged_books WHERE load_id = '${loadId}'`))[0]
    ?.n;

test('a load whose rows were all in the database is gone on with to its end', async () => {
  const note = await diedBefore(bench, 'commit');
  const { desk, heard, events, running, taken, released } = createTestDesk(bench, { left: [note] });
  await desk.takeUp();
  expect(desk.list()).toMatchObject([{ loadId: note.loadId, takenUp: true }]);
  expect(await heard('load-finished')).toMatchObject({ loadId: note.loadId, status: 'loaded' });
  await desk.close();
  expect(events.some(({ kind }) => kind === 'load-failed')).toBe(false);
  expect(running.notes.size).toBe(0);
  expect(released()).toBe(taken());
});

test('a load that was cut off before is told once, in plain words, and leaves nothing behind', async () => {
  const note = await diedBefore(bench, 'seal');
  const { loadId } = note;
  expect([await staged(loadId), hasWorkspace(bench, loadId)]).toEqual([3, true]);
  const { desk, events, running, taken, released } = createTestDesk(bench, { left: [note] });
  await desk.takeUp();
  await desk.takeUp();
  expect(events).toMatchObject([{ kind: 'load-failed', loadId, error: { code: 'load.not-resumable' } }]);
  const { message, hint } = desk.failureOf(loadId) ?? { message: '', hint: '' };
  expect(message).toContain('was cut off before all of its rows were in the database');
  expect(hint).toMatch(/^Nothing was written\. Load the file again: books-\d+\.csv\.$/);
  expect(await ledger(loadId)).toMatchObject({ status: 'failed', error: { code: 'load.not-resumable' } });
  expect(await showLoad(bench.ports, loadId, 0, NEVER)).toMatchObject({
    error: { message },
    resumable: false,
  });
  expect([await staged(loadId), hasWorkspace(bench, loadId), running.notes.size]).toEqual([0, false, 0]);
  expect(released()).toBe(taken());
});

test('a load that had not come to the database is told of too, and its copies go', async () => {
  const loadId = '00000000-0000-4000-8000-000000000002';
  const issue = { row: 1, line: 2, column: null, value: null, suggestion: null, message: 'x' } as const;
  await bench.ports.workspace.addIssues(
    loadId,
    0,
    [{ ...issue, code: 'database.refused', severity: 'error' }],
    NEVER,
  );
  expect(hasWorkspace(bench, loadId)).toBe(true);
  const { desk, events } = createTestDesk(bench, { left: [noteOf(loadId)] });
  await desk.takeUp();
  expect(events).toMatchObject([
    {
      kind: 'load-failed',
      loadId,
      error: { code: 'load.not-resumable', hint: 'Nothing was written. Load its files again.' },
    },
  ]);
  expect(hasWorkspace(bench, loadId)).toBe(false);
});

test('a load whose database cannot be reached now is told of, and kept for the next start', async () => {
  const note = await diedBefore(bench, 'commit');
  const gone = new AppError({
    code: 'db.unreachable',
    message: 'No server.',
    hint: 'Start it.',
    retryable: true,
  });
  const unreachable = async (): Promise<never> => {
    throw gone;
  };
  const { desk, events, running, released } = createTestDesk(bench, {
    left: [note],
    target: { ports: unreachable, optionsOf: unreachable },
  });
  await desk.takeUp();
  expect(events).toMatchObject([
    { kind: 'load-failed', loadId: note.loadId, error: { code: 'db.unreachable', retryable: true } },
  ]);
  expect(desk.failureOf(note.loadId)?.message).toContain('at the moment. No server.');
  expect([...running.notes.values()]).toEqual([note]);
  expect(hasWorkspace(bench, note.loadId)).toBe(true);
  expect(released()).toBe(2);
});

test('a load that a person had stopped is left to them, whether or not it had come to stop', async () => {
  const sealed = { ...(await diedBefore(bench, 'commit')), stopping: true };
  const unsealed = { ...(await diedBefore(bench, 'seal')), stopping: true };
  const { desk, events, running } = createTestDesk(bench, { left: [sealed, unsealed] });
  await desk.takeUp();
  expect([events, desk.list(), running.notes.size]).toEqual([[], [], 0]);
  expect(await ledger(sealed.loadId)).toMatchObject({ status: 'stopped', ended_at: null });
  expect(await ledger(unsealed.loadId)).toMatchObject({ status: 'stopped', ended_at: expect.any(Date) });
  const resumable = async (loadId: string) => (await showLoad(bench.ports, loadId, 0, NEVER)).resumable;
  expect([await resumable(sealed.loadId), await resumable(unsealed.loadId)]).toEqual([true, false]);
  expect([hasWorkspace(bench, sealed.loadId), hasWorkspace(bench, unsealed.loadId)]).toEqual([true, false]);
});

test('a load of another door’s database stays for a process that opens that one', async () => {
  const note = { ...(await diedBefore(bench, 'commit')), place: 'environment' };
  const { desk, events, running, released } = createTestDesk(bench, { left: [note] });
  await desk.takeUp();
  expect([events, [...running.notes.values()], released()]).toEqual([[], [note], 1]);
});

test('a load whose profile is gone is given up, and what is left of its files with it', async () => {
  const note = await diedBefore(bench, 'commit');
  const target = async (): Promise<never> => {
    throw new AppError({ code: 'profile.unknown', message: 'Gone.', hint: 'Choose another.' });
  };
  const { desk, events, running } = createTestDesk(bench, { left: [note], desk: { target } });
  await desk.takeUp();
  expect(events).toMatchObject([{ kind: 'load-failed', error: { code: 'profile.unknown' } }]);
  expect([running.notes.size, hasWorkspace(bench, note.loadId)]).toEqual([0, false]);
});

test('where nobody can see what was left, a person is told and the desk works all the same', async () => {
  const takeOver = async (): Promise<never> => {
    throw new AppError({ code: 'workspace.failed', message: 'No right.', hint: 'Ask.' });
  };
  const running = { takeOver, note: async () => undefined, ended: async () => undefined };
  const { desk, notices } = createTestDesk(bench, { desk: { running } });
  await desk.takeUp();
  expect(notices).toEqual(['No right. Ask.']);
});
