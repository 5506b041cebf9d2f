import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { dragFiles, pasteText } from '../../page/dragging.ts';
import { FAKE_DRAFT_ID } from '../../page/fake-draft.ts';
import { tabTo } from '../../page/keys.ts';
import { DRAFT_PLACE } from '../../page/load-scenarios.ts';
import { IDS } from '../../page/scenarios.ts';

const opened = (page: Page) => page.evaluate(() => document.body.dataset.opened ?? null);
const hash = (page: Page) => new URL(page.url()).hash;

describeWithPage('bringing files', (open) => {
  test('files that are dropped open as a draft for the profile in use', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await dragFiles(page, ['books.csv', 'students.csv'], true);
    await page.getByRole('heading', { name: 'books.csv', level: 2 }).waitFor();
    expect(hash(page)).toBe(`#${DRAFT_PLACE}`);
    expect(await opened(page)).toBe(
      JSON.stringify({ profileId: IDS.lincoln, files: ['file-books.csv', 'file-students.csv'] }),
    );
  });

  test('the window shows that it takes files while they are held over it, and no longer', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await dragFiles(page, ['books.csv'], false);
    await page.getByText('Drop the files to open them').waitFor();
    await page.evaluate(() => window.dispatchEvent(new DragEvent('dragleave', { relatedTarget: null })));
    await page.getByText('Drop the files to open them').waitFor({ state: 'detached' });
  });

  test('under a dialog nothing is taken', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await page.getByRole('button', { name: 'Paste from a spreadsheet…' }).click();
    await dragFiles(page, ['books.csv'], true);
    await page.waitForTimeout(100);
    expect(await opened(page)).toBeNull();
  });

  test('what is no table is named with the reason, and opens nothing', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await dragFiles(page, ['Newsletter.pdf'], true);
    await page.getByText('1 file could not be taken').waitFor();
    await page.getByText('This is not a table that Accession can read.').waitFor();
    expect(await opened(page)).toBeNull();
    await page.getByRole('button', { name: 'Close this message' }).click();
    expect(await page.getByText('could not be taken').count()).toBe(0);
  });

  test('what was refused is told no more once the review is opened', async () => {
    const page = await open({ scenario: 'review', place: DRAFT_PLACE });
    await dragFiles(page, ['Newsletter.pdf'], true);
    await page.getByText('1 file could not be taken').waitFor();
    await page.getByRole('button', { name: 'Review' }).click();
    await page.getByRole('heading', { name: 'Review' }).waitFor();
    await page.getByText('1 file could not be taken').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Back to the files' }).click();
    await page.getByRole('heading', { name: 'books.csv', level: 2 }).waitFor();
    expect(await page.getByText('1 file could not be taken').count()).toBe(0);
  });

  test('cells that are pasted on the screen open as a file', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await pasteText(page, 'book_id\ttitle\nB1\tHoles');
    await page.getByRole('heading', { name: 'books.csv', level: 2 }).waitFor();
    expect(await opened(page)).toBe(
      JSON.stringify({ profileId: IDS.lincoln, text: 'book_id\ttitle\nB1\tHoles' }),
    );
  });

  test('files that are opened from outside while another screen is shown lead to the load screen', async () => {
    const page = await open({ scenario: 'left', place: '/health' });
    await page.evaluate(() =>
      window.dispatchEvent(new CustomEvent('test-opened', { detail: [new File(['book_id'], 'books.csv')] })),
    );
    await page.getByRole('heading', { name: 'books.csv', level: 2 }).waitFor();
    expect(await opened(page)).toBe(JSON.stringify({ profileId: IDS.lincoln, files: ['file-books.csv'] }));
  });

  test('a word that is pasted is no table, and says so', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await pasteText(page, 'Holes');
    await page.getByText('What was pasted is no table.').waitFor();
    expect(await opened(page)).toBeNull();
  });

  test('cells can be pasted into a field with the keyboard alone', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await tabTo(page, page.getByRole('button', { name: 'Paste from a spreadsheet…' }));
    await page.keyboard.press('Enter');
    await page.locator('textarea:focus').waitFor();
    await page.keyboard.insertText('one');
    await tabTo(page, page.getByRole('button', { name: 'Open these cells' }));
    await page.keyboard.press('Enter');
    await page.getByText('One cell is no table.').waitFor();
    await page.getByLabel('Cells').fill('book_id\ttitle\nB1\tHoles');
    await page.getByRole('button', { name: 'Open these cells' }).click();
    await page.getByRole('heading', { name: 'books.csv', level: 2 }).waitFor();
    expect(await opened(page)).toBe(
      JSON.stringify({ profileId: IDS.lincoln, text: 'book_id\ttitle\nB1\tHoles' }),
    );
  });

  test('the sample term opens, whatever profile is in use, for the sandbox', async () => {
    const page = await open({ scenario: 'clean', place: '/load' });
    await page.getByRole('button', { name: 'Try it with a sample term' }).click();
    await page.getByRole('heading', { name: 'books.csv', level: 2 }).waitFor();
    await page.getByRole('button', { name: /Built-in sandbox/ }).waitFor();
  });

  test('drafts left open are gone on with, or discarded once that is confirmed', async () => {
    const page = await open({ scenario: 'left', place: '/load' });
    await page.getByRole('button', { name: 'Discard Fall 2026 roster, corrected.xlsx' }).click();
    await page.getByRole('button', { name: 'Keep them' }).click();
    expect(await page.getByText('Fall 2026 roster, corrected.xlsx').count()).toBe(1);
    await page.getByRole('button', { name: 'Discard Fall 2026 roster, corrected.xlsx' }).click();
    await page.getByText('What was loaded from it stays in the database.').waitFor();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click();
    await page.getByText('Fall 2026 roster, corrected.xlsx').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Go on with books.csv, students.csv, and checkouts.csv' }).click();
    await page.getByRole('heading', { name: 'books.csv', level: 2 }).waitFor();
    expect(hash(page)).toBe(`#/load/${FAKE_DRAFT_ID}`);
  });

  test('a corrected file that is dropped on its draft is merged, and the counts are told', async () => {
    const page = await open({ scenario: 'clean', place: DRAFT_PLACE });
    await dragFiles(page, ['students rejected.xlsx'], false);
    await page.getByText('Drop the files to add them').waitFor();
    await dragFiles(page, ['students rejected.xlsx'], true);
    await page.getByText('3 cells in 2 rows merged into students.csv.').waitFor();
  });
});
