import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type Browser, type ElectronApplication } from 'playwright-core';
import { locateTestServices } from '../services/locations.mjs';
import { startChromium } from './chromium.ts';
import type { ElectronApp, LaunchOptions } from './electron-app.ts';
import { launchStandIn } from './launch-stand-in.ts';

export type ElectronKind = { kind: 'real'; executablePath: string } | { kind: 'stand-in'; chromium: string };

/** A real Electron where there is one to run (ELECTRON_EXECUTABLE, or the package's own), else the stand-in, else null. */
export function findElectron(): ElectronKind | null {
  const executablePath = process.env.ELECTRON_EXECUTABLE || installedElectron();
  if (executablePath !== null && process.env.ACCESSION_E2E !== 'stand-in')
    return { kind: 'real', executablePath };
  const chromium = locateTestServices().chromiumBin;
  return chromium === null ? null : { kind: 'stand-in', chromium };
}

function installedElectron(): string | null {
  const folder = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  const display = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  return existsSync(binary) && display ? binary : null;
}

export interface Launcher {
  launchElectron(options: LaunchOptions): Promise<ElectronApp>;
  /** Ends every application that is still running. */
  endAll(): Promise<void>;
  /** And the browser. */
  close(): Promise<void>;
}

/** Launches applications of one kind. For the stand-in they share one browser, each in a context of its own. */
export async function createLauncher(found: ElectronKind): Promise<Launcher> {
  const browser: Browser | null = found.kind === 'real' ? null : await startChromium(found.chromium);
  let launched: ElectronApp[] = [];

  async function endAll(): Promise<void> {
    const all = launched;
    launched = [];
    for (const app of all) app.process().kill('SIGKILL');
    await Promise.all(all.map((app) => app.ended()));
  }

  return {
    endAll,
    async launchElectron(options) {
      const env = { ...ownEnvironment(), ...options.env };
      const app =
        found.kind === 'real' || browser === null
          ? await launchReal(found, { ...options, env })
          : await launchStandIn({ ...options, env }, browser);
      launched.push(app);
      return app;
    },
    async close() {
      await endAll();
      await browser?.close();
    },
  };
}

async function launchReal(
  found: ElectronKind,
  options: LaunchOptions & { env: Record<string, string> },
): Promise<ElectronApp> {
  if (found.kind !== 'real') throw new Error('There is no Electron here.');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: found.executablePath,
    args: [...asRoot, options.appDir, `--user-data-dir=${options.userDataDir}`, ...(options.args ?? [])],
    cwd: options.cwd ?? options.appDir,
    env: options.env,
  });
  let said = '';
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
  const ended = new Promise<void>((resolve) => app.on('close', () => resolve()));
  return Object.assign(app as ElectronApplication, {
    refusedAddresses: [],
    output: () => said,
    ended: () => ended,
  }) as unknown as ElectronApp;
}

/** The test's environment without what would change how an application starts. */
function ownEnvironment(): Record<string, string> {
  const {
    NODE_OPTIONS: _options,
    NODE_ENV: _env,
    ELECTRON_RENDERER_URL: _url,
    VITEST: _vitest,
    ...rest
  } = process.env;
  return Object.fromEntries(
    Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
