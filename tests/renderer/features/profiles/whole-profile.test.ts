import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { ENROLMENT_LINK } from '../../page/enrolment-link.ts';
import { IDS } from '../../page/scenarios.ts';

const lincoln = { scenario: 'full', place: `/profiles/${IDS.lincoln}/general` };

async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More to do with this profile' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

describeWithPage('a profile as a whole', (open) => {
  test('is deleted only when its name has been typed', async () => {
    const page = await open(lincoln);
    await choose(page, 'Delete…');
    await page.getByLabel('Type Lincoln Elementary to delete it').fill('Lincoln');
    await page.getByRole('button', { name: 'Delete the profile' }).click();
    await page.getByText('That is not its name yet.').waitFor();
    await page.getByLabel('Type Lincoln Elementary to delete it').fill('Lincoln Elementary');
    await page.getByRole('button', { name: 'Delete the profile' }).click();
    await page.getByText('Lincoln Elementary was deleted.').waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByRole('banner').getByText('Built-in sandbox').waitFor();
  });

  test('is duplicated beside itself, and the copy opened', async () => {
    const page = await open(lincoln);
    await choose(page, 'Duplicate');
    await page.getByRole('heading', { name: 'Lincoln Elementary (2)', level: 2 }).waitFor();
    expect((await page.locator('.profile-row-name').allTextContents()).slice(0, 2)).toEqual([
      'Lincoln Elementary',
      'Lincoln Elementary (2)',
    ]);
  });

  test('moves by its menu, too', async () => {
    const page = await open(lincoln);
    await choose(page, 'Move down');
    await page.getByText('Lincoln Elementary is now number 2 of 3.').waitFor();
    expect((await page.locator('.profile-row-name').allTextContents())[1]).toBe('Lincoln Elementary');
  });

  test('is put in use, and the header shows it at once', async () => {
    const page = await open({ scenario: 'full', place: `/profiles/${IDS.sandbox}/general` });
    await page.getByRole('button', { name: 'Use this profile' }).click();
    await page.getByRole('banner').getByText('Training').waitFor();
    await page.getByText('Database: On this computer').waitFor();
  });

  test('is exported as a file that names it', async () => {
    const page = await open(lincoln);
    const download = page.waitForEvent('download');
    await choose(page, 'Export without secrets…');
    expect((await download).suggestedFilename()).toBe('Lincoln-Elementary.accession.json');
  });

  test('comes out of a link only after it has been shown, with its passwords asked for', async () => {
    const page = await open({ scenario: 'empty', place: '/profiles/new/enrolment' });
    await page.getByLabel('Enrolment link').fill('no link at all');
    await page.getByRole('button', { name: 'Read the link' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Enrolment link').fill(ENROLMENT_LINK);
    await page.getByRole('button', { name: 'Read the link' }).click();
    await page.getByText('loader@db.roosevelt.example/library').waitFor();
    expect(await page.getByRole('row').count()).toBe(0);
    await page.getByLabel('Database password').fill('s3cret');
    await page.getByRole('button', { name: 'Add the profile' }).click();
    await page.getByText('1 password or key missing').waitFor();
    expect(await page.content()).not.toContain('s3cret');
  });

  test('comes out of a .env, whose lines are not kept on the page', async () => {
    const page = await open({ scenario: 'empty', place: '/profiles/new/env' });
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('Choose a file, or paste its lines.').waitFor();
    await page
      .getByLabel('Or paste its lines')
      .fill('DB_URL=postgresql://loader:s3cret@db.example/library\nKAFKA_BROKERS=kafka.example:9092');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('Give the profile a name of 1 to 80 characters.').waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Roosevelt');
    await page.getByRole('button', { name: 'Import' }).click();
    await page.getByText('Roosevelt was made from the file').waitFor();
    await page.getByText('KAFKA_BROKERS → the brokers of Kafka').waitFor();
    expect(await page.content()).not.toContain('s3cret');
  });

  test('keeps no password unprotected without having asked', async () => {
    const page = await open({ scenario: 'asks-consent', place: '/profiles/new/enrolment' });
    const add = async (): Promise<void> => {
      await page.getByLabel('Enrolment link').fill(ENROLMENT_LINK);
      await page.getByRole('button', { name: 'Read the link' }).click();
      await page.getByLabel('Database password').fill('s3cret');
      await page.getByRole('button', { name: 'Add the profile' }).click();
    };
    await add();
    await page.getByRole('button', { name: 'Do not keep it' }).click();
    await page.getByText('The rest is saved, but no password or key was stored.').waitFor();
    await page.getByText('2 passwords or keys missing').waitFor();
    await page.goto(`${page.url().split('#')[0]}#/profiles/new/enrolment`);
    await add();
    await page.getByRole('button', { name: 'Keep it all the same' }).click();
    await page.getByText('1 password or key missing').waitFor();
    await page.getByText('Passwords are kept on this computer without encryption').waitFor();
  });

  test('that works nowhere says of each part what is wrong and how to mend it', async () => {
    const page = await open({ ...lincoln, scenario: 'all-wrong' });
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Not every part works.').waitFor();
    const postgres = page.getByRole('listitem').filter({ hasText: 'The database lacks the schema' }).first();
    expect(await postgres.textContent()).toContain('db prepare --profile "Lincoln Elementary"');
    await page.getByText('Database: Answers, but is not ready').waitFor();
    await page.getByRole('button', { name: 'Open OpenAI settings' }).click();
    await page.getByLabel('Embedding model').waitFor();
  });

  test('whose server does not answer is not said to answer', async () => {
    const page = await open({ ...lincoln, scenario: 'unreached' });
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('Database: Could not connect').waitFor();
  });

  test('that is being tested can be let go', async () => {
    const page = await open({ ...lincoln, scenario: 'testing' });
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped').first().waitFor();
    expect(await page.getByRole('button', { name: 'Stop' }).count()).toBe(0);
  });
});
