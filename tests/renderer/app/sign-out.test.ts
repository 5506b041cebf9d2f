import { expect, test } from 'vitest';
import { describeWithPage } from '../page/describe-page.ts';
import { IDS } from '../page/scenarios.ts';

describeWithPage('signing out', (open) => {
  test('asks first, and then says that one is signed out and how to get in again', async () => {
    const page = await open({ scenario: 'full', place: '/history' });
    const leave = page.getByRole('banner').getByRole('button', { name: 'Sign out' });
    await leave.click();
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByText('Program: Connected').waitFor();
    await leave.click();
    const question = page.getByRole('alertdialog', { name: 'Sign out of Accession?' });
    expect(await question.textContent()).not.toContain('not saved');
    await question.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are no longer signed in.').waitFor();
    await page.getByText('with a new address that Accession shows where it was started').waitFor();
    expect(await leave.count()).toBe(0);
  });

  test('names what is not saved, for as long as it is not', async () => {
    const page = await open({ scenario: 'full', place: `/profiles/${IDS.lincoln}` });
    await page.getByLabel('Name', { exact: true }).fill('Lincoln School');
    const leave = page.getByRole('banner').getByRole('button', { name: 'Sign out' });
    await leave.click();
    await page.getByText('The changes to Lincoln School that are not saved are lost.').waitFor();
    await page.getByRole('button', { name: 'Stay signed in' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Lincoln School is saved.').waitFor();
    await leave.click();
    await page.getByRole('alertdialog').waitFor();
    expect(await page.getByRole('alertdialog').textContent()).not.toContain('not saved');
  });

  test('is not offered on the desktop, where nobody signs in', async () => {
    const page = await open({ scenario: 'desktop', place: '/history' });
    await page.getByText('Program: Connected').waitFor();
    expect(await page.getByRole('button', { name: 'Sign out' }).count()).toBe(0);
  });
});
