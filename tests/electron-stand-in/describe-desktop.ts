import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { builtApp } from './built-app.ts';
import type { ElectronApp, LaunchOptions } from './electron-app.ts';
import { createLauncher, findElectron, type Launcher } from './launch.ts';

export interface Desktop {
  /** Starts the built application; without a folder of its own for its data, in the one of this test. */
  launch(options?: Partial<LaunchOptions>): Promise<ElectronApp>;
  /** An empty folder, for one test. */
  dir(): string;
  appDir(): string;
}

export interface DesktopSuite {
  /** Where the other kind cannot show what the suite is about. */
  only?: 'stand-in';
  /** Applications and their data stay from one test to the next, for tests that only look. */
  oneDataFolder?: boolean;
}

/**
 * A suite over the built desktop application: on a real Electron where there is one, else on the stand-in. Where
 * there is no Chromium either it is skipped, and its name says so.
 */
export function describeDesktop(
  name: string,
  body: (desktop: Desktop) => void,
  options: DesktopSuite = {},
): void {
  const { only, oneDataFolder = false } = options;
  const found = findElectron();
  let launcher: Launcher | null = null;
  let dir = '';
  let appDir = '';
  const desktop: Desktop = {
    dir: () => dir,
    appDir: () => appDir,
    async launch(options = {}) {
      if (launcher === null) throw new Error('The suite has not begun.');
      return launcher.launchElectron({
        appDir,
        userDataDir: join(dir, 'user-data'),
        ...options,
        env: { ACCESSION_HOME: join(dir, 'home'), ...options.env },
      });
    },
  };

  const suite = (): void => {
    beforeAll(async () => {
      if (found === null) return;
      appDir = builtApp();
      launcher = await createLauncher(found);
    }, 120_000);
    const [begin, end] = oneDataFolder ? [beforeAll, afterAll] : [beforeEach, afterEach];
    begin(() => {
      dir = mkdtempSync(join(tmpdir(), 'accession-desktop-'));
    });
    // Hooks of the end run in reverse: the browser outlives what it shows.
    afterAll(() => launcher?.close());
    end(async () => {
      await launcher?.endAll();
      rmSync(dir, { recursive: true, force: true });
    });
    body(desktop);
  };

  if (found === null) describe.skip(`${name} (skipped: no Electron and no Chromium)`, suite);
  else if (only !== undefined && found.kind !== only)
    describe.skip(`${name} (skipped: for the ${only})`, suite);
  else describe(`${name}, on ${found.kind === 'real' ? 'Electron' : 'a stand-in for Electron'}`, suite);
}
