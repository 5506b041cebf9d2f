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
