import { expect, test } from 'vitest';
import { describeWithPage } from '../../../page/describe-page.ts';
import { cell, focused, said } from './walking.ts';

const STUDENTS = { scenario: 'grid-students', place: '/load', width: 1280, height: 800 } as const;

describeWithPage('mending many cells at once', (open) => {
  test('a suggestion is applied to all after its count and examples were shown, and is undone as one', async () => {
    const page = await open(STUDENTS);
    await page.getByRole('button', { name: 'Fix all 13…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Apply the suggestion' });
    await dialog.getByText('13 cells of Grade will be changed.').waitFor();
    expect(await dialog.getByRole('row', { name: '1,217 Grade 4 4' }).count()).toBe(1);
    await dialog.getByText('In grade level, “Grade 4” means 4').waitFor();
    await dialog.getByRole('checkbox', { name: 'Remember this for the next files' }).focus();
    await page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Change 13 cells' }).click();
    await page.getByText('17 problems').waitFor();
    await expect.poll(() => cell(page, 16, 2).textContent()).toBe('4 Changed; in the file: Grade 4.');
    const taught = await page.evaluate(() => {
      const { applied } = (window as unknown as { fakeDraft: { applied: unknown[] } }).fakeDraft;
      return applied;
    });
    expect(taught).toEqual([
      {
        bulk: { kind: 'suggestions', code: 'value.not-a-number', column: 'grade_level', value: null },
        teach: true,
      },
    ]);
    await page.keyboard.press('Control+z');
    await page.getByText('30 problems').waitFor();
  });

  test('from a cell it can be kept to cells that read the same', async () => {
    const page = await open(STUDENTS);
    await cell(page, 16, 2).click();
    const note = page.getByRole('group', { name: 'About Grade, row 17' });
    await note.getByRole('button', { name: 'Do it in all 13 alike…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /reads exactly the same/ }).focus();
    await page.keyboard.press('Space');
    await dialog.getByText('13 cells of Grade will be changed.').waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => cell(page, 16, 2).textContent()).toContain('Grade 4');
  });

  test('Tab leads from a wrong cell to what can be done about it, Escape back', async () => {
    const page = await open(STUDENTS);
    await cell(page, 16, 2).click();
    await page.getByRole('group', { name: 'About Grade, row 17' }).waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Use “4”');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('16:2');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page).textContent()).toBe('Row 17: Grade: now in order.');
  });

  test('replacing in a column shows what it would do first', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 4).click();
    await page.keyboard.press('Control+h');
    const dialog = page.getByRole('dialog', { name: 'Replace in a column' });
    expect(await dialog.getByRole('button', { name: /^Homeroom/ }).count()).toBe(1);
    await dialog.getByLabel('Find', { exact: true }).fill('ms.');
    await dialog.getByLabel('Replace with').fill('Mrs.');
    await dialog.getByText(/^\d+ cells of Homeroom will be changed\.$/).waitFor();
    expect(await dialog.getByRole('row', { name: /Ms\. Okafor Mrs\. Okafor/ }).count()).toBe(1);
    await dialog.getByText('Capital and small letters differ').click();
    await dialog.getByText('No cell of this column has that text.').waitFor();
    await dialog.getByText('Capital and small letters differ').click();
    await dialog.getByRole('button', { name: /^Change \d+ cells$/ }).click();
    await expect.poll(() => cell(page, 1, 4).textContent()).toContain('Mrs. Okafor');
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(page, 1, 4).textContent()).toBe('Ms. Okafor');
  });

  test('spaces at the end are seen in what a replacement would do', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 4).click();
    await page.keyboard.press('Control+h');
    const dialog = page.getByRole('dialog', { name: 'Replace in a column' });
    await dialog.getByLabel('Find', { exact: true }).fill('Okafor');
    const widthWith = async (replacement: string): Promise<number> => {
      await dialog.getByLabel('Replace with').fill(replacement);
      const after = dialog.getByText(`Ms. ${replacement}`, { exact: true });
      await expect.poll(() => after.first().textContent()).toBe(`Ms. ${replacement}`);
      return after.first().evaluate((element) => element.getBoundingClientRect().width);
    };
    const narrow = await widthWith('Oka');
    expect(await widthWith('Oka    ')).toBeGreaterThan(narrow + 8);
  });

  test('a single case is not called all', async () => {
    const page = await open(STUDENTS);
    await page.getByRole('button', { name: 'books.csv' }).click();
    const group = page.getByRole('listitem').filter({ hasText: 'Not one of the choices' });
    await group.getByRole('button', { name: 'Fix it…' }).waitFor();
  });

  test('all rows with a problem are left out at once', async () => {
    const page = await open(STUDENTS);
    await page.getByRole('button', { name: 'More for: Missing in Homeroom' }).click();
    await page.getByRole('menuitem', { name: 'Leave all these rows out…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave rows out' });
    await dialog.getByRole('button', { name: 'Leave 5 rows out' }).click();
    await page.getByText('25 problems').waitFor();
    expect(await cell(page, 23, 0).textContent()).toBe('24 Left out.');
  });

  test('a whole group is set blank as one operation', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-problems' });
    await page.getByRole('button', { name: 'More for: Rounded by a spreadsheet in ISBN' }).click();
    await page.getByRole('menuitem', { name: 'Set all blank' }).click();
    await page.getByText('14 problems').waitFor();
    await page.getByRole('button', { name: /^Undo: Edit 4 cells/ }).waitFor();
  });
});
