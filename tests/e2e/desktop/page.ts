import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import type { ElectronApp } from '../../electron-stand-in/electron-app.ts';
import { eventually } from '../../electron-stand-in/eventually.ts';

/** What preload puts on the page, as these specs use it. */
export interface PageBridge {
  post(message: unknown): void;
  listen(onMessage: (message: unknown) => void, onClosed: (error: unknown) => void): () => void;
  files: {
    take(files: File[]): Promise<unknown>;
    choose(): Promise<unknown>;
    onOpened(listener: (opened: unknown) => void): () => void;
  };
}

/** The page of the first window, loaded. */
export async function openPage(app: ElectronApp): Promise<Page> {
  const page = await app.firstWindow();
  await page.waitForURL((url) => url.pathname.endsWith('/index.html'));
  await page.waitForLoadState('load');
  return page;
}

/** Keeps in the page what files it was told of; `heardFiles` reads it. */
export async function hearFiles(page: Page): Promise<void> {
  await page.evaluate(() => {
    const heard: unknown[] = [];
    const { accession } = window as unknown as { accession: PageBridge };
    Object.assign(window, { heardFiles: heard });
    accession.files.onOpened((opened) => heard.push(opened));
  });
}

interface Opened {
  files: { id: string; name: string; sizeBytes: number }[];
  refused: { name: string }[];
}

/** Waits until the page was told of files, and returns everything that it was told. */
export async function heardFiles(page: Page): Promise<Opened[]> {
  return eventually(async () => {
    const heard = await page.evaluate(() => (window as unknown as { heardFiles: unknown[] }).heardFiles);
    if (heard.length === 0) throw new Error('The page was told of no files.');
    return heard as Opened[];
  });
}

/** The process of that name, once there is one that is not `former`. */
export async function pidOf(app: ElectronApp, name: string, former = 0): Promise<number> {
  return eventually(async () => {
    const metrics = await app.evaluate(({ app: electronApp }) =>
      electronApp.getAppMetrics().map((metric) => ({ pid: metric.pid, name: metric.name })),
    );
    const pid = metrics.find((metric) => metric.name === name)?.pid;
    if (pid === undefined || pid === former) throw new Error(`There is no process "${name}".`);
    return pid;
  });
}

/** Whether a process is alive; one that has ended and waits for somebody to ask about it is not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
