import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { IDS } from '../../page/scenarios.ts';

const lincoln = (section: string) => ({ scenario: 'full', place: `/profiles/${IDS.lincoln}/${section}` });
const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

describeWithPage('editing a profile', (open) => {
  test('a password in an address goes to the secrets, and leaves the page', async () => {
    const page = await open(lincoln('postgres'));
    await page.getByText('As one address').click();
    await field(page, 'Address').fill('postgresql://loader:s3cret@db.lincoln.example:6432/library');
    await page.getByRole('tab', { name: 'Postgres' }).focus();
    expect(await field(page, 'Address').inputValue()).toBe(
      'postgresql://loader@db.lincoln.example:6432/library',
    );
    await page.getByText('Field by field').click();
    expect(await field(page, 'Port').inputValue()).toBe('6432');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Lincoln Elementary is saved.').waitFor();
    expect(await page.content()).not.toContain('s3cret');
    expect(await page.getByRole('button', { name: 'Password: replace' }).count()).toBe(1);
  });

  test('another server needs the password again: the stored one is not handed to it', async () => {
    const page = await open(lincoln('postgres'));
    await field(page, 'Server').fill('db.elsewhere.example');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('The server is another one than before, so enter this again.').waitFor();
    await page.getByRole('button', { name: 'Password: replace' }).click();
    await field(page, 'Password').fill('n3w');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Lincoln Elementary is saved.').waitFor();
  });

  test('a stored secret is removed only by saving', async () => {
    const page = await open(lincoln('openai'));
    await page.getByRole('button', { name: 'API key: remove' }).click();
    await page.getByText('Is removed when you save').waitFor();
    await page.getByRole('button', { name: 'API key: undo' }).click();
    await page.getByText('Stored', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'API key: remove' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Lincoln Elementary is saved.').waitFor();
    expect(await field(page, 'API key').count()).toBe(1);
    await page.getByText('1 password or key missing').waitFor();
  });

  test('a problem stands at its field, is counted on its tab, and takes the focus', async () => {
    const page = await open({ scenario: 'full', place: '/profiles/new/by-hand' });
    await field(page, 'Name').fill('training');
    await page.getByRole('tab', { name: 'Postgres' }).click();
    await field(page, 'Server').fill('db.example');
    await field(page, 'Database').fill('library');
    await field(page, 'User').fill('loader');
    await page.getByRole('tab', { name: 'Kafka' }).click();
    await page.getByText('Send events to Kafka').click();
    await field(page, 'Brokers').fill('kafka.example:9092\nkafka');
    await page.getByRole('button', { name: 'Save profile' }).click();
    await page
      .getByText('Another profile has this name already. Choose one that tells them apart.')
      .waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
    await page.getByRole('tab', { name: /Kafka.*\(1 problem\)/ }).click();
    await page.getByText('Line 2: Enter the broker as server:port').waitFor();
    expect(await field(page, 'Brokers').getAttribute('aria-invalid')).toBe('true');
  });

  test('production is red, whatever it was before', async () => {
    const page = await open({ scenario: 'full', place: `/profiles/${IDS.rehearsal}/general` });
    await page.getByText('Violet').click();
    await page.getByText('The live system.').click();
    await page.getByText('Production is always red').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('tab', { name: /Postgres.*\(1 problem\)/ }).click();
    await page.getByText(/In production the server has to prove who it is/).waitFor();
    await page.getByText('Encrypted, and the server proves who it is.').click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/is saved/).waitFor();
    const mark = page.getByRole('row', { name: /rehearsal/ }).locator('.colour-mark');
    expect(await mark.getAttribute('data-colour')).toBe('red');
  });

  test('unsaved changes are asked about before the profile is left, and kept, dropped or saved', async () => {
    const page = await open(lincoln('general'));
    await field(page, 'Name').fill('Lincoln School');
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('button', { name: 'Keep editing' }).click();
    expect(new URL(page.url()).hash).toBe(`#/profiles/${IDS.lincoln}/general`);
    expect(await field(page, 'Name').inputValue()).toBe('Lincoln School');
    await page.getByRole('link', { name: 'History' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'History', level: 1 }).waitFor();
    await page.getByRole('link', { name: /Lincoln School/ }).click();
    await field(page, 'Name').fill('Something else');
    await page.getByRole('row', { name: 'Training' }).click();
    await page.getByRole('button', { name: 'Discard changes' }).click();
    await page.getByRole('heading', { name: 'Training', level: 2 }).waitFor();
    expect(await page.getByRole('row', { name: 'Lincoln School' }).count()).toBe(1);
  });

  test('moving between the sections of one profile asks nothing and keeps what was typed', async () => {
    const page = await open(lincoln('general'));
    await field(page, 'Name').fill('Lincoln School');
    await page.getByRole('tab', { name: 'Safety' }).click();
    await page.getByRole('tab', { name: 'General' }).click();
    expect(await field(page, 'Name').inputValue()).toBe('Lincoln School');
  });
});
