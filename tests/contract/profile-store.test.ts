import { describe, expect, it } from 'vitest';
import type { ProfileStore } from '../../electron/engine/profile-port.ts';
import {
  NO_PROFILES,
  profilesOf,
  withoutProfile,
  withProfile,
} from '../../shared/settings/saved-profiles.ts';
import { never, profileFileIn, tempDir } from '../electron/settings-in-folder.ts';
import { createMemoryProfiles } from '../fakes/memory-profiles.ts';
import { ADAMS_ID, adams, LINCOLN_ID, lincoln } from '../shared/settings/profile-fixtures.ts';

const STORES: Record<string, () => Promise<ProfileStore>> = {
  'in memory': async () => createMemoryProfiles(),
  'in profiles.json': async () => profileFileIn(await tempDir()).store,
};

describe.each(Object.entries(STORES))('profiles %s', (_, open) => {
  it('begin empty, and are as the last change left them', async () => {
    const store = await open();
    expect(await store.read(never)).toEqual(NO_PROFILES);
    const value = await store.change(
      (saved) => ({ saved: { ...withProfile(saved, lincoln()), default: LINCOLN_ID }, value: 'said' }),
      never,
    );
    expect(value).toBe('said');
    await store.change((saved) => ({ saved: withProfile(saved, adams()), value: null }), never);
    expect(profilesOf(await store.read(never))).toEqual([lincoln(), adams()]);
    await store.change((saved) => ({ saved: withoutProfile(saved, LINCOLN_ID), value: null }), never);
    expect(await store.read(never)).toEqual({ ...withProfile(NO_PROFILES, adams()), order: [ADAMS_ID] });
  });

  it('change one after the other, each on what the one before left', async () => {
    const store = await open();
    const order: number[] = [];
    await Promise.all(
      [lincoln(), adams()].map((profile) =>
        store.change((saved) => {
          order.push(saved.order.length);
          return { saved: withProfile(saved, profile), value: null };
        }, never),
      ),
    );
    expect(order).toEqual([0, 1]);
    expect((await store.read(never)).order).toHaveLength(2);
  });

  it('stay as they are where a change is given up or would not be valid', async () => {
    const store = await open();
    const giveUp = (): never => {
      throw new Error('given up');
    };
    await expect(store.change(giveUp, never)).rejects.toThrow('given up');
    const invalid = { ...NO_PROFILES, default: 'no id' };
    await expect(store.change(() => ({ saved: invalid, value: null }), never)).rejects.toThrow();
    expect(await store.read(never)).toEqual(NO_PROFILES);
  });

  it('tell every change to who listens, until they do not', async () => {
    const store = await open();
    const told: number[] = [];
    const end = store.onChange((saved) => told.push(saved.order.length));
    await store.change((saved) => ({ saved: withProfile(saved, lincoln()), value: null }), never);
    end();
    await store.change((saved) => ({ saved: withProfile(saved, adams()), value: null }), never);
    expect(told).toEqual([1]);
  });

  it('have nothing to notice while nothing was damaged', async () => {
    expect((await open()).notices()).toEqual([]);
  });
});
