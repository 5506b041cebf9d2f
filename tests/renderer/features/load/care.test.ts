import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { DRAFT_PLACE } from '../../page/load-scenarios.ts';

describeWithPage('the damage doctor and the rules', (open) => {
  test('a repair says how many cells it changes, does it, and takes it back', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await page.getByRole('button', { name: 'Damage 3' }).click();
    await page.getByText('00012044').waitFor();
    await page.getByRole('button', { name: 'Put right 6,587 cells' }).click();
    await page.getByText('6,587 cells put right.').first().waitFor();
    await page.getByRole('button', { name: 'Undo: Book ID' }).click();
    await page.getByRole('button', { name: 'Put right 6,587 cells' }).waitFor();
  });

  test('what happens by itself and what is lost offer no repair', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await page.keyboard.press('d');
    await page.getByText('Happens by itself when the file is loaded.').waitFor();
    await page.getByText('Nothing can be restored.').waitFor();
    expect(await page.getByRole('button', { name: /Put right/ }).count()).toBe(1);
  });

  test('a sound file is said to be sound', async () => {
    const page = await open({ scenario: 'clean', place: DRAFT_PLACE });
    await page.keyboard.press('d');
    await page.getByText('No damage found').waitFor();
  });

  test('rules stand by kind and column, and a removed one is gone', async () => {
    const page = await open({ scenario: 'term', place: DRAFT_PLACE });
    await page.keyboard.press('r');
    const group = page.getByRole('region', { name: 'Students · grade level' });
    expect(await group.getByRole('listitem').count()).toBe(2);
    await group.getByRole('button', { name: 'Remove: In Grade, “fourth” means 4' }).click();
    await page
      .getByText(
        '1 rule removed. To have it back, apply the fix once more and choose “Remember this for the next files”.',
      )
      .waitFor();
    await expect.poll(() => group.getByRole('listitem').count()).toBe(1);
  });

  test('what rules changed in a file is listed, and leads to all rules', async () => {
    const page = await open({ scenario: 'term', place: `${DRAFT_PLACE}/files/1` });
    await page.getByRole('button', { name: 'What you taught changed 12 cells' }).click();
    await page.getByText('9 cells').waitFor();
    await page.getByRole('button', { name: 'All rules…' }).click();
    await page.getByRole('dialog', { name: 'What Accession has learnt' }).waitFor();
  });
});
