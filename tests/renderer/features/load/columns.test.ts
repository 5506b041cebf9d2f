import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { DRAFT_PLACE } from '../../page/load-scenarios.ts';

describeWithPage('the mapping panel', (open) => {
  test('a constant is set for all rows, kept, and found again', async () => {
    const page = await open({ scenario: 'term', place: `${DRAFT_PLACE}/files/1` });
    await page.keyboard.press('m');
    await page.getByRole('button', { name: /Where the lunch period comes from/ }).click();
    await page.getByRole('option', { name: 'The same for all…' }).click();
    await page.getByRole('button', { name: 'Use these columns' }).click();
    await page.getByText('Say what it is.').waitFor();
    await page.getByLabel('The lunch period of all rows').fill('2');
    await page.getByRole('button', { name: 'Use these columns' }).click();
    await page.getByText('and so is the next file with these headings').waitFor();
    await page.getByRole('button', { name: 'Read as last time' }).click();
    expect(await page.getByLabel('The lunch period of all rows').inputValue()).toBe('2');
  });

  test('columns of the file that nothing is read from are listed with what they hold', async () => {
    const page = await open({ scenario: 'term', place: `${DRAFT_PLACE}/files/1` });
    await page.getByRole('button', { name: 'Match columns' }).click();
    const unused = page.getByRole('region', { name: 'Not loaded from this file' });
    await unused.getByText('Locker').waitFor();
    await unused.getByText('L101 · L102 · L103').waitFor();
    await page.getByRole('button', { name: /Where the prior-year reading score comes from/ }).click();
    await page.getByRole('option', { name: /Prior score/ }).click();
    await unused.getByText('1 column').waitFor();
  });

  test('a missing column is marked, worked out from another one, and no longer missing', async () => {
    const page = await open({ scenario: 'failed-files', place: `${DRAFT_PLACE}/files/1` });
    await page.getByRole('button', { name: 'Match columns…' }).click();
    expect(await page.getByText('Needed, and not found yet').count()).toBe(2);
    await page.getByRole('button', { name: /Where the age comes from/ }).click();
    await page.getByRole('option', { name: /Worked out from a birth date/ }).click();
    await page.getByRole('button', { name: /From the column/ }).click();
    await page.getByRole('option', { name: /Born/ }).click();
    await page.getByRole('button', { name: /Where the grade level comes from/ }).click();
    await page.getByRole('option', { name: /Worked out from the year of graduation/ }).click();
    await page.getByRole('button', { name: /Choose a column From the column/ }).click();
    await page.getByRole('option', { name: /Grad Year/ }).click();
    expect(await page.getByText('Needed, and not found yet').count()).toBe(0);
    await page.getByRole('button', { name: 'Use these columns' }).click();
    await page.getByRole('grid').waitFor();
  });

  test('a column that cannot be done without is never offered to be left out', async () => {
    const page = await open({ scenario: 'term', place: `${DRAFT_PLACE}/files/1` });
    await page.getByRole('button', { name: 'Match columns' }).click();
    await page.getByRole('button', { name: /Where the age comes from/ }).click();
    await page.getByRole('option', { name: 'The same for all…' }).waitFor();
    expect(await page.getByRole('option', { name: /Not loaded/ }).count()).toBe(0);
  });
});
