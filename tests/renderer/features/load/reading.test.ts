import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { DRAFT_PLACE } from '../../page/load-scenarios.ts';

describeWithPage('how a file is read', (open) => {
  test('the order of day and month is asked once, with a date of the file and the evidence', async () => {
    const page = await open({ scenario: 'term', place: `${DRAFT_PLACE}/files/2` });
    await page.getByText('Is 10/4/2026 October 4, 2026 or April 10, 2026?').waitFor();
    await page.getByText('999 dates can be read both ways; 812 can only have the month first.').waitFor();
    await page.getByRole('button', { name: 'Month first: October 4, 2026 (probably)' }).click();
    await page.getByText('The dates in “Checked out” are read that way now.').waitFor();
    expect(await page.getByText('How are the dates').count()).toBe(0);
  });

  test('a file that is not recognised is read as what a person says it holds', async () => {
    const page = await open({ scenario: 'failed-files', place: `${DRAFT_PLACE}/files/2` });
    await page.getByText('the columns do not tell whether these are').waitFor();
    await page
      .getByRole('region', { name: 'What can be done here' })
      .getByRole('button', { name: 'Books' })
      .click();
    await page.getByRole('grid').waitFor();
    await page.getByRole('button', { name: 'Books Holds' }).waitFor();
    await page.getByRole('status').getByText('is read as books now.').waitFor();
  });

  test('where edits would go, the person is asked, and keeps them by saying so', async () => {
    const page = await open({ scenario: 'guessed', place: DRAFT_PLACE });
    await page.getByRole('button', { name: 'Reading', exact: true }).click();
    await page.getByText('Is a record already').click();
    await page.getByText('so the 4 cells you changed cannot be kept').waitFor();
    await page.getByRole('button', { name: 'Keep my changes' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await page.getByRole('radio', { name: 'Holds the headings' }).isChecked()).toBe(true);
    await page.getByText('Is a record already').click();
    await page.getByRole('button', { name: 'Read it anew' }).click();
    await page.getByText('Columns are then called Column 1').waitFor();
  });

  test('words with special letters show whether the encoding is right', async () => {
    const page = await open({ scenario: 'guessed', place: DRAFT_PLACE });
    await page.getByRole('button', { name: 'Reading', exact: true }).click();
    const words = page.getByRole('dialog').getByRole('listitem');
    await words.first().waitFor();
    expect(await words.allTextContents()).toEqual(['Göransson', 'Núñez']);
  });
});
