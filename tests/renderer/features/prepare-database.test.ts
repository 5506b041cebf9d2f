import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../page/describe-page.ts';
import { IDS } from '../page/scenarios.ts';

const prepare = (page: Page) => page.getByRole('button', { name: 'Prepare the database' });

describeWithPage('preparing a database from its test', (open) => {
  async function tested(scenario: string, id: string): Promise<Page> {
    const page = await open({ scenario, place: `/profiles/${id}` });
    await page.getByRole('button', { name: 'Test connection' }).first().click();
    await page.getByText('The database lacks the schema that Accession keeps its loads in.').waitFor();
    return page;
  }

  test('asks in red for a production profile, says what it did, and tests the part again', async () => {
    const page = await tested('all-wrong', IDS.lincoln);
    await prepare(page).click();
    const question = page.getByRole('alertdialog', { name: 'Prepare the database of Lincoln Elementary?' });
    await question.getByText('Lincoln Elementary is a production profile').waitFor();
    expect(await question.locator('.banner').getAttribute('data-tone')).toBe('bad');
    await question.getByText('Tables and rows that are there are left alone').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await prepare(page).count()).toBe(1);
    await prepare(page).click();
    await prepare(page).last().click();
    const outcome = page.getByRole('dialog', { name: 'The database of Lincoln Elementary is prepared' });
    expect(await outcome.getByRole('listitem').allTextContents()).toEqual([
      'create the schema accession',
      'create the table accession.loads',
    ]);
    await outcome.getByRole('button', { name: 'Close' }).click();
    // What it had found has been found mended, and the other parts' results stand.
    const problem = page.getByText('The database lacks the schema that Accession keeps its loads in.');
    await problem.waitFor({ state: 'detached' });
    await page.getByText('The topic book_events does not exist.').waitFor();
    await page.getByText('The database of Lincoln Elementary is prepared: 2 steps done.').waitFor();
  });

  test('that fails says why and can be tried again', async () => {
    const page = await tested('prepare-fails', IDS.lincoln);
    await prepare(page).click();
    await prepare(page).last().click();
    await page.getByRole('alert').getByText('The database server does not answer.').waitFor();
    expect(await prepare(page).last().isEnabled()).toBe(true);
  });

  test('is not offered through a read-only profile, which says so', async () => {
    const page = await tested('all-wrong', IDS.rehearsal);
    await page.getByText('This profile is read-only, so nothing is created through it.').waitFor();
    expect(await prepare(page).count()).toBe(0);
    await page.getByText('create schema accession;').waitFor();
  });
});
