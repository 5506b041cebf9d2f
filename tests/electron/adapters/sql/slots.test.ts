import { describe, expect, it } from 'vitest';
import { createSlots } from '../../../../electron/adapters/sql/slots.ts';

const NEVER = new AbortController().signal;

describe('places', () => {
  it('are given out in the order in which they were asked for', async () => {
    const slots = createSlots(1);
    const first = await slots.take(NEVER);
    const order: string[] = [];
    const waiting = ['b', 'c', 'd'].map(async (name) => {
      const giveBack = await slots.take(NEVER);
      order.push(name);
      giveBack();
    });
    first();
    await Promise.all(waiting);
    expect(order).toEqual(['b', 'c', 'd']);
  });

  it('are not lost when somebody gives one back twice or stops waiting', async () => {
    const slots = createSlots(1);
    const first = await slots.take(NEVER);
    const abort = new AbortController();
    const impatient = slots.take(abort.signal);
    abort.abort(new Error('no more patience'));
    await expect(impatient).rejects.toThrow('no more patience');
    first();
    first();
    const second = await slots.take(NEVER);
    let third = false;
    const waiting = slots.take(NEVER).then((giveBack) => {
      third = true;
      return giveBack;
    });
    await Promise.resolve();
    expect(third).toBe(false);
    second();
    (await waiting)();
    expect(third).toBe(true);
  });
});
