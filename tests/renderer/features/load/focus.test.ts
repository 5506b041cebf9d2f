import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { FAKE_DRAFT_ID } from '../../page/fake-draft.ts';
import { LOAD_ID } from '../../page/fake-loads.ts';
import { DRAFT_PLACE } from '../../page/load-scenarios.ts';

const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element === document.body ? null : (element?.getAttribute('aria-label') ?? element?.textContent);
  });

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).first().focus();
  await page.keyboard.press('Enter');
}

describeWithPage('the focus, where what had it goes', (open) => {
  test('comes to the file that is read as what a person says it holds', async () => {
    const page = await open({ scenario: 'failed-files', place: `${DRAFT_PLACE}/files/2` });
    await page.getByRole('region', { name: 'What can be done here' }).waitFor();
    await press(page, 'Books');
    await page.getByRole('grid').waitFor();
    await expect.poll(() => focused(page)).toBe('export (7).csv');
  });

  test('comes to the file whose columns were said', async () => {
    const page = await open({ scenario: 'failed-files', place: `${DRAFT_PLACE}/files/1` });
    await press(page, 'Match columns…');
    for (const column of ['age', 'grade level']) {
      await page.getByRole('button', { name: `Where the ${column} comes from` }).click();
      await page.getByRole('option', { name: 'The same for all…' }).click();
      await page.getByLabel(`The ${column} of all rows`).fill('7');
    }
    await press(page, 'Use these columns');
    await page.getByRole('grid').waitFor();
    await expect.poll(() => focused(page)).toBe('roster.csv');
  });

  test('comes to the file about whose dates a question was answered', async () => {
    const page = await open({ scenario: 'term', place: `${DRAFT_PLACE}/files/2` });
    await page.getByText('Is 10/4/2026').waitFor();
    await press(page, /^Month first/);
    await page.getByText('are read that way now.').waitFor();
    await expect.poll(() => focused(page)).toBe('checkouts.csv');
  });

  test('comes to the next file when one is removed', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await press(page, 'More to do with books.csv');
    await page.getByRole('menuitem', { name: 'Remove this file…' }).click();
    await page.getByRole('alertdialog').waitFor();
    await press(page, 'Remove');
    await page.getByText('books.csv was removed.').waitFor();
    await expect.poll(() => focused(page)).toBe('students.csv');
  });

  test('comes to the review, and from there back to the file', async () => {
    const page = await open({ scenario: 'review', place: DRAFT_PLACE });
    await press(page, 'Review');
    await expect.poll(() => focused(page)).toBe('Review');
    await press(page, 'Back to the files');
    await expect.poll(() => focused(page)).toBe('books.csv');
  });

  test('comes to the table when a kind of problem is gone with its button', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE, width: 1_366, height: 768 });
    await press(page, 'Fix all 13…');
    await page.getByText('13 cells of Pages will be changed.').waitFor();
    await press(page, 'Change 13 cells');
    await page.getByRole('button', { name: 'Fix all 13…' }).waitFor({ state: 'detached' });
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('[role="grid"]') !== null))
      .toBe(true);
  });

  test('stays on the button that saves rejected rows, while they are fetched and afterwards', async () => {
    const page = await open({
      scenario: 'review-exporting',
      place: `/load/${FAKE_DRAFT_ID}/loads/${LOAD_ID}`,
    });
    const name = 'Save as a file: the rejected rows of books.csv';
    const save = page.getByRole('button', { name });
    const written = () => page.evaluate(() => window.dispatchEvent(new Event('test-exported')));
    await press(page, name);
    await page.getByRole('menuitem', { name: 'CSV, with the reasons' }).press('Enter');
    await page.getByText('Writing the rejected rows of books.csv…').waitFor();
    await expect.poll(() => focused(page)).toBe(name);
    expect(await save.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('menu').count()).toBe(0);
    await page.getByRole('button', { name: 'Stop' }).focus();
    await Promise.all([page.waitForEvent('download'), written()]);
    await page.getByText('books-rejected.csv is saved.').waitFor();
    await expect.poll(() => focused(page)).toBe(name);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
  });

  test('a dialog that is closed gives the focus back to what opened it', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await press(page, 'Match columns');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focused(page)).toBe('Match columns');
  });
});
