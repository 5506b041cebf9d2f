import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { FAKE_DRAFT_ID } from '../../page/fake-draft.ts';
import { LOAD_ID } from '../../page/fake-loads.ts';
import { come, comeToEmbedding, happen } from '../../page/tell.ts';

const at = (scenario: string) => ({ scenario, place: '/history' });
const past = (page: Page) => page.getByRole('region', { name: 'Past loads' });

describeWithPage('the history', (open) => {
  test('lists the loads of the profile in use, newest first, with result and counts', async () => {
    const page = await open(at('history-few'));
    await page.getByText('Every load into Lincoln Elementary, newest first.').waitFor();
    const rows = past(page).getByRole('row');
    expect(await rows.count()).toBe(5);
    expect(await rows.nth(1).getByRole('cell').allInnerTexts()).toEqual([
      'books.csv, students.csv',
      'Partly loaded',
      '1,290',
      '1,211',
      '8,610',
      '12',
    ]);
    const results = await Promise.all(
      [2, 3, 4].map((row) => rows.nth(row).getByRole('cell').nth(1).innerText()),
    );
    expect(results).toEqual(['Loaded', 'Stopped', 'Failed']);
  });

  test('a press anywhere in a row opens its report, and Back leads to the list', async () => {
    const page = await open(at('history'));
    // Forced: over the number lies the link that covers the row.
    await past(page).getByRole('row').nth(1).getByText('8,610').click({ force: true });
    await expect.poll(() => new URL(page.url()).hash).toBe(`#/history/${LOAD_ID}`);
    await page.getByRole('article', { name: 'Report of the load' }).waitFor();
    await page.getByRole('link', { name: 'All loads' }).click();
    await past(page).waitFor();
  });

  test('a report leads back to the files that were loaded, as long as they are open', async () => {
    const page = await open({ scenario: 'history-few', place: `/history/${LOAD_ID}` });
    const link = page.getByRole('link', { name: 'mend rejected rows there, and load them again.' });
    expect(await link.getAttribute('href')).toBe(`#/load/${FAKE_DRAFT_ID}`);
    const discarded = await open({ scenario: 'history', place: `/history/${LOAD_ID}` });
    await discarded.getByRole('article', { name: 'Report of the load' }).waitFor();
    expect(await discarded.getByText('The files of this load are still open').count()).toBe(0);
  });

  test('more than the newest fifty are shown when asked for', async () => {
    const page = await open(at('history'));
    await page.getByText('The newest 50 are shown.').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => past(page).getByRole('row').count()).toBe(73);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
  });

  test('a load that runs stands on top with how far it is, and moves into the list at its end', async () => {
    const page = await open(at('history-running'));
    const now = page.getByRole('region', { name: 'Running now' });
    await now.getByText('Loading into Lincoln Elementary').waitFor();
    expect(await past(page).getByRole('row').count()).toBe(5);
    await comeToEmbedding(page);
    await now.getByText('400 of 1,249 texts').waitFor();
    await come(page, 'embed', 600, 1_249);
    await now.getByText('600 of 1,249 texts').waitFor();
    await happen(page, { kind: 'load-finished', status: 'loaded', ms: 1 });
    await now.waitFor({ state: 'detached' });
    expect(await past(page).getByRole('row').count()).toBe(6);
  });

  test('without a load it says what will be listed, and where to begin', async () => {
    const page = await open(at('full'));
    await page.getByText('Nothing has been loaded here yet').waitFor();
    await page.getByRole('link', { name: 'Load files' }).click();
    await expect.poll(() => new URL(page.url()).hash).toBe('#/load');
  });

  test('without a profile the built-in sandbox is meant', async () => {
    const page = await open(at('empty'));
    await page.getByText('Every load into the built-in sandbox, newest first.').waitFor();
  });

  test('of a server that was started with a database of its own names that, in red as production is', async () => {
    const page = await open(at('server'));
    await page.getByText('Every load into the database of this server, newest first.').waitFor();
    const inUse = page.getByRole('banner').getByRole('link', { name: 'Database of this server' });
    expect(await inUse.innerText()).toMatch(/Production/i);
    expect(await inUse.locator('.profile-chip').getAttribute('data-colour')).toBe('red');
    expect(await page.getByRole('banner').innerText()).not.toMatch(/on this computer/i);
  });

  test('a database that does not answer is told in words, and can be tried again', async () => {
    const page = await open(at('history-failed'));
    const alert = page.getByRole('alert');
    await alert.getByText('The database server db.lincoln.example does not answer.').waitFor();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor();
  });
});
