import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppError } from '../../../../shared/errors.ts';
import { createMemoryVectorIndex } from '../../../fakes/memory-vector-index.ts';
import type { Bench } from '../../engine/load-harness.ts';
import {
  createGate,
  createTestDesk,
  gatedCommits,
  openDeskBench,
  requestOf,
  someBooks,
} from './desk-bench.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openDeskBench();
});
afterAll(() => bench.close());

const locked = new AppError({ code: 'sandbox.locked', message: 'In use.', hint: 'Wait.' });
const refusing = async (): Promise<never> => {
  throw locked;
};
const status = async (loadId: string) =>
  (await bench.rows(`SELECT status FROM accession.loads WHERE load_id = '${loadId}'`))[0]?.status;

describe('a load that is started', () => {
  test('is named as soon as it begins, and runs to its end by itself', async () => {
    const { desk, events, heard, running, released } = createTestDesk(bench);
    const loadId = await desk.start(requestOf(someBooks(bench)));
    expect(events).toEqual([expect.objectContaining({ kind: 'load-started', loadId })]);
    expect(await heard('load-finished')).toMatchObject({ loadId, status: 'loaded' });
    await desk.close();
    expect(await status(loadId)).toBe('loaded');
    expect([desk.list(), [...running.notes.keys()], released()]).toEqual([[], [], 1]);
    expect(running.written).toMatchObject([{ loadId, place: 'sandbox', stopping: false }]);
  });

  test('tells what happens in its order', async () => {
    const { desk, events, heard } = createTestDesk(bench);
    await desk.start(requestOf(someBooks(bench)));
    await heard('load-finished');
    const told = events.flatMap((event) => {
      if (event.kind === 'step-progress') return [];
      return [
        event.kind === 'step-started' || event.kind === 'step-finished'
          ? `${event.kind} ${event.step}`
          : event.kind,
      ];
    });
    const steps = told.filter((what) => what.startsWith('step-started'));
    expect(steps.at(-1)).toBe('step-started publish');
    expect(told.slice(0, 2)).toEqual(['load-started', 'step-started check']);
    expect(told.indexOf('step-finished commit')).toBeLessThan(told.indexOf('step-started embed'));
    expect(told.at(-1)).toBe('load-finished');
  });

  test.each([
    ['whose profile cannot be opened', { target: { ports: refusing } }, 1],
    ['whose profile is not there', { desk: { target: refusing } }, 0],
  ])('%s is refused with the reason, and lets go of what it took once', async (_what, options, releases) => {
    const { desk, events, released } = createTestDesk(bench, options);
    await expect(desk.start(requestOf(someBooks(bench)))).rejects.toBe(locked);
    expect([events, desk.list(), released()]).toEqual([[], [], releases]);
  });

  test('with a file that is not there says so, and goes on saying so to who asks later', async () => {
    const { desk, heard, released, running } = createTestDesk(bench);
    const loadId = await desk.start(requestOf('/nowhere/books.csv'));
    expect(await heard('load-failed')).toMatchObject({ loadId, error: { code: 'file.missing' } });
    await desk.close();
    expect(desk.failureOf(loadId)).toMatchObject({ code: 'file.missing' });
    expect([running.notes.size, released()]).toEqual([0, 1]);
  });

  test('is not harmed by a listener that throws, and others still hear of it', async () => {
    const { desk, notices, heard } = createTestDesk(bench);
    desk.onEvent(() => {
      throw new TypeError('Maria');
    });
    const later: string[] = [];
    desk.onEvent(({ kind }) => void later.push(kind));
    await desk.start(requestOf(someBooks(bench)));
    expect(await heard('load-finished')).toMatchObject({ status: 'loaded' });
    expect(later.at(-1)).toBe('load-finished');
    expect(notices[0]).toContain('TypeError');
    expect(notices.join()).not.toContain('Maria');
  });

  test('goes on where nobody can note that it runs, and a person is told', async () => {
    const full = new AppError({ code: 'workspace.failed', message: 'Disk full.', hint: 'Make room.' });
    const failing = async (): Promise<never> => {
      throw full;
    };
    const running = { takeOver: async () => [], note: failing, ended: failing };
    const { desk, notices, heard } = createTestDesk(bench, { desk: { running } });
    await desk.start(requestOf(someBooks(bench)));
    expect(await heard('load-finished')).toMatchObject({ status: 'loaded' });
    await desk.close();
    expect(notices).toEqual(['Disk full. Make room.', 'Disk full. Make room.']);
    expect(desk.list()).toEqual([]);
  });

  test('as a rehearsal is noted too, because its copies would stay behind', async () => {
    const { desk, heard, running } = createTestDesk(bench);
    await desk.start({ ...requestOf(someBooks(bench)), dryRun: true });
    expect(await heard('load-finished')).toMatchObject({ status: 'rehearsed' });
    await desk.close();
    expect([running.written.length, running.notes.size]).toEqual([1, 0]);
  });
});

describe('a load that runs', () => {
  test('is listed until it has ended', async () => {
    const gate = createGate();
    const { desk, heard } = createTestDesk(bench, { ports: gatedCommits(bench, gate) });
    const loadId = await desk.start(requestOf(someBooks(bench)));
    await gate.reached;
    expect(desk.list()).toEqual([
      {
        ...{ loadId, profileId: null, profile: 'sandbox', startedAt: expect.any(String), takenUp: false },
        ...{ waiting: null, problems: [] },
      },
    ]);
    gate.open();
    await heard('load-finished');
    await desk.close();
    expect(desk.list()).toEqual([]);
  });

  test('is listed with what it waits for and what went wrong, until it moves again', async () => {
    const gate = createGate();
    const memory = createMemoryVectorIndex();
    const index: typeof memory = {
      ...memory,
      async update(feed, signal, onWait) {
        onWait?.('It is started again.');
        await gate.pass();
        return memory.update(feed, signal);
      },
    };
    const quota = new AppError({ code: 'embedding.quota', message: 'No credit.', hint: 'Pay.' });
    const embedder = { ...bench.embedder, embed: () => Promise.reject(quota) };
    const { desk, heard } = createTestDesk(bench, { ports: { index, embedder } });
    await desk.start(requestOf(someBooks(bench)));
    await gate.reached;
    expect(desk.list()).toMatchObject([
      {
        waiting: { step: 'index', reason: 'It is started again.', untilMs: null },
        problems: [{ step: 'embed', error: { code: 'embedding.quota', message: 'No credit.' } }],
      },
    ]);
    gate.open();
    await heard('load-finished');
    await desk.close();
  });

  test('stops after the chunk in hand when asked to, is not to be taken up, and can be resumed', async () => {
    const gate = createGate();
    const { desk, heard, running, events, taken, released } = createTestDesk(bench, {
      ports: gatedCommits(bench, gate),
    });
    const loadId = await desk.start(requestOf(someBooks(bench)));
    await gate.reached;
    expect(desk.stop(loadId)).toBe(true);
    gate.open();
    expect(await heard('load-finished')).toMatchObject({ status: 'stopped' });
    await expect.poll(() => desk.list()).toEqual([]);
    expect(running.written.map(({ stopping }) => stopping)).toEqual([false, true]);
    expect([running.notes.size, await status(loadId)]).toEqual([0, 'stopped']);
    expect(desk.stop(loadId)).toBe(false);

    events.length = 0;
    expect(await desk.resume(null, loadId)).toBe(loadId);
    expect(await heard('load-finished')).toMatchObject({ loadId, status: 'loaded' });
    await desk.close();
    expect(released()).toBe(taken());
  });

  test('is not begun a second time by who resumes it', async () => {
    const gate = createGate();
    const { desk, heard, events } = createTestDesk(bench, { ports: gatedCommits(bench, gate) });
    const loadId = await desk.start(requestOf(someBooks(bench)));
    await gate.reached;
    desk.stop(loadId);
    gate.open();
    await heard('load-finished');
    await expect.poll(() => desk.list()).toEqual([]);
    events.length = 0;
    await Promise.all([desk.resume(null, loadId), desk.resume(null, loadId)]);
    await desk.resume(null, loadId);
    await heard('load-finished');
    expect(events.filter(({ kind }) => kind === 'load-started')).toHaveLength(1);
  });

  test('is waited for when the desk is closed, goes on with the next process, and nothing begins any more', async () => {
    const gate = createGate();
    const { desk, events, running, released } = createTestDesk(bench, { ports: gatedCommits(bench, gate) });
    const loadId = await desk.start(requestOf(someBooks(bench)));
    await gate.reached;
    let closed = false;
    const closing = desk.close().then(() => {
      closed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([closed, released()]).toEqual([false, 0]);
    gate.open();
    await closing;
    expect(events.at(-1)).toMatchObject({ kind: 'load-finished', loadId, status: 'stopped' });
    expect(released()).toBe(1);
    expect([...running.notes.values()]).toMatchObject([{ loadId, stopping: false }]);
    await expect(desk.start(requestOf(someBooks(bench)))).rejects.toMatchObject({ code: 'stopped' });
  });
});

test('a load that the database does not know is not resumed, and what was taken is let go of once', async () => {
  const { desk, events, released } = createTestDesk(bench);
  const unknown = '00000000-0000-4000-8000-000000000001';
  await expect(desk.resume(null, unknown)).rejects.toMatchObject({ code: 'load.unknown' });
  expect([events, released()]).toEqual([[], 1]);
});
