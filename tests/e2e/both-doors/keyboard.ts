import type { Locator } from 'playwright-core';
import type { Door } from './doors.ts';
import { type Hand, waitForPlace } from './hand.ts';

/** More than any way through the screen takes. */
const MOST_TABS = 120;
const MOST_PROBLEMS = 40;

/** Somebody who has no mouse. Nothing here points at anything: the way to a thing is found by Tab, as it is read. */
export function keyboard(door: Door): Hand {
  const { page } = door;
  const { keyboard: keys } = page;

  const hasFocus = (target: Locator): Promise<boolean> =>
    target.evaluate(
      (element) => element === document.activeElement || element.contains(document.activeElement),
    );
  async function tabTo(target: Locator): Promise<void> {
    await target.waitFor();
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if (await hasFocus(target)) return;
      await keys.press('Tab');
    }
    throw new Error(`No way by Tab leads to ${target}.`);
  }
  async function press(target: Locator): Promise<void> {
    await tabTo(target);
    const isChecked = await target.evaluate((element) => element.querySelector('[type="checkbox"]') !== null);
    await keys.press(isChecked ? 'Space' : 'Enter');
  }
  /** Where somebody is in the rows, by the line below them. */
  const placeNow = () =>
    page.locator('.grid-status').evaluate((line) => ({
      text: line.textContent,
      row: Number(/^Row ([\d,]+) /.exec(line.textContent ?? '')?.[1]?.replaceAll(',', '')),
      // At the number of a row there is none.
      heading: line.querySelector('.grid-status-text b')?.textContent ?? null,
    }));
  return {
    points: false,
    press,
    async pick(menu, item) {
      await press(menu);
      const wanted = page.getByRole('menu').locator('[role^="menuitem"]').filter({ hasText: item });
      await wanted.waitFor();
      for (let items = 0; items < MOST_TABS; items += 1) {
        if (await hasFocus(wanted)) return keys.press('Enter');
        await keys.press('ArrowDown');
      }
      throw new Error(`No arrow key leads to “${item}”.`);
    },
    async fill(field, text) {
      await tabTo(field);
      await keys.type(text);
    },
    bring: (paths) =>
      door.choose(paths, () => press(page.getByRole('button', { name: /^(Choose files…|Add files)$/ }))),
    async goTo(problem) {
      for (let problems = 0; problems < MOST_PROBLEMS; problems += 1) {
        const before = await placeNow();
        await keys.press('F8');
        await page.waitForFunction(
          (was) => document.querySelector('.grid-status')?.textContent !== was,
          before.text,
        );
        const { row, heading } = await placeNow();
        if (row === problem.row && heading === problem.heading) return waitForPlace(page, problem);
      }
      throw new Error(`F8 does not lead to row ${problem.row}, ${problem.heading}.`);
    },
    async type(text) {
      await keys.type(text);
      await keys.press('Enter');
    },
    takeSuggestion: () => keys.press('Control+.'),
    leaveRowOut: () => keys.press('Control+Delete'),
  };
}
