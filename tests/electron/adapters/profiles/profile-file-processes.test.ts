import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { describe, expect, it } from 'vitest';
import { textFor } from '../../../../electron/adapters/profiles/profiles-on-disk.ts';
import { inOrder, NO_PROFILES, profilesOf, withProfile } from '../../../../shared/settings/saved-profiles.ts';
import { adams, lincoln } from '../../../shared/settings/profile-fixtures.ts';
import { never, profileFileIn, tempDir } from '../../settings-in-folder.ts';

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const KILLS = process.env.ACCESSION_TEST_SERVICES === 'off' ? 40 : 200;
/** As many at a time as the machine has cores, each in a folder of its own. */
const LANES = 2;

describe('profiles.json among processes', () => {
  it(`is one of its two versions whenever a process is killed in the middle of writing it, ${KILLS} times`, async () => {
    const dir = await tempDir();
    const writer = await bundled(here('endless-writer.ts'), dir);
    const one = withProfile(withProfile(NO_PROFILES, lincoln()), adams());
    const versions = [textFor(one), textFor(inOrder(one, one.order.toReversed()))];
    const seen = new Set<string>();
    let cutOff = 0;

    const lane = async (number: number): Promise<void> => {
      const home = join(dir, `lane-${number}`);
      await mkdir(home);
      await profileFileIn(home).store.change(() => ({ saved: one, value: null }), never);
      for (let kill = 0; kill < KILLS / LANES; kill += 1) {
        const child = spawn(process.execPath, [writer, home], {
          stdio: ['ignore', 'pipe', 'inherit'],
          // A terminal inside a snap says SNAP, and conf then writes in place: no reason for a torn file.
          env: { NODE_COMPILE_CACHE: join(dir, 'cache'), SNAP: '/snap/editor/1' },
        });
        await said(child, 'writing');
        // Some milliseconds into the endless writing, at another place each time.
        await new Promise((resolve) => setTimeout(resolve, (kill * 7) % 17));
        child.kill('SIGKILL');
        await once(child, 'exit');
        const text = await readFile(join(home, 'profiles.json'), 'utf8');
        expect(versions).toContain(text);
        expect(versions).toContain(await readFile(join(home, 'profiles.last-good.json'), 'utf8'));
        seen.add(text);
        if ((await readdir(home)).some((name) => /\.(tmp-\w+|new)$/.test(name))) cutOff += 1;
      }
      const { store, notices } = profileFileIn(home);
      await store.change((saved) => ({ saved, value: null }), never);
      expect(notices).toEqual([]);
      // What the killed ones left was swept up by the next writer.
      expect((await readdir(home)).sort()).toEqual([
        'profiles.json',
        'profiles.last-good.json',
        'profiles.lock',
      ]);
    };
    await Promise.all(Array.from({ length: LANES }, (_, number) => lane(number)));

    // Otherwise nobody was killed in the middle of anything.
    expect(cutOff).toBeGreaterThan(0);
    expect(seen.size).toBe(2);
  }, 120_000);

  it('loses nothing that three processes save at once', async () => {
    const home = await tempDir();
    await profileFileIn(home).store.change(
      () => ({ saved: withProfile(NO_PROFILES, lincoln()), value: null }),
      never,
    );
    const writers = ['Adams', 'Grant', 'Hayes'].map((name) =>
      spawn(process.execPath, [here('adding-writer.ts'), home, name, '8'], {
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    );
    const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit'))[0]));
    expect(codes).toEqual([0, 0, 0]);
    const names = profilesOf(await profileFileIn(home).store.read(never)).map(({ name }) => name);
    expect(new Set(names).size).toBe(25);
    expect(names).toHaveLength(25);
  });
});

/** As one file with all it needs, which starts several times as fast. */
async function bundled(entry: string, dir: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: join(dir, 'out'),
      minify: false,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'writer.mjs', codeSplitting: false } },
    },
  });
  return join(dir, 'out', 'writer.mjs');
}

async function said(child: ChildProcess, word: string): Promise<void> {
  let text = '';
  for await (const piece of child.stdout ?? []) {
    text += String(piece);
    if (text.includes(word)) return;
  }
  throw new Error(`The writer ended early: ${text}`);
}
