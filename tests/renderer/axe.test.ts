import { expect, test } from 'vitest';
import { violationsOf } from './page/axe.ts';
import { describeWithPage } from './page/describe-page.ts';
import { VIEWS } from './page/views.ts';

describeWithPage('axe finds nothing wrong', (open) => {
  test.each(VIEWS)('with $name: light, dark, narrow', async (view) => {
    const page = await open(view);
    await view.steps?.(page);
    expect(await violationsOf(page), 'light').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violationsOf(page), 'dark').toEqual([]);
    await page.setViewportSize({ width: 480, height: 480 });
    expect(await violationsOf(page, { colours: false }), 'narrow').toEqual([]);
  });
});
