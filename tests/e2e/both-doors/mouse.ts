import { dropFiles } from '../../electron-stand-in/drop-files.ts';
import type { Door } from './doors.ts';
import { group, type Hand, waitForPlace } from './hand.ts';

/** Somebody with a mouse, who types only what has to be typed. */
export function mouse({ page }: Door): Hand {
  const press: Hand['press'] = (target) => target.click();
  return {
    points: true,
    press,
    async pick(menu, item) {
      await menu.click();
      await page.getByRole('menu').getByText(item, { exact: true }).click();
    },
    fill: (field, text) => field.fill(text),
    bring: (paths) => dropFiles(page, 'body', paths),
    async goTo(problem) {
      await press(group(page, problem).getByRole('button', { name: 'Go to first' }));
      await waitForPlace(page, problem);
    },
    async type(text) {
      await page.locator('.grid-cell-active').dblclick();
      await page.locator('.grid-editor').fill(text);
      // Whatever else is pressed next: the text is kept.
      await page.locator('.grid-number').first().click();
    },
    takeSuggestion: () => press(page.locator('.grid-note').getByRole('button', { name: /^Use “/ })),
    leaveRowOut: () => press(page.locator('.grid-note').getByRole('button', { name: 'Leave this row out' })),
  };
}
