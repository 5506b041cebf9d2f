import type { Locator, Page } from 'playwright-core';

/** Presses Tab until `target` has the focus. Throws after a round through the page. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let steps = 0; steps < 80; steps += 1) {
    await page.keyboard.press(key);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error('Tab does not come to this element.');
}
