import { expect, test } from 'vitest';
import { describeWithPage } from '../../../page/describe-page.ts';
import { cell, focused } from './walking.ts';

const STUDENTS = { scenario: 'grid-students', place: '/load', width: 1280, height: 800 } as const;

describeWithPage('the grid to a screen reader and to the hand', (open) => {
  test('has its size, headings with what they are loaded as, and cells with what is wrong', async () => {
    const page = await open(STUDENTS);
    const grid = page.getByRole('grid', { name: 'Rows of students.csv' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('1241');
    expect(await grid.getAttribute('aria-colcount')).toBe('8');
    expect(await grid.getByRole('columnheader').allTextContents()).toEqual([
      'Row',
      'Student IDstudent id',
      'Gradegrade level',
      'Ageage',
      'Homeroomhomeroom teacher',
      'Prior scorenot loaded',
      'Lunchlunch period',
      'Lockernot loaded',
    ]);
    await grid
      .getByRole('gridcell', { name: 'Grade 4 Error: The grade level must be a number from 0' })
      .first()
      .waitFor();
    expect(await cell(page, 1, 3).textContent()).toBe('8.08 Loaded as 8.');
    expect(await page.getByRole('row', { name: /^17 / }).getAttribute('aria-rowindex')).toBe('18');
  });

  test('a cell that is not loaded as it is says what of it is', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-problems' });
    await cell(page, 15, 2).click();
    const note = page.getByRole('group', { name: 'About ISBN, row 16' });
    await note.getByRole('definition').waitFor();
    expect(await note.getByRole('definition').textContent()).toBe('blank');
  });

  test('is one stop of the Tab key, and the arrows lead through it and to the headings', async () => {
    const page = await open(STUDENTS);
    await cell(page, 2, 1).click();
    expect(await page.locator('.grid-scroller [tabindex="0"]').count()).toBe(1);
    await page.keyboard.press('ArrowLeft');
    expect(await focused(page)).toBe('2:0');
    await page.keyboard.press('End');
    await expect.poll(() => focused(page)).toBe('2:7');
    await page.keyboard.press('Home');
    await expect.poll(() => focused(page)).toBe('2:1');
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowUp');
    await expect.poll(() => focused(page)).toBe('-1:1');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('PageUp');
    expect(await page.locator('.grid-scroller [tabindex="0"]').count()).toBe(1);
  });

  test('columns are pinned, hidden and shown again from the keyboard', async () => {
    const page = await open(STUDENTS);
    await cell(page, 0, 4).click();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Pin at the left' }).click();
    const headings = () => page.getByRole('columnheader').locator('.grid-heading-text').allTextContents();
    await expect.poll(async () => (await headings())[1]).toBe('Homeroom');
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Grade' }).click();
    await page.keyboard.press('Escape');
    await expect.poll(headings).not.toContain('Grade');
    // A problem in a hidden column brings it back.
    await cell(page, 10, 1).click();
    await page.keyboard.press('F8');
    await expect.poll(headings).toContain('Grade');
  });

  test('a column is drawn wider with the mouse, and rows follow', async () => {
    const page = await open(STUDENTS);
    const width = async () => (await cell(page, 0, 2).boundingBox())?.width ?? 0;
    await cell(page, 0, 2).waitFor();
    await page.waitForTimeout(200);
    const before = await width();
    const edge = await page.locator('[data-place="-1"] > [data-column="2"] .grid-resize').boundingBox();
    if (edge === null) throw new Error('No handle.');
    await page.mouse.move(edge.x + 3, edge.y + 10);
    await page.mouse.down();
    await page.mouse.move(edge.x + 63, edge.y + 10, { steps: 4 });
    await page.mouse.up();
    expect(Math.round((await width()) - before)).toBe(60);
  });

  test('the pointer on a wrong cell shows its message, which stays while the pointer goes to it', async () => {
    const page = await open(STUDENTS);
    await cell(page, 16, 2).hover();
    const note = page.getByRole('group', { name: 'About Grade, row 17' });
    await note.waitFor();
    await note.hover();
    await page.waitForTimeout(400);
    expect(await note.isVisible()).toBe(true);
    await page.mouse.move(5, 5);
    await note.waitFor({ state: 'detached' });
  });

  test('a row not there yet is said to be loading', async () => {
    const page = await open({ ...STUDENTS, scenario: 'grid-loading' });
    await page.locator('.grid-row-waiting').first().waitFor();
    expect(await cell(page, 0, 0).textContent()).toBe('loading');
  });
});
