import type { Page } from 'playwright-core';
import type { View } from './view.ts';

// Low windows: axe compares the colours of every cell, which takes its time.
const SIZE = { place: '/load', width: 1200, height: 600 } as const;

const cell = (page: Page, place: number, column: number) =>
  page.locator(`[data-place="${place}"] > [data-column="${column}"]`);
const note = (page: Page) => page.locator('.grid-note').waitFor();

async function fromPanel(page: Page, name: string | RegExp): Promise<void> {
  const panel = page.getByRole('region', { name: 'List of problems' });
  if ((await panel.count()) === 0) await page.getByRole('button', { name: 'Problems', exact: true }).click();
  await panel.getByRole('button', { name }).first().click();
}

/** Every state of the grid in which files are looked at and mended. */
export const GRID_VIEWS: readonly View[] = [
  { ...SIZE, name: 'grid-clean', scenario: 'grid-clean', steps: (page) => cell(page, 0, 1).click() },
  {
    ...SIZE,
    name: 'grid-problems',
    scenario: 'grid-problems',
    async steps(page) {
      await cell(page, 15, 3).click();
      await page.getByText('18 problems').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-message',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, 0, 1).click();
      await page.keyboard.press('F8');
      await page.keyboard.press('F8');
      await page.getByRole('button', { name: /alike/ }).waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-editing',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, 4, 3).click();
      await page.keyboard.press('Enter');
      await note(page);
    },
  },
  {
    ...SIZE,
    name: 'grid-edited',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, 4, 3).click();
      await page.keyboard.type('7');
      await page.keyboard.press('Enter');
      await page.getByText('now in order').waitFor();
      await cell(page, 7, 3).click();
      await page.keyboard.press('Control+Delete');
      await page.getByText('Leave out row 8').waitFor();
      await cell(page, 10, 2).click();
      await cell(page, 13, 4).click({ modifiers: ['Shift'] });
      await cell(page, 4, 3).hover();
      await note(page);
    },
  },
  {
    ...SIZE,
    name: 'grid-apply',
    scenario: 'grid-students',
    async steps(page) {
      await fromPanel(page, 'Fix all 13…');
      await page.getByText('will be changed').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-apply-from-cell',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, 16, 2).click();
      await page.getByRole('button', { name: /alike/ }).click();
      await page.getByText('will be changed').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-leave-out',
    scenario: 'grid-students',
    async steps(page) {
      await fromPanel(page, 'More for: Missing in Homeroom');
      await page.getByRole('menuitem', { name: 'Leave all these rows out…' }).click();
      await page.getByText('will be left out').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-replace',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, 0, 4).click();
      await page.keyboard.press('Control+h');
      await page.getByLabel('Find', { exact: true }).fill('Ms.');
      await page.getByLabel('Replace with').fill('Mrs.');
      await page.getByText('will be changed').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-filtered',
    scenario: 'grid-students',
    async steps(page) {
      await fromPanel(page, /^Error: Not a number in Grade/);
      await page.getByText('13 rows of').waitFor();
      await cell(page, 0, 2).click();
      await page.keyboard.press('Control+.');
      await page.getByText('now in order').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-nothing-to-fix',
    scenario: 'grid-clean',
    async steps(page) {
      await page.getByRole('button', { name: /Rows shown/ }).click();
      await page.getByRole('menuitemradio', { name: /With errors/ }).click();
      await page.locator('.grid-empty').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-filter-menu',
    scenario: 'grid-students',
    async steps(page) {
      await page.getByRole('button', { name: /Rows shown/ }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-column-menu',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, -1, 2).click();
      await page.keyboard.press('Enter');
      await page.getByRole('menu').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-cell-menu',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, 3, 2).click({ button: 'right' });
      await page.getByRole('menu').waitFor();
    },
  },
  {
    ...SIZE,
    name: 'grid-columns',
    scenario: 'grid-students',
    async steps(page) {
      await cell(page, 0, 1).waitFor();
      await page.getByRole('button', { name: 'Columns' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Prior score' }).click();
    },
  },
  {
    ...SIZE,
    name: 'grid-loading',
    scenario: 'grid-loading',
    steps: (page) => page.locator('.grid-row-waiting').first().waitFor(),
  },
  {
    ...SIZE,
    name: 'grid-refused',
    scenario: 'grid-refuses',
    async steps(page) {
      await cell(page, 16, 2).click();
      await page.keyboard.type('4');
      await page.keyboard.press('Enter');
      await page.getByRole('alert').waitFor();
    },
  },
];
