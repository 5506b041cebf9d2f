import type { Browser, Page } from 'playwright-core';

export interface OpenPage {
  page: Page;
  /** What the browser complained of: errors, warnings of the policy, words of React. Empty when all is well. */
  complaints: string[];
}

export interface Look {
  scenario: string;
  /** After `#`, such as `/profiles`. */
  place: string;
  dark?: boolean;
  width?: number;
  height?: number;
  /** 2: at 200 %. */
  zoom?: number;
}

/** Opens the page in a window of its own, as it looks to a person with these settings. */
export async function openPage(browser: Browser, url: string, look: Look): Promise<OpenPage> {
  const { width = 1040, height = 760, zoom = 1 } = look;
  const context = await browser.newContext({
    // A page at 200 % has half as many CSS pixels, each twice as large.
    viewport: { width: Math.round(width / zoom), height: Math.round(height / zoom) },
    deviceScaleFactor: zoom,
    colorScheme: look.dark === true ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(8_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  await page.goto(`${url}/?scenario=${look.scenario}#${look.place}`);
  await page.getByRole('navigation').waitFor();
  await page.waitForFunction(() => [...document.images].every((image) => image.complete));
  return { page, complaints };
}
