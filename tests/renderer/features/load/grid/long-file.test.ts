import { expect, test } from 'vitest';
import { describeWithPage } from '../../../page/describe-page.ts';
import { cell, focused, said } from './walking.ts';

const LONG = { scenario: 'grid-long', place: '/load', width: 1400, height: 1100 } as const;

describeWithPage('a file of 3,000,000 rows', (open) => {
  test('is shown to its last row by the scroll bar and by Ctrl+End, at 200 % too', async () => {
    for (const zoom of [1, 2]) {
      const page = await open({ ...LONG, zoom });
      await cell(page, 0, 1).waitFor();
      await page.locator('.grid-scroller').evaluate((element) => {
        element.scrollTop = element.scrollHeight;
      });
      await page.getByRole('row', { name: /^3,000,000 B3000000/ }).waitFor();
      expect(await page.getByRole('row', { name: /^3,000,000 / }).isVisible()).toBe(true);
      await page.locator('.grid-scroller').evaluate((element) => {
        element.scrollTop = 0;
      });
      await cell(page, 0, 1).click();
      await page.keyboard.press('Control+End');
      await expect.poll(() => focused(page)).toBe('2999999:13');
      const row = page.getByRole('row', { name: /^3,000,000 / });
      await row.waitFor();
      const [box, grid] = await Promise.all([row.boundingBox(), page.getByRole('grid').boundingBox()]);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(
        (grid?.y ?? 0) + (grid?.height ?? 0) + 1,
      );
      await page.keyboard.press('Control+Home');
      await expect.poll(() => focused(page)).toBe('0:1');
    }
  });

  test('moves by single rows in its middle, by the arrows and by the wheel', async () => {
    const page = await open(LONG);
    await cell(page, 0, 1).waitFor();
    await page.locator('.grid-scroller').evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });
    await page.waitForTimeout(400);
    const topRow = () =>
      page.evaluate(() => {
        const top =
          document.querySelector('.grid-body')?.closest('.grid-scroller')?.getBoundingClientRect().top ?? 0;
        const under = document.elementFromPoint(300, top + 40 + 14)?.closest('[data-place]');
        return Number(under?.getAttribute('data-place'));
      });
    await expect.poll(topRow).toBeGreaterThan(1_000_000);
    const before = await topRow();
    await page.mouse.move(600, 500);
    for (const step of [1, 2, 3, 4]) {
      await page.mouse.wheel(0, 28);
      await expect.poll(topRow).toBe(before + step);
    }
    // The scroll bar is put right when nothing moves any more; the rows stay where they are.
    await page.waitForTimeout(400);
    expect(await topRow()).toBe(before + 4);
    await cell(page, before + 10, 2).click();
    for (let step = 1; step <= 50; step += 1) await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toBe(`${before + 60}:2`);
    expect(await page.evaluate(() => document.activeElement?.parentElement?.textContent)).toContain(
      (before + 61).toLocaleString('en-US'),
    );
  });

  test('stays where it was scrolled to at the very moment in which the scroll bar is put right', async () => {
    const page = await open(LONG);
    await cell(page, 0, 1).waitFor();
    const top = await page.locator('.grid-scroller').evaluate(async (element) => {
      const frames = async (): Promise<void> => {
        for (let count = 0; count < 3; count += 1) await new Promise(requestAnimationFrame);
      };
      element.scrollTop = 4_000_000;
      await frames();
      // As a wheel moves it: the bar has come further than the rows, and is to be put right.
      element.scrollTop += 3_000;
      await frames();
      // Nothing else comes to its turn until that is due.
      for (const until = performance.now() + 400; performance.now() < until; );
      element.scrollTop = 1_000_000;
      await frames();
      return element.scrollTop;
    });
    expect(top).toBe(1_000_000);
  });

  test('keeps the focus on its cell while that is out of sight', async () => {
    const page = await open(LONG);
    await cell(page, 3, 2).click();
    await page.locator('.grid-scroller').evaluate((element) => {
      element.scrollTop = 4_000_000;
    });
    await page.waitForTimeout(300);
    expect(await focused(page)).toBe('3:2');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => focused(page)).toBe('4:2');
    expect(await cell(page, 4, 2).isVisible()).toBe(true);
  });

  test('keeps the page small: 40 places of it cost less than 60 MB', async () => {
    const page = await open(LONG);
    await cell(page, 0, 1).waitFor();
    for (let visit = 1; visit <= 40; visit += 1) {
      await page.locator('.grid-scroller').evaluate((element, share) => {
        element.scrollTop = element.scrollHeight * share;
      }, visit / 41);
      await page.waitForTimeout(70);
    }
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    expect(usedSize).toBeLessThan(60_000_000);
    expect(await page.evaluate(() => document.querySelectorAll('.grid-row').length)).toBeLessThan(60);
    await expect
      .poll(() => page.evaluate(() => document.querySelectorAll('.grid-row-waiting').length))
      .toBe(0);
  });

  test('is searched to its end and from its beginning again', async () => {
    const page = await open({ ...LONG, scenario: 'grid-problems' });
    await cell(page, 0, 1).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('garden 1239');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page).textContent()).toBe('Found in row 1,239, Title.');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('1238:3');
    await page.keyboard.press('Control+f');
    await page.keyboard.type('river of stars 1');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page).textContent()).toBe('Found in row 1, Title, from the other end on.');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('0:3');
    await page.keyboard.press('Control+f');
    await page.keyboard.press('Shift+Enter');
    await expect
      .poll(() => said(page).textContent())
      .toBe('Found in row 1,236, Title, from the other end on.');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('1235:3');
  });
});
