import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { FAKE_DRAFT_ID } from '../../page/fake-draft.ts';
import { tabTo } from '../../page/keys.ts';
import { DRAFT_PLACE } from '../../page/load-scenarios.ts';

const card = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Files' }).getByRole('listitem').filter({ hasText: name });
const shows = (page: Page) => page.evaluate(() => Number(document.body.dataset.shows));

async function tellChanged(page: Page, times: number): Promise<void> {
  await page.evaluate(
    ({ draftId, count }) => {
      const { tell } = window as unknown as { tell: (event: string, scope: string, payload: object) => void };
      for (let revision = 2; revision < 2 + count; revision += 1)
        tell('drafts.changed', draftId, { draftId, revision });
    },
    { draftId: FAKE_DRAFT_ID, count: times },
  );
}

describeWithPage('a draft', (open) => {
  test('however often it changes, one question is open and one more is asked behind it', async () => {
    const page = await open({ scenario: 'growing', place: DRAFT_PLACE });
    await page.getByText('1 left out').first().waitFor();
    const before = await shows(page);
    await tellChanged(page, 20);
    await expect.poll(async () => (await shows(page)) - before).toBe(2);
    await page.waitForTimeout(400);
    expect((await shows(page)) - before).toBe(2);
  });

  test('an answer that is older than what is shown is not shown', async () => {
    const page = await open({ scenario: 'growing', place: DRAFT_PLACE });
    await page.getByText('1 left out').first().waitFor();
    for (let asked = await shows(page); asked < 3; asked += 1) {
      await tellChanged(page, 1);
      await expect.poll(() => shows(page)).toBe(asked + 1);
    }
    await card(page, 'books.csv').getByText('2 left out').waitFor();
  });

  test('its files stand in the order of loading, with what is wrong in each', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await card(page, 'books.csv').getByText('33 errors').waitFor();
    const names = await page.locator('.file-name').allTextContents();
    expect(names).toEqual(['books.csv', 'students.csv', 'checkouts.csv']);
    await page.getByText('7,997 ready').waitFor();
    await page.getByText('1,874 rejected').waitFor();
  });

  test('the order is explained where there is room for it', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE, width: 1366, height: 768 });
    await page.getByText('Loaded in this order: checkouts need their books and students.').waitFor();
  });

  test('a chosen file has an address of its own', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await page.getByRole('button', { name: 'students.csv', exact: true }).click();
    await page.getByRole('heading', { name: 'students.csv', level: 2 }).waitFor();
    expect(new URL(page.url()).hash).toBe(`#${DRAFT_PLACE}/files/1`);
  });

  test('nothing can be reviewed while a file is checked', async () => {
    const page = await open({ scenario: 'opening-files', place: DRAFT_PLACE });
    await page.getByText('Checking 2 files…').waitFor();
    expect(await page.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true);
    const bar = page.getByRole('progressbar', { name: 'Checking students.csv' });
    expect(await bar.getAttribute('aria-valuenow')).toBe('45');
  });

  test('the head of a file that cannot be read goes with it', async () => {
    const page = await open({ scenario: 'failed-files', place: DRAFT_PLACE });
    for (const name of ['roster.csv', 'export (7).csv', 'roster.csv', 'books.csv']) {
      await page.getByRole('button', { name, exact: true }).click();
      await page.getByRole('heading', { name, level: 2 }).waitFor();
      expect(await page.locator('.file-head-name').allTextContents()).toEqual([name]);
    }
  });

  test('another target is chosen with the keyboard alone', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await tabTo(page, page.getByRole('button', { name: /Choose another target/ }));
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: 'Lincoln Elementary' }).waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByText('Loads into Training now.').waitFor();
    await page.getByRole('button', { name: /into Training/ }).waitFor();
  });

  test('a file is removed once that is confirmed', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await page.getByRole('button', { name: 'More to do with books.csv' }).click();
    await page.getByRole('menuitem', { name: 'Remove this file…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('books.csv was removed.').waitFor();
    await page.getByRole('heading', { name: 'students.csv', level: 2 }).waitFor();
    expect(await page.locator('.file-name').count()).toBe(2);
  });

  test('discarding it asks first, then goes back to the beginning', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await page.getByRole('button', { name: 'More to do with these files' }).click();
    await page.getByRole('menuitem', { name: 'Discard these files…' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByRole('heading', { name: 'Drop a term’s files here' }).waitFor();
    expect(new URL(page.url()).hash).toBe('#/load');
  });

  test('one that is no longer there says so, and leads on', async () => {
    const page = await open({ scenario: 'term', place: '/load/6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2bff' });
    await page.getByText('These files are no longer here').waitFor();
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.getByRole('heading', { name: 'Drop a term’s files here' }).waitFor();
  });

  test('an address that names none says so without asking, and leads on', async () => {
    const page = await open({ scenario: 'term', place: '/load/6a0f6e5a-3c52/files/9' });
    await page.getByText('The address names no files that were opened here.').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Start anew' }).click();
    await page.getByRole('heading', { name: 'Drop a term’s files here' }).waitFor();
  });

  test('while it is loaded nothing of it can be changed, and the load can be watched', async () => {
    const page = await open({ scenario: 'in-load', place: DRAFT_PLACE });
    await page.getByText('These files are being loaded').waitFor();
    expect(await page.getByRole('button', { name: 'Review' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Add files' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Match columns' }).count()).toBe(0);
  });
});
