import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LoadEvent } from '../../../electron/engine/load-events.ts';
import type { LoadReport } from '../../../electron/engine/load-report.ts';
import { resumeLoad } from '../../../electron/engine/resume.ts';
import { describeEachDatabase } from '../../contract/database-harness.ts';
import { type Bench, createBench, term } from './load-harness.ts';

const NEVER = new AbortController().signal;

describeEachDatabase('a resume that lets vectors follow', (target) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = createBench(await target.open());
  });
  afterEach(() => bench.close());

  /** Resumes a load of which `left` vectors still have to follow once all else is done, one at a time. */
  async function follow(left: number, stop: AbortController, onEvent: (event: LoadEvent) => void) {
    const { loadId } = await bench.load([bench.file('b.csv', term(5).books)]);
    const { database } = bench.ports;
    let isAllElseDone = false;
    const vectors: typeof database.vectors = {
      ...database.vectors,
      counts: async (signal) => ({ ...(await database.vectors.counts(signal)), vecPending: left }),
      async publishPending() {
        if (!isAllElseDone || left === 0) return 0;
        left -= 1;
        return 1;
      },
    };
    const ports = { ...bench.ports, database: { ...database, vectors } };
    const emit = (event: LoadEvent): void => {
      isAllElseDone ||= event.kind === 'step-finished' && event.step === 'publish';
      onEvent(event);
    };
    const signals = { stop: stop.signal, abort: NEVER };
    const report: LoadReport = await resumeLoad(ports, bench.tuning, loadId, emit, signals);
    return { report, left };
  }

  it('says how far it is', async () => {
    const far: [number, number | null][] = [];
    const { report } = await follow(3, new AbortController(), (event) => {
      if (event.kind === 'step-progress' && event.step === 'index') far.push([event.done, event.total]);
    });
    expect(report).toMatchObject({ status: 'loaded', resumable: false, embeddings: { vecPending: 0 } });
    expect(far).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('is stopped by a person, and says that there is more to go on with', async () => {
    const stop = new AbortController();
    const { report, left } = await follow(3, stop, (event) => {
      if (event.kind === 'step-progress' && event.step === 'index') stop.abort();
    });
    expect(report).toMatchObject({ status: 'stopped', resumable: true, error: null });
    expect([left, report.embeddings.vecPending]).toEqual([2, 2]);
  });
});
