import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../page/describe-page.ts';
import { IDS } from '../page/scenarios.ts';

const name = (page: Page) => page.getByLabel('Name', { exact: true });

describeWithPage('changes that are not saved', (open) => {
  /** Closes the page as a person would; resolves to whether the browser asked, and stays. */
  async function asksOnClosing(page: Page): Promise<boolean> {
    const asked = new Promise<boolean>((resolve) => {
      page.once('dialog', async (dialog) => {
        await dialog.dismiss();
        resolve(dialog.type() === 'beforeunload');
      });
      page.once('close', () => resolve(false));
    });
    await page.close({ runBeforeUnload: true });
    return asked;
  }

  test('are asked about by the browser before its tab is closed', async () => {
    const page = await open({ scenario: 'full', place: `/profiles/${IDS.lincoln}` });
    await name(page).fill('Lincoln School');
    expect(await asksOnClosing(page)).toBe(true);
    await name(page).fill('Lincoln Elementary');
    expect(await asksOnClosing(page)).toBe(false);
  });

  test('are told by name to the desktop, which asks itself: the page does not hold its window', async () => {
    const page = await open({ scenario: 'desktop', place: `/profiles/${IDS.lincoln}` });
    const told = () => page.evaluate(() => document.body.dataset.unsaved);
    expect(await told()).toBe('');
    await name(page).fill('Lincoln School');
    await expect.poll(told).toBe('Lincoln School');
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await expect.poll(told).toBe('');
    await page.goBack();
    await name(page).fill('Lincoln');
    expect(await asksOnClosing(page)).toBe(false);
  });
});
