import { beforeEach, describe, expect, it } from 'vitest';
import { createLookup, type Lookup } from '../../../../electron/application/drafts/draft-lookup.ts';
import type { LoadTarget } from '../../../../electron/application/loads/load-target.ts';
import { AppError } from '../../../../shared/errors.ts';
import { createGate } from '../loads/desk-bench.ts';

let opened: number;
let released: number;
let lookup: Lookup;
beforeEach(() => {
  opened = 0;
  released = 0;
  lookup = createLookup(async () => {
    opened += 1;
    const release = async (): Promise<void> => {
      released += 1;
    };
    return { place: `target ${opened}`, release } as unknown as LoadTarget;
  }, 20);
});

const placeOf = async ({ place }: LoadTarget): Promise<string> => place;

describe('the target of a look-up', () => {
  it('is opened once for all who work with it, and let go of a while after the last', async () => {
    const [one, other] = await Promise.all([lookup.withTarget(placeOf), lookup.withTarget(placeOf)]);
    expect([one, other, opened, released]).toEqual(['target 1', 'target 1', 1, 0]);
    await expect.poll(() => released).toBe(1);
    expect(await lookup.withTarget(placeOf)).toBe('target 2');
    await lookup.close();
  });

  it('stays with whoever works with it when it is let go of, and the next one gets it anew', async () => {
    const gate = createGate();
    const working = lookup.withTarget(async ({ place }) => {
      await gate.pass();
      return place;
    });
    await gate.reached;
    await lookup.letGo();
    expect(released).toBe(0);
    expect(await lookup.withTarget(placeOf)).toBe('target 2');
    gate.open();
    expect(await working).toBe('target 1');
    await expect.poll(() => released).toBe(2);
  });

  it('is let go of at its close, which waits for those at work and lets nobody in', async () => {
    const gate = createGate();
    const working = lookup.withTarget(() => gate.pass());
    await gate.reached;
    let closed = false;
    const closing = lookup.close().then(() => {
      closed = true;
    });
    await expect(lookup.withTarget(placeOf)).rejects.toMatchObject({ code: 'draft.unknown' });
    expect([closed, released]).toEqual([false, 0]);
    gate.open();
    await Promise.all([working, closing]);
    expect(released).toBe(1);
  });

  it('that could not be opened is tried anew by the next one', async () => {
    let fails = true;
    const shaky = createLookup(async () => {
      if (fails) throw new AppError({ code: 'sandbox.locked', message: 'Taken.', hint: 'Wait.' });
      return { place: 'at last', release: async () => undefined } as unknown as LoadTarget;
    });
    await expect(shaky.withTarget(placeOf)).rejects.toMatchObject({ code: 'sandbox.locked' });
    fails = false;
    expect(await shaky.withTarget(placeOf)).toBe('at last');
    await shaky.close();
  });
});

describe('work with a look-up', () => {
  it('is done once more without it where the database fails, and then without it at once', async () => {
    const given: boolean[] = [];
    const work = async (ask: unknown): Promise<string> => {
      given.push(ask !== null);
      if (ask !== null) throw new AppError({ code: 'db.unreachable', message: 'Gone.', hint: 'Wait.' });
      return 'done';
    };
    expect(await lookup.run(work)).toBe('done');
    expect(await lookup.run(work)).toBe('done');
    expect([given, lookup.state.kind, lookup.current()]).toEqual([[true, false, false], 'failed', null]);
    lookup.again();
    expect([lookup.state.kind, lookup.current() === null]).toEqual(['not-asked', false]);
  });

  it('fails with what is not the database’s', async () => {
    const work = () =>
      Promise.reject(new AppError({ code: 'workspace.failed', message: 'Full.', hint: 'Make room.' }));
    await expect(lookup.run(work)).rejects.toMatchObject({ code: 'workspace.failed' });
    expect(lookup.state.kind).toBe('not-asked');
  });
});
