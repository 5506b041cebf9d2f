import { chmod, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Conf from 'conf';
import { describe, expect, it } from 'vitest';
import type { SettingsStore } from '../../../../electron/adapters/profiles/profile-file.ts';
import type { ProfileStore } from '../../../../electron/engine/profile-port.ts';
import type { SavedProfile } from '../../../../shared/settings/profile.ts';
import {
  NO_PROFILES,
  profilesOf,
  type SavedProfiles,
  withProfile,
} from '../../../../shared/settings/saved-profiles.ts';
import { adams, LINCOLN_ID, lincoln } from '../../../shared/settings/profile-fixtures.ts';
import { never, profileFileIn, tempDir } from '../../settings-in-folder.ts';

const add = (store: ProfileStore, profile: SavedProfile): Promise<null> =>
  store.change((saved) => ({ saved: withProfile(saved, profile), value: null }), never);
const names = async (store: ProfileStore): Promise<string[]> =>
  profilesOf(await store.read(never)).map(({ name }) => name);

describe('profiles.json', () => {
  it('is not made by looking, and holds what was saved, for its owner alone', async () => {
    const dir = await tempDir();
    const { store } = profileFileIn(dir);
    expect(await store.read(never)).toEqual(NO_PROFILES);
    expect(await readdir(dir)).toEqual([]);
    await add(store, lincoln());
    await add(store, adams());
    expect(await names(profileFileIn(dir).store)).toEqual(['Lincoln', 'Adams']);
    const text = await readFile(join(dir, 'profiles.json'), 'utf8');
    expect(JSON.parse(text)).toEqual(await store.read(never));
    expect(await readFile(join(dir, 'profiles.last-good.json'), 'utf8')).toBe(text);
    for (const name of ['profiles.json', 'profiles.last-good.json'])
      expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
  });

  it('is the same file for electron-store, which calls it by another option', async () => {
    const dir = await tempDir();
    // Like electron-store: `name` is the file's name, whatever `configName` says; and it knows the app's version.
    class LikeElectronStore extends Conf<Record<string, unknown>> {
      constructor({ name, configName: _, ...options }: ConstructorParameters<SettingsStore>[0]) {
        super({ ...options, configName: name, projectVersion: '1.0.0' });
      }
    }
    await add(profileFileIn(dir, LikeElectronStore).store, lincoln());
    await add(profileFileIn(dir).store, adams());
    expect(await names(profileFileIn(dir, LikeElectronStore).store)).toEqual(['Lincoln', 'Adams']);
    expect((await readdir(dir)).filter((name) => name.endsWith('.json')).sort()).toEqual([
      'profiles.json',
      'profiles.last-good.json',
    ]);
  });

  it('stays as it was where a change is given up', async () => {
    const { store } = profileFileIn(await tempDir());
    await add(store, lincoln());
    const refused = store.change(() => {
      throw new Error('no');
    }, never);
    await expect(refused).rejects.toThrow('no');
    const invalid = store.change(
      (saved) => ({ saved: { ...saved, version: 9 } as never, value: null }),
      never,
    );
    await expect(invalid).rejects.toThrow();
    expect(await names(store)).toEqual(['Lincoln']);
  });

  it('written by hand as a list is read, and rewritten in its new form by the first change', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, 'profiles.json'), JSON.stringify({ profiles: [lincoln()] }));
    const { store, notices } = profileFileIn(dir);
    expect(await names(store)).toEqual(['Lincoln']);
    await add(store, adams());
    expect(JSON.parse(await readFile(join(dir, 'profiles.json'), 'utf8'))).toMatchObject({ version: 1 });
    expect(notices).toEqual([]);
  });

  it('of a newer version is refused and never touched', async () => {
    const dir = await tempDir();
    const text = '{"version":7,"all":"new"}';
    await writeFile(join(dir, 'profiles.json'), text);
    const { store } = profileFileIn(dir);
    await expect(store.read(never)).rejects.toMatchObject({ code: 'settings.newer' });
    await expect(add(store, lincoln())).rejects.toMatchObject({ code: 'settings.newer' });
    expect(await readFile(join(dir, 'profiles.json'), 'utf8')).toBe(text);
  });

  it.skipIf(process.getuid?.() === 0)('in a folder that may not be written to is told apart', async () => {
    const dir = await tempDir();
    await chmod(dir, 0o500);
    await expect(add(profileFileIn(dir).store, lincoln())).rejects.toMatchObject({
      code: 'settings.unwritable',
    });
    await chmod(dir, 0o700);
  });
});

describe('a damaged profiles.json', () => {
  it.each([
    '',
    '{"version":1,"order":[',
    '{"version":1,"order":[],"profiles":{"x":{}},"default":null}',
    '\0\0\0',
  ])('(%j) is set aside with its date, the last good one used, and the person told', async (damage) => {
    const dir = await tempDir();
    const first = profileFileIn(dir);
    await add(first.store, lincoln());
    await add(first.store, adams());
    await writeFile(join(dir, 'profiles.json'), damage);
    const { store, notices } = profileFileIn(dir);
    expect(await names(store)).toEqual(['Lincoln', 'Adams']);
    const keptAs = join(dir, 'profiles.json.corrupt-2026-11-25T10-20-30.000Z');
    expect(await readFile(keptAs, 'utf8')).toBe(damage);
    expect(notices).toEqual([{ keptAs, message: expect.stringContaining('with 2 profiles') }]);
    expect(store.notices()).toEqual(notices);
    expect(await names(profileFileIn(dir).store)).toEqual(['Lincoln', 'Adams']);
  });

  it('is mended by a change, too', async () => {
    const dir = await tempDir();
    const { store, notices } = profileFileIn(dir);
    await add(store, lincoln());
    await writeFile(join(dir, 'profiles.json'), '{');
    await add(store, adams());
    expect(await names(store)).toEqual(['Lincoln', 'Adams']);
    expect(notices).toHaveLength(1);
  });

  it('that people wrote by hand is fallen back on once it was read', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, 'profiles.json'), JSON.stringify({ profiles: [lincoln()] }));
    await profileFileIn(dir).store.read(never);
    await writeFile(join(dir, 'profiles.json'), 'oops');
    expect(await names(profileFileIn(dir).store)).toEqual(['Lincoln']);
  });

  it('without a good one before it begins an empty list, and says so', async () => {
    const dir = await tempDir();
    await writeFile(join(dir, 'profiles.json'), 'oops');
    const { store, notices } = profileFileIn(dir);
    expect(await store.read(never)).toEqual(NO_PROFILES);
    expect(notices[0]?.message).toContain('the list begins empty');
  });
});

describe('a change of the profiles', () => {
  it('is told to who listens, its own and those of others, once each', async () => {
    const dir = await tempDir();
    const { store } = profileFileIn(dir);
    const told: string[][] = [];
    const end = store.onChange((saved: SavedProfiles) =>
      told.push(profilesOf(saved).map(({ name }) => name)),
    );
    await add(store, lincoln());
    expect(told).toEqual([['Lincoln']]);
    await add(profileFileIn(dir).store, adams());
    await expect.poll(() => told.at(-1), { timeout: 5_000 }).toEqual(['Lincoln', 'Adams']);
    end();
    await add(store, lincoln({ name: 'Quiet' }));
    expect(told).toEqual([['Lincoln'], ['Lincoln', 'Adams']]);
  });

  it('waits for another one to end, so that neither is lost', async () => {
    const dir = await tempDir();
    const stores = [profileFileIn(dir).store, profileFileIn(dir).store];
    const ids = Array.from(
      { length: 20 },
      (_, at) => `${String(at).padStart(8, '0')}-1111-4111-8111-111111111111`,
    );
    await Promise.all(
      ids.map((id, at) =>
        add(stores[at % 2] ?? profileFileIn(dir).store, lincoln({ id, name: `School ${at}` })),
      ),
    );
    expect((await profileFileIn(dir).store.read(never)).order.toSorted()).toEqual(ids);
  });

  it('that is aborted while it waits changes nothing', async () => {
    const { store } = profileFileIn(await tempDir());
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(
      store.change(
        (saved) => ({ saved: withProfile(saved, lincoln({ id: LINCOLN_ID })), value: null }),
        aborted,
      ),
    ).rejects.toThrow('enough');
    expect(await names(store)).toEqual([]);
  });
});
