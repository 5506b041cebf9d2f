import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { DRAFT_PLACE } from '../../page/load-scenarios.ts';
import { cell } from './grid/walking.ts';

const WINDOWS = {
  'a narrow one': { width: 360, height: 700 },
  'a narrow one, dark': { width: 480, height: 760, dark: true },
  'a low one': { width: 1_040, height: 460 },
  'one at 200 %': { width: 1_920, height: 1_080, zoom: 2 },
  'a small one at 200 %': { width: 1_040, height: 760, zoom: 2 },
} as const;

describeWithPage('a draft in a small window', (open) => {
  for (const [name, look] of Object.entries(WINDOWS)) {
    test(`rows of the table can be scrolled to, in ${name}`, async () => {
      const page = await open({ scenario: 'term', place: `${DRAFT_PLACE}/files/2`, ...look });
      await page.getByText('Is 10/4/2026').waitFor();
      await cell(page, 3, 1).waitFor();
      const isSeen = await cell(page, 3, 1).evaluate((element) => {
        for (const part of [document.querySelector('.content'), document.scrollingElement]) {
          const isScrolled = part !== null && getComputedStyle(part).overflowY !== 'hidden';
          if (isScrolled) part.scrollTop = part.scrollHeight;
        }
        const { left, top, width, height } = element.getBoundingClientRect();
        return document.elementFromPoint(left + width / 2, top + height / 2) === element;
      });
      expect(isSeen).toBe(true);
    });
  }

  test('the next problem comes into sight', async () => {
    const page = await open({
      scenario: 'term',
      place: `${DRAFT_PLACE}/files/2`,
      ...WINDOWS['a narrow one'],
    });
    await page.getByText('Is 10/4/2026').waitFor();
    await cell(page, 3, 1).waitFor();
    await page.keyboard.press('F8');
    const isSeen = () =>
      page.evaluate(() => {
        const at = document.activeElement;
        if (at === null || !at.classList.contains('grid-cell-active')) return false;
        const { left, top, width, height } = at.getBoundingClientRect();
        return at.contains(document.elementFromPoint(left + width / 2, top + height / 2));
      });
    await expect.poll(isSeen).toBe(true);
  });

  test('the page itself has no end below its frame', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE, width: 1_366, height: 768 });
    await page.getByText('Not one of the choices').waitFor();
    const below = await page.evaluate(
      () => document.documentElement.scrollHeight - document.documentElement.clientHeight,
    );
    expect(below).toBe(0);
  });
});
