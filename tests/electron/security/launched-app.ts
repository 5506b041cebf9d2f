import type { Page } from 'playwright-core';
import { beforeAll } from 'vitest';
import type { Desktop } from '../../electron-stand-in/describe-desktop.ts';
import type { ElectronApp } from '../../electron-stand-in/electron-app.ts';

/** The application of a suite, started once, with its page loaded and its questions answered with "no". */
export interface Launched {
  app(): ElectronApp;
  page(): Page;
  /** What the session and the window of the page were made with. */
  preferences(): Promise<Record<string, unknown>>;
}

export function launchOnce(desktop: Desktop): Launched {
  let launched: { app: ElectronApp; page: Page } | null = null;
  beforeAll(async () => {
    const app = await desktop.launch();
    const page = await app.firstWindow();
    await page.waitForURL((url) => url.pathname.endsWith('/index.html'));
    await page.waitForLoadState('load');
    await app.evaluate(({ dialog, shell }) => {
      const outside = { asked: [] as string[], opened: [] as string[], answer: 1 };
      Object.assign(globalThis, { outside });
      dialog.showMessageBox = async (...args: unknown[]) => {
        outside.asked.push((args.at(-1) as { detail: string }).detail);
        return { response: outside.answer, checkboxChecked: false };
      };
      shell.openExternal = async (url: string) => void outside.opened.push(url);
    });
    launched = { app, page };
  }, 60_000);
  const get = () => {
    if (launched === null) throw new Error('The application has not been started.');
    return launched;
  };
  return {
    app: () => get().app,
    page: () => get().page,
    preferences: () =>
      get().app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
          getLastWebPreferences(): Record<string, unknown>;
        };
        return contents.getLastWebPreferences();
      }),
  };
}

/** What was asked about and opened outside the application since it started. */
export interface Outside {
  asked: string[];
  opened: string[];
}

export const outsideOf = (app: ElectronApp): Promise<Outside> =>
  app.evaluate(() => (globalThis as unknown as { outside: Outside }).outside);

/** 0 is "Open in the browser", 1 is "Stay here". */
export const answerWith = (app: ElectronApp, answer: 0 | 1): Promise<void> =>
  app.evaluate((_electron, response) => {
    (globalThis as unknown as { outside: { answer: number } }).outside.answer = response;
  }, answer);
