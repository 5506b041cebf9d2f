import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeDesktop } from '../../electron-stand-in/describe-desktop.ts';
import type { ElectronApp } from '../../electron-stand-in/electron-app.ts';
import { eventually } from '../../electron-stand-in/eventually.ts';
import { openPage } from './page.ts';

const QUESTION = 'There are changes to Lincoln School that are not saved.';

describeDesktop('closing the desktop’s window', (desktop) => {
  /** Keeps the questions that are asked, and gives each of them the same answer. */
  async function answer(app: ElectronApp, response: number): Promise<void> {
    await app.evaluate(({ dialog }, given) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = async (...args: unknown[]) => {
        asked.push((args.at(-1) as { message: string }).message);
        return { response: given, checkboxChecked: false };
      };
    }, response);
  }
  const asked = (app: ElectronApp) =>
    app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  const closeWindow = (app: ElectronApp) =>
    app.evaluate(({ BrowserWindow }) => void BrowserWindow.getAllWindows()[0]?.close());

  async function halfWritten(app: ElectronApp): Promise<Page> {
    const page = await openPage(app);
    await page.getByRole('link', { name: 'Profiles' }).click();
    await page.getByRole('button', { name: 'New profile' }).click();
    await page
      .getByRole('main')
      .getByRole('link', { name: /^Sandbox/ })
      .click();
    await page.getByLabel('Name', { exact: true }).fill('Lincoln School');
    return page;
  }

  test('asks about a profile that is not saved, and keeps it when the answer is to keep editing', async () => {
    const app = await desktop.launch();
    const page = await halfWritten(app);
    await answer(app, 0);
    await closeWindow(app);
    await eventually(async () => expect(await asked(app)).toEqual([QUESTION]));
    expect(app.windows()).toHaveLength(1);
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Lincoln School');
    // Quitting is asked about as closing is.
    await app.evaluate(({ app: electronApp }) => electronApp.quit());
    await eventually(async () => expect(await asked(app)).toEqual([QUESTION, QUESTION]));
    // Once it is saved nothing is asked any more.
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page.getByText('Lincoln School is saved.').waitFor();
    await app.close();
    expect(app.process().exitCode).toBe(0);
  });

  test('closes without saving when that is the answer', async () => {
    const app = await desktop.launch();
    await halfWritten(app);
    await answer(app, 1);
    await closeWindow(app);
    await app.ended();
    expect(app.process().exitCode).toBe(0);
  });

  test('asks nothing after the page that held the changes has crashed', async () => {
    const app = await desktop.launch();
    const page = await halfWritten(app);
    await answer(app, 0);
    await page.evaluate(() => Object.assign(window, { before: true }));
    await app.evaluate(({ BrowserWindow }) => {
      const details = { reason: 'crashed', exitCode: 139 };
      BrowserWindow.getAllWindows()[0]?.webContents.emit('render-process-gone', {}, details);
    });
    await page.waitForFunction(() => !('before' in window));
    await app.close();
    expect(app.process().exitCode).toBe(0);
  });
});
