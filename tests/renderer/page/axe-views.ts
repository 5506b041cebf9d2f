import { expect, test } from 'vitest';
import { violationsOf } from './axe.ts';
import { describeWithPage } from './describe-page.ts';
import { VIEWS } from './views.ts';

/** Parts of about the same length, each for a test file of its own: they take the longest of all tests. */
const PARTS = {
  load: /^load/,
  grid: /^grid/,
  loading: /^(review|running|report|history)/,
} as const;

/** Looks for violations in every view of a part; `rest`: in those of no other part. */
export function axeFindsNothingIn(part: keyof typeof PARTS | 'rest'): void {
  const views = VIEWS.filter(({ name }) =>
    part === 'rest' ? Object.values(PARTS).every((names) => !names.test(name)) : PARTS[part].test(name),
  );
  describeWithPage('axe finds nothing wrong', (open) => {
    test.each(views)('with $name: light, dark, narrow', async (view) => {
      const page = await open(view);
      await view.steps?.(page);
      expect(await violationsOf(page), 'light').toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violationsOf(page), 'dark').toEqual([]);
      await page.setViewportSize({ width: 480, height: 480 });
      expect(await violationsOf(page, { colours: false }), 'narrow').toEqual([]);
    });
  });
}
