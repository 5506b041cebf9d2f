import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { contractClient } from '../e2e/desktop/contract-client.ts';
import { openPage, type PageBridge } from '../e2e/desktop/page.ts';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { dropFiles } from '../electron-stand-in/drop-files.ts';
import type { ElectronApp } from '../electron-stand-in/electron-app.ts';
import { createLauncher, findElectron } from '../electron-stand-in/launch.ts';

/** The built desktop application, running: on a real Electron where there is one. */
export interface OpenDesktop {
  app: ElectronApp;
  page: Page;
  close(): Promise<void>;
}

export interface DesktopUnderTest extends OpenDesktop {
  /** Asks the backend over the page's own connection. Throws Error for what it refuses. */
  // biome-ignore lint/suspicious/noExplicitAny: a benchmark reads whatever the contract promises.
  ask(route: string, input: unknown): Promise<any>;
  /** Drops files on the page and returns the ids it gets for them; the page itself does nothing with them. */
  idsOf(paths: readonly string[]): Promise<string[]>;
}

/** With nothing of ours in its page. Throws Error where there is neither an Electron nor a Chromium. */
export async function openBareDesktop(home: string): Promise<OpenDesktop> {
  const found = findElectron();
  if (found === null) throw new Error('There is neither an Electron nor a Chromium here.');
  mkdirSync(home, { recursive: true });
  const launcher = await createLauncher(found);
  try {
    const app = await launcher.launchElectron({
      appDir: builtApp(),
      userDataDir: join(home, 'user-data'),
      env: { ACCESSION_HOME: join(home, 'accession'), HOME: home },
    });
    return { app, page: await openPage(app), close: launcher.close };
  } catch (error) {
    await launcher.close();
    throw error;
  }
}

/** As `openBareDesktop`; takes part in the page's connection, and keeps in the page whatever comes over it. */
export async function openDesktop(home: string): Promise<DesktopUnderTest> {
  const desktop = await openBareDesktop(home);
  const { page } = desktop;
  try {
    const client = await contractClient(page);
    return {
      ...desktop,
      async ask(route, input) {
        const reply = await client.ask(route, input);
        if (!reply.ok) throw new Error(`${route}: ${reply.error.message} ${reply.error.hint}`);
        return reply.value;
      },
      idsOf: (paths) => idsOf(page, paths),
    };
  } catch (error) {
    await desktop.close();
    throw error;
  }
}

async function idsOf(page: Page, paths: readonly string[]): Promise<string[]> {
  await page.evaluate(() => {
    const { accession } = window as unknown as { accession: PageBridge };
    const taken = Promise.withResolvers<unknown>();
    Object.assign(window, { taken: taken.promise });
    window.addEventListener(
      'drop',
      (event) => {
        event.preventDefault();
        // Before the screen sees it: this drop is ours.
        event.stopImmediatePropagation();
        taken.resolve(accession.files.take([...(event.dataTransfer?.files ?? [])]));
      },
      { once: true, capture: true },
    );
  });
  await dropFiles(page, 'body', paths);
  const { files } = (await page.evaluate(() => (window as unknown as { taken: Promise<unknown> }).taken)) as {
    files: { id: string }[];
  };
  if (files.length !== paths.length) throw new Error('The page did not get every file.');
  return files.map(({ id }) => id);
}
