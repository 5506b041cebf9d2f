import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { shellTexts } from '../../../renderer/texts/shell.ts';
import { startChromium } from '../../electron-stand-in/chromium.ts';
import { createLauncher, findElectron } from '../../electron-stand-in/launch.ts';
import { locateTestServices } from '../../services/locations.mjs';
import { openPage, pidOf } from '../desktop/page.ts';
import type { Account } from './privileges.ts';

/** The page in one of its doors. */
export interface Door {
  page: Page;
  /** What the processes behind it wrote to their output so far. */
  output(): string;
  /** Does what asks for files, and answers the dialog that comes with these. */
  choose(paths: readonly string[], ask: () => Promise<void>): Promise<void>;
  /** Kills at once the process that does the work. Resolves when the page is connected to the next one. */
  killBackend(): Promise<void>;
  close(): Promise<void>;
}

export interface DoorKind {
  name: string;
  /** For want of what it cannot be opened here; null where it can. */
  missing: string | null;
  /** Whether its process can be started under another account than that of the tests. */
  takesAccount: boolean;
  open(at: DoorPlace): Promise<Door>;
}

export interface DoorPlace {
  /** With a build in it, see `builtApp`. */
  appDir: string;
  /** A folder of its own, ACCESSION_HOME and all else that it keeps. */
  home: string;
  /** Whose rights its process has; null: those of the tests. */
  account: Account | null;
}

/** As the system lists it. */
const BACKEND = 'Accession backend';

/** The two doors that show the page. The same steps go through both. */
export function doors(): DoorKind[] {
  return [desktopDoor(), browserDoor()];
}

function desktopDoor(): DoorKind {
  const found = findElectron();
  return {
    name: found?.kind === 'real' ? 'the desktop, on Electron' : 'the desktop, on a stand-in for Electron',
    missing: found === null ? 'no Electron and no Chromium' : null,
    takesAccount: found?.kind === 'stand-in',
    async open({ appDir, home, account }) {
      if (found === null) throw new Error('There is no desktop here.');
      const launcher = await createLauncher(found);
      try {
        const app = await launcher.launchElectron({
          appDir,
          userDataDir: join(home, 'user-data'),
          env: { ACCESSION_HOME: join(home, 'accession'), HOME: home },
          ...(account === null ? {} : { account }),
        });
        const page = await openPage(app);
        return {
          page,
          output: app.output,
          close: launcher.close,
          async choose(paths, ask) {
            await app.evaluate(({ dialog }, filePaths) => {
              dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...filePaths] });
            }, paths);
            await ask();
          },
          async killBackend() {
            const killed = await pidOf(app, BACKEND);
            process.kill(killed, 'SIGKILL');
            await pidOf(app, BACKEND, killed);
            await page.getByText(shellTexts.connection.open, { exact: true }).waitFor();
          },
        };
      } catch (error) {
        await launcher.close();
        throw error;
      }
    },
  };
}

function browserDoor(): DoorKind {
  const chromium = locateTestServices().chromiumBin;
  return {
    name: 'the browser, from accession serve',
    missing: chromium === null ? 'no Chromium' : null,
    takesAccount: true,
    async open({ appDir, home, account }) {
      if (chromium === null) throw new Error('There is no browser here.');
      const browser = await startChromium(chromium);
      try {
        return await inBrowser(browser, () => serve(appDir, home, account));
      } catch (error) {
        await browser.close();
        throw error;
      }
    },
  };
}

async function inBrowser(browser: Browser, start: () => ReturnType<typeof serve>): Promise<Door> {
  let server = await start();
  browser.on('disconnected', () => server.stop());
  const page = await browser.newPage();
  await page.goto(server.url);
  return {
    page,
    output: () => server.output(),
    async choose(paths, ask) {
      const chooser = page.waitForEvent('filechooser');
      await ask();
      await (await chooser).setFiles([...paths]);
    },
    async killBackend() {
      await server.stop();
      // A person is told the new address, too.
      server = await start();
      await page.goto(server.url);
      await page.getByText(shellTexts.connection.open, { exact: true }).waitFor();
    },
    async close() {
      await browser.close();
      await server.stop();
    },
  };
}

/** Starts the built server for longer than one test, and waits until it has said its address. */
async function serve(appDir: string, home: string, account: Account | null) {
  const child = spawn(process.execPath, [join(appDir, 'out', 'main', 'cli.js'), 'serve', '--port', '0'], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      TZ: 'UTC',
      ACCESSION_HOME: join(home, 'accession'),
    },
    ...account,
  });
  let said = '';
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const address = /https?:\/\/[^\s"]+token[^\s"]+/.exec(said)?.[0];
        if (address !== undefined) resolve(address);
      });
    child.on('error', reject);
    void ended.then(() => reject(new Error(`The server ended. It said: ${said}`)));
  });
  return {
    url,
    output: () => said,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
