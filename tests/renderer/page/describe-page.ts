import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { startChromium } from '../../electron-stand-in/chromium.ts';
import { locateTestServices } from '../../services/locations.mjs';
import { type ServedPage, servePage } from './build-page.ts';
import { type Look, type OpenPage, openPage } from './open-page.ts';

/**
 * A suite over the built page in a real Chromium, under the product's content security policy. Each test fails if
 * the browser complained of anything. Without a Chromium it is skipped, and its name says so.
 */
export function describeWithPage(
  name: string,
  body: (open: (look: Look) => Promise<OpenPage['page']>) => void,
): void {
  const { chromiumBin } = locateTestServices();
  if (chromiumBin === null) {
    describe.skip(`${name} (skipped: no Chromium)`, () => body(() => Promise.reject(new Error('skipped'))));
    return;
  }
  describe(name, () => {
    let served: ServedPage;
    let browser: Browser;
    let opened: OpenPage[] = [];

    beforeAll(async () => {
      [served, browser] = await Promise.all([servePage(), startChromium(chromiumBin)]);
    });
    afterAll(async () => {
      await browser?.close();
      await served?.stop();
    });
    afterEach(async () => {
      const complaints = opened.flatMap((one) => one.complaints);
      await Promise.all(opened.map(({ page }) => page.context().close()));
      opened = [];
      expect(complaints).toEqual([]);
    });

    body(async (look) => {
      const one = await openPage(browser, served.url, look);
      opened.push(one);
      return one.page;
    });
  });
}
