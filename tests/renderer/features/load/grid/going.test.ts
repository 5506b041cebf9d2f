import { expect, test } from 'vitest';
import { describeWithPage } from '../../../page/describe-page.ts';
import { cell, focused, said } from './walking.ts';

const STUDENTS = { scenario: 'grid-students', place: '/load', width: 1280, height: 800 } as const;

describeWithPage('going through the problems', (open) => {
  test('F8 goes to the next one and shows its message, Shift+F8 back, and round at the end', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 1).click();
    await page.keyboard.press('F8');
    await expect.poll(() => focused(page)).toBe('4:3');
    await page.getByRole('group', { name: 'About Age, row 5' }).getByText('must be a number').waitFor();
    await page.keyboard.press('F8');
    await expect.poll(() => focused(page)).toBe('16:2');
    await page.keyboard.press('Shift+F8');
    await expect.poll(() => focused(page)).toBe('4:3');
    await page.keyboard.press('Shift+F8');
    await expect.poll(() => said(page).textContent()).toBe('That was the last one; from the other end on.');
    await expect.poll(() => focused(page)).toBe('1239:6');
  });

  test('each press of F8 is a step, however fast they come', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 1).click();
    await page.evaluate(() => {
      for (let press = 0; press < 2; press += 1)
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'F8', bubbles: true }));
    });
    await expect.poll(() => focused(page)).toBe('16:2');
  });

  test('a filter keeps its rows while they are mended, and drops them when it is asked again', async () => {
    const page = await open(STUDENTS);
    await page.getByRole('button', { name: /^Error: Not a number in Grade/ }).click();
    await page.getByText('13 rows of 1,240').waitFor();
    await expect.poll(() => focused(page)).toBe('0:2');
    await page.keyboard.press('Control+.');
    await expect.poll(() => said(page).textContent()).toBe('Row 17: Grade: now in order.');
    expect(await cell(page, 0, 0).textContent()).toBe('17 In order now.');
    expect(await page.getByText('13 rows of 1,240').isVisible()).toBe(true);
    await page.keyboard.press('F8');
    await expect.poll(() => focused(page)).toBe('1:2');
    await page.getByRole('button', { name: 'Filter again' }).click();
    await page.getByText('12 rows of 1,240').waitFor();
    await expect.poll(() => cell(page, 0, 0).textContent()).toBe('117');
  });

  test('leaving a filter stays at the row where somebody was', async () => {
    const page = await open(STUDENTS);
    await page.getByRole('button', { name: /^Error: Not a number in Grade/ }).click();
    await expect.poll(() => focused(page)).toBe('0:2');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: 'Show all rows' }).click();
    await expect.poll(() => focused(page)).toBe('116:2');
    expect(await cell(page, 116, 2).isVisible()).toBe(true);
  });

  test('Enter finds place after place while the field keeps the focus, Escape goes to the place', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 1).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('Okafor');
    const field = page.getByRole('textbox', { name: 'Find in the rows' });
    const hasFocus = () => field.evaluate((element) => element === document.activeElement);
    for (const [key, found] of [
      ['Enter', 'Found in row 2, Homeroom.'],
      ['Enter', 'Found in row 6, Homeroom.'],
      ['Enter', 'Found in row 10, Homeroom.'],
      ['Shift+Enter', 'Found in row 6, Homeroom.'],
    ] as const) {
      await page.keyboard.press(key);
      await expect.poll(() => said(page).textContent()).toBe(found);
      expect(await hasFocus()).toBe(true);
    }
    expect(await page.getByRole('textbox', { name: /edit$/ }).count()).toBe(0);
    await expect.poll(() => cell(page, 5, 4).getAttribute('tabindex')).toBe('0');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('5:4');
  });

  test('a list of rows that the backend has forgotten is asked for again', async () => {
    const page = await open(STUDENTS);
    await page.getByRole('button', { name: /^Error: Not a number in Grade/ }).click();
    await expect.poll(() => focused(page)).toBe('0:2');
    await page.evaluate(() => {
      (window as unknown as { fakeDraft: { forgetViews: () => void } }).fakeDraft.forgetViews();
    });
    await page.keyboard.press('Control+.');
    await page.getByText('12 rows of 1,240').waitFor();
    await expect.poll(() => cell(page, 0, 0).textContent()).toBe('117');
  });

  test('what nobody has is said kindly, and leads back', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-clean' });
    await page.getByRole('button', { name: /Rows shown/ }).click();
    await page.getByRole('menuitemradio', { name: /With errors/ }).click();
    await page.locator('.grid-empty').getByText('Nothing to fix').waitFor();
    await page.locator('.grid-empty').getByRole('button', { name: 'Show all rows' }).click();
    await cell(page, 0, 1).waitFor();
  });

  test('kinds of rows are counted without problems of the columns, which no row has', async () => {
    const page = await open(STUDENTS);
    await page.getByRole('heading', { name: 'About the columns' }).waitFor();
    await page.getByRole('button', { name: /Rows shown/ }).click();
    const counts = ['With problems', 'With errors', 'With warnings'].map((name) =>
      page.getByRole('menuitemradio', { name }).locator('[slot="description"]').textContent(),
    );
    expect(await Promise.all(counts)).toEqual(['30', '30', '0']);
  });

  test('a file without rows is not said to be fit to be loaded', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-no-rows' });
    const panel = page.getByRole('region', { name: 'List of problems' });
    await panel.getByText('This file has no rows.').waitFor();
    expect(await panel.getByText('can be loaded').count()).toBe(0);
  });

  test('another file and back: the arrangement of each is kept', async () => {
    const page = await open(STUDENTS);
    await cell(page, 9, 3).click();
    await page.keyboard.press('Control+ArrowDown');
    await expect.poll(() => focused(page)).toBe('1239:3');
    await page.getByRole('button', { name: 'books.csv' }).click();
    await page.getByRole('grid', { name: 'Rows of books.csv' }).waitFor();
    await page.getByRole('button', { name: 'students.csv' }).click();
    await cell(page, 1239, 3).waitFor();
    expect(await cell(page, 1239, 3).isVisible()).toBe(true);
    expect(await cell(page, 1239, 3).getAttribute('tabindex')).toBe('0');
  });
});
