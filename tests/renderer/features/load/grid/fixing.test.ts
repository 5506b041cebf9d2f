import { expect, test } from 'vitest';
import { describeWithPage } from '../../../page/describe-page.ts';
import { cell, focused, paste, said } from './walking.ts';

const STUDENTS = { scenario: 'grid-students', place: '/load', width: 1280, height: 800 } as const;

describeWithPage('mending cells', (open) => {
  test('a wrong cell is typed anew, checked at once, and said to be in order', async () => {
    const page = await open(STUDENTS);
    await cell(page, 16, 2).click();
    await page.keyboard.type('4');
    await page.getByRole('textbox', { name: 'Grade, row 17, edit' }).waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page).textContent()).toBe('Row 17: Grade: now in order.');
    expect(await focused(page)).toBe('17:2');
    expect(await cell(page, 16, 2).textContent()).toBe('4 Changed; in the file: Grade 4.');
    expect(await page.getByText('29 problems').isVisible()).toBe(true);
  });

  test('while a wrong cell is edited its text stands on the ground of every field', async () => {
    const page = await open({ ...STUDENTS, dark: true });
    await cell(page, 16, 2).click();
    await page.keyboard.press('F2');
    const field = page.getByRole('textbox', { name: 'Grade, row 17, edit' });
    const [own, usual] = await Promise.all([
      field.evaluate((element) => [
        getComputedStyle(element).color,
        getComputedStyle(element).backgroundColor,
      ]),
      page
        .locator('.draft-grid')
        .evaluate((element) => [getComputedStyle(element).color, getComputedStyle(element).backgroundColor]),
    ]);
    expect(own).toEqual(usual);
    expect(await field.inputValue()).toBe('Grade 4');
    await page.getByRole('group', { name: 'About Grade, row 17' }).getByText('must be a number').waitFor();
  });

  test('Escape leaves the cell as it was; text that is still wrong is said to be', async () => {
    const page = await open(STUDENTS);
    await cell(page, 16, 2).click();
    await page.keyboard.type('5');
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toBe('16:2');
    expect(await cell(page, 16, 2).textContent()).toContain('Grade 4');
    await page.keyboard.type('40');
    await page.keyboard.press('Tab');
    await expect
      .poll(() => said(page).textContent())
      .toBe('Row 17: Grade: The grade level must be from 0 (kindergarten) to 12.');
    expect(await focused(page)).toBe('16:3');
  });

  test('undo and redo turn the last thing, and say which it is', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 4).click();
    await page.keyboard.press('Delete');
    await expect.poll(() => cell(page, 0, 4).textContent()).toContain('The homeroom teacher is missing.');
    await page.getByRole('button', { name: 'Undo: Edit Homeroom in row 1 (Ctrl+Z)' }).waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(page, 0, 4).textContent()).toBe('Mr. Chen');
    await expect.poll(() => said(page).textContent()).toBe('Undone: Edit Homeroom in row 1');
    await page.keyboard.press('Control+y');
    await expect.poll(() => cell(page, 0, 4).textContent()).toContain('missing');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(() => cell(page, 0, 4).textContent()).toContain('missing');
  });

  test('what is undone in another file than the one shown names it', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 4).click();
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Undo: Edit Homeroom in row 1 (Ctrl+Z)' }).waitFor();
    await page.getByRole('button', { name: 'books.csv' }).click();
    await page.getByRole('grid', { name: 'Rows of books.csv' }).waitFor();
    await page.getByRole('button', { name: 'Undo in students.csv: Edit Homeroom in row 1' }).waitFor();
    await cell(page, 0, 1).click();
    await page.keyboard.press('Control+z');
    await expect.poll(() => said(page).textContent()).toBe('Undone in students.csv: Edit Homeroom in row 1');
    await page.getByRole('button', { name: 'Redo in students.csv: Edit Homeroom in row 1' }).waitFor();
    await page.keyboard.press('Control+y');
    await expect
      .poll(() => said(page).textContent())
      .toBe('Done again in students.csv: Edit Homeroom in row 1');
  });

  test('a refused edit brings the old text back and says why', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-refuses' });
    await cell(page, 16, 2).click();
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('This draft is being loaded.').waitFor();
    await expect.poll(() => cell(page, 16, 2).textContent()).toContain('Grade 4 Error:');
  });

  test('what was typed shows before the answer comes', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-slow' });
    await cell(page, 16, 2).getByText('Grade 4').waitFor();
    await cell(page, 16, 2).click();
    await page.keyboard.type('4');
    await page.keyboard.press('Enter');
    expect(await cell(page, 16, 2).textContent()).toBe('4Being checked.');
    await expect.poll(() => cell(page, 16, 2).textContent()).toBe('4 Changed; in the file: Grade 4.');
  });

  test('a block from a spreadsheet goes over the cells as one operation', async () => {
    const page = await open(STUDENTS);
    await cell(page, 4, 2).click();
    await paste(page, '1\t7\t"Ms. ""Bee"""\r\n2\t8\tMr. Ox\r\n');
    await expect.poll(() => said(page).textContent()).toBe('6 cells pasted.');
    expect(await cell(page, 4, 4).textContent()).toContain('Ms. "Bee"');
    expect(await cell(page, 5, 3).textContent()).toContain('8');
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(page, 4, 3).textContent()).toContain('seven');
    expect(await cell(page, 5, 4).textContent()).toBe('Ms. Okafor');
  });

  test('what reaches beyond the last row and column is counted, not lost without a word', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 1).click();
    await page.keyboard.press('Control+End');
    await expect.poll(() => focused(page)).toBe('1239:7');
    await paste(page, 'a\tb\nc\td');
    await expect
      .poll(() => said(page).textContent())
      .toBe('1 cell pasted; 3 reached beyond the last row or column.');
  });

  test('one text over a chosen block fills all of it; Delete empties it; Ctrl+C copies it', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 4).click();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    await page.getByText('4 cells chosen').waitFor();
    const copied = await page.evaluate(() => {
      const data = new DataTransfer();
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true }),
      );
      return data.getData('text/plain');
    });
    expect(copied).toBe('Mr. Chen\t1\r\nMs. Okafor\t2');
    await paste(page, 'x');
    await expect.poll(() => cell(page, 1, 5).textContent()).toContain('x Changed; in the file: 2.');
    await page.keyboard.press('Delete');
    await expect.poll(() => cell(page, 0, 5).textContent()).toContain('Changed; in the file: 1.');
    await page.keyboard.press('Control+z');
    await expect.poll(() => cell(page, 1, 5).textContent()).toContain('x Changed');
  });

  test('a row is left out, stays to be seen, and is taken back', async () => {
    const page = await open(STUDENTS);
    await cell(page, 16, 2).click();
    await page.getByRole('button', { name: 'Leave this row out' }).click();
    await expect.poll(() => said(page).textContent()).toBe('Leave out row 17');
    expect(await cell(page, 16, 0).textContent()).toBe('17 Left out.');
    expect(await cell(page, 16, 1).evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe(
      'line-through',
    );
    await page.getByText('29 problems').waitFor();
    await cell(page, 16, 0).click();
    await page.getByRole('button', { name: 'Take this row back' }).click();
    await page.getByText('30 problems').waitFor();
  });

  test('while a load runs nothing can be changed', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-locked' });
    await cell(page, 16, 2).click();
    await page.keyboard.type('4');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Control+Delete');
    expect(await page.getByRole('textbox', { name: /edit$/ }).count()).toBe(0);
    expect(await cell(page, 16, 2).textContent()).toContain('Grade 4');
    expect(await page.getByRole('grid').getAttribute('aria-readonly')).toBe('true');
  });

  test('a line break in a cell survives its edit, Alt+Enter makes one', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 4).click();
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.keyboard.press('Alt+Enter');
    await page.keyboard.type('(new)');
    await page.keyboard.press('Enter');
    await expect.poll(() => cell(page, 0, 4).textContent()).toContain('Mr. Chen ⏎ (new)');
  });
});
