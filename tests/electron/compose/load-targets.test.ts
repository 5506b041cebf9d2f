import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Composition } from '../../../electron/compose/compose.ts';
import { createLoadTargets, type LoadTargetsOptions } from '../../../electron/compose/load-targets.ts';
import { chooseProfile } from '../../../electron/compose/profile.ts';
import { openSettings } from '../../../electron/compose/settings.ts';
import { AppError } from '../../../shared/errors.ts';
import { profileSchema } from '../../../shared/settings/profile.ts';
import { withProfile } from '../../../shared/settings/saved-profiles.ts';
import { never, tempDir } from '../settings-in-folder.ts';

const LOOK_ONLY = { embed: false, publish: false };

async function targetsIn(options: Partial<LoadTargetsOptions> = {}) {
  const homeDir = await tempDir();
  const variables = { ACCESSION_HOME: homeDir };
  const settings = await openSettings({ homeDir, secrets: { variables }, onNotice() {} });
  const notices: string[] = [];
  const target = createLoadTargets({
    settings,
    variables,
    notify: (notice) => void notices.push(notice),
    ...options,
  });
  return { homeDir, variables, settings, notices, target };
}

/** Compositions that open nothing and note what became of them. */
function composing(close: () => Promise<void> = async () => undefined) {
  const composed: string[] = [];
  const closed: string[] = [];
  const compose: NonNullable<LoadTargetsOptions['composing']> = (profile) => {
    composed.push(profile.name);
    return {
      profile,
      tuning: {},
      async close() {
        await close();
        closed.push(profile.name);
      },
    } as unknown as Composition;
  };
  return { composed, closed, compose };
}

test('all who hold a profile share one composition, which the last one closes, once', async () => {
  const { composed, closed, compose } = composing();
  const { target } = await targetsIn({ composing: compose });
  const [first, second] = await Promise.all([target(null), target(null)]);
  const third = await target(null);
  expect([composed, third.name, third.place]).toEqual([['sandbox'], 'sandbox', 'sandbox']);
  await first.release();
  await first.release();
  await second.release();
  expect(closed).toEqual([]);
  await third.release();
  await third.release();
  expect(closed).toEqual(['sandbox']);
  await (await target(null)).release();
  expect([composed.length, closed.length]).toEqual([2, 2]);
});

test('who opens a profile waits until it has been closed', async () => {
  const closing = Promise.withResolvers<void>();
  const { composed, compose } = composing(() => closing.promise);
  const { target } = await targetsIn({ composing: compose });
  const released = (await target(null)).release();
  const next = target(null);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(composed).toHaveLength(1);
  closing.resolve();
  await released;
  await (await next).release();
  expect(composed).toHaveLength(2);
});

test('a profile that was not closed well can be opened again, and somebody is told', async () => {
  let fails = true;
  const { composed, compose } = composing(async () => {
    if (fails) throw new TypeError('Maria');
  });
  const { target, notices } = await targetsIn({ composing: compose });
  await (await target(null)).release();
  fails = false;
  await (await target(null)).release();
  expect(composed).toHaveLength(2);
  expect(notices).toEqual([expect.stringContaining('TypeError')]);
  expect(notices[0]).not.toContain('Maria');
});

test('what cannot be opened is refused to all who wait for it, and tried anew by the next', async () => {
  const { settings } = await targetsIn();
  let isThere = false;
  const reading = {
    ...settings.profiles,
    read: async () => {
      if (isThere) return settings.profiles.read(never);
      throw new AppError({ code: 'settings.unreadable', message: 'No right.', hint: 'Ask.' });
    },
  };
  const { target } = await targetsIn({ settings: { ...settings, profiles: reading } });
  const id = '00000000-0000-4000-8000-000000000001';
  const both = await Promise.allSettled([target(id), target(id)]);
  expect(both).toMatchObject([
    { reason: { code: 'settings.unreadable' } },
    { reason: { code: 'settings.unreadable' } },
  ]);
  isThere = true;
  await expect(target(id)).rejects.toMatchObject({ code: 'profile.unknown' });
});

test('the door’s own composition serves loads without a profile and those that name it, and is never closed', async () => {
  const { composed, closed, compose } = composing();
  const saved = { id: '00000000-0000-4000-8000-000000000001' };
  const own = { profile: { name: 'Lab', kind: 'saved', saved }, close: async () => void closed.push('own') };
  const { target } = await targetsIn({ composing: compose, own: own as unknown as Composition });
  const targets = [await target(null), await target(saved.id)];
  expect(targets.map(({ name, place, profileId }) => [name, place, profileId])).toEqual([
    ['Lab', saved.id, null],
    ['Lab', saved.id, saved.id],
  ]);
  for (const held of targets) await held.release();
  expect([composed, closed]).toEqual([[], []]);
});

test('the own composition of a server with DB_URL is another place than the sandbox', async () => {
  const { compose } = composing();
  const profile = chooseProfile({ DB_URL: 'postgres://localhost/school' }, null);
  const own = compose(profile, () => undefined);
  const { target } = await targetsIn({ own });
  expect((await target(null)).place).toBe('environment');
});

test('the real sandbox takes one opener only: holders share it, and it opens again as soon as it is closed', async () => {
  const { target, homeDir } = await targetsIn();
  const first = await target(null);
  const second = await target(null);
  onTestFinished(() => second.release());
  const ports = await first.ports(LOOK_ONLY);
  expect((await second.ports(LOOK_ONLY)).database).toBe(ports.database);
  const elsewhere = createLoadTargets({
    settings: (await targetsIn()).settings,
    variables: { ACCESSION_HOME: homeDir },
    notify() {},
  });
  const other = await elsewhere(null);
  await expect(other.ports(LOOK_ONLY)).rejects.toMatchObject({ code: 'sandbox.locked' });
  await other.release();
  await first.release();
  const closing = second.release();
  const next = await target(null);
  await closing;
  expect(await (await next.ports(LOOK_ONLY)).database.ledger.loads(1, never)).toEqual([]);
  await next.release();
});

test('a saved sandbox has a place and a database of its own', async () => {
  const id = '00000000-0000-4000-8000-000000000007';
  const folders: string[] = [];
  const { target, settings, homeDir } = await targetsIn({
    composing: (profile, ...rest) => {
      folders.push(profile.sandboxDir);
      return composing().compose(profile, ...rest);
    },
  });
  const profile = profileSchema.parse({ id, name: 'Lab', kind: 'sandbox' });
  await settings.profiles.change((saved) => ({ saved: withProfile(saved, profile), value: null }), never);
  const held = await target(id);
  expect([held.name, held.place]).toEqual(['Lab', id]);
  expect(folders).toEqual([join(homeDir, 'profiles', id, 'sandbox')]);
});
