import type { Page } from 'playwright-core';
import { dragFiles } from './dragging.ts';
import { DRAFT_PLACE } from './load-scenarios.ts';
import type { View } from './view.ts';

const button = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).first().click();
};
const dialog = (page: Page) => page.getByRole('dialog').waitFor();
const file = (no: number) => `${DRAFT_PLACE}/files/${no}`;

async function sheet(page: Page, name: string): Promise<void> {
  await button(name)(page);
  await dialog(page);
  await page.getByText(/Reading the|Looking for/).waitFor({ state: 'detached' });
}

async function moreOf(page: Page, item: string): Promise<void> {
  await button('More to do with these files')(page);
  await page.getByRole('menuitem', { name: item }).click();
}

/** Every state of the load screen's frame. */
export const LOAD_VIEWS: readonly View[] = [
  { name: 'load', scenario: 'full', place: '/load' },
  { name: 'load-left-open', scenario: 'left', place: '/load' },
  { name: 'load-discard-left', scenario: 'left', place: '/load', steps: button(/^Discard books/) },
  {
    name: 'load-dragging',
    scenario: 'full',
    place: '/load',
    steps: (page) => dragFiles(page, ['a.csv'], false),
  },
  {
    name: 'load-refused',
    scenario: 'full',
    place: '/load',
    async steps(page) {
      await dragFiles(page, ['Newsletter.pdf', 'Photo of the library.jpg'], true);
      await page.getByText('2 files could not be taken').waitFor();
    },
  },
  {
    name: 'load-paste',
    scenario: 'full',
    place: '/load',
    async steps(page) {
      await button('Paste from a spreadsheet…')(page);
      await page.getByRole('button', { name: 'Open these cells' }).click();
    },
  },
  { name: 'load-opening', scenario: 'opening-files', place: DRAFT_PLACE },
  { name: 'load-opening-file', scenario: 'opening-files', place: file(2) },
  { name: 'load-term', scenario: 'term', place: DRAFT_PLACE },
  { name: 'load-rules-applied', scenario: 'term', place: file(1) },
  {
    name: 'load-rules-list',
    scenario: 'term',
    place: file(1),
    async steps(page) {
      await page.getByRole('button', { name: /What you taught/ }).click();
      await dialog(page);
    },
  },
  {
    name: 'load-dates',
    scenario: 'term',
    place: file(2),
    async steps(page) {
      await page.getByText('Is 10/4/2026').waitFor();
    },
  },
  { name: 'load-clean', scenario: 'clean', place: DRAFT_PLACE },
  { name: 'load-failed', scenario: 'failed-files', place: file(1) },
  { name: 'load-unknown-type', scenario: 'failed-files', place: file(2) },
  { name: 'load-in-load', scenario: 'in-load', place: DRAFT_PLACE },
  { name: 'load-unanswered', scenario: 'unanswered', place: DRAFT_PLACE },
  { name: 'load-unreadable', scenario: 'unreadable', place: DRAFT_PLACE },
  { name: 'load-gone', scenario: 'term', place: '/load/6a0f6e5a-3c52-4a1e-9c60-0d5f3c1f2bff' },
  { name: 'load-columns', scenario: 'term', place: file(1), steps: (page) => sheet(page, 'Match columns') },
  {
    name: 'load-columns-open',
    scenario: 'term',
    place: DRAFT_PLACE,
    async steps(page) {
      await sheet(page, 'Match columns');
      await page.getByRole('button', { name: /Where the author comes from/ }).click();
      await page.getByRole('listbox').waitFor();
    },
  },
  {
    name: 'load-columns-missing',
    scenario: 'failed-files',
    place: file(1),
    async steps(page) {
      await sheet(page, 'Match columns…');
      await page.getByRole('button', { name: /Where the age comes from/ }).click();
      await page.getByRole('option', { name: /Worked out from a birth date/ }).click();
      await page.getByRole('button', { name: 'Use these columns' }).click();
    },
  },
  {
    name: 'load-reading',
    scenario: 'guessed',
    place: DRAFT_PLACE,
    async steps(page) {
      await sheet(page, 'Reading');
      await page.getByText('Núñez').last().waitFor();
    },
  },
  {
    name: 'load-lose-edits',
    scenario: 'guessed',
    place: DRAFT_PLACE,
    async steps(page) {
      await sheet(page, 'Reading');
      await page.getByText('Is a record already').click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'load-doctor', scenario: 'term', place: DRAFT_PLACE, steps: (page) => sheet(page, 'Damage 3') },
  { name: 'load-healthy', scenario: 'clean', place: DRAFT_PLACE, steps: (page) => page.keyboard.press('d') },
  {
    name: 'load-rules',
    scenario: 'term',
    place: DRAFT_PLACE,
    async steps(page) {
      await moreOf(page, 'What Accession has learnt…');
      await page.getByText('Taught').first().waitFor();
    },
  },
  {
    name: 'load-rules-none',
    scenario: 'full',
    place: '/load',
    steps: (page) => sheet(page, 'What Accession has learnt…'),
  },
  {
    name: 'load-discard',
    scenario: 'term',
    place: DRAFT_PLACE,
    steps: (page) => moreOf(page, 'Discard these files…'),
  },
  {
    name: 'load-remove-file',
    scenario: 'term',
    place: DRAFT_PLACE,
    async steps(page) {
      await button('More to do with books.csv')(page);
      await page.getByRole('menuitem', { name: 'Remove this file…' }).click();
    },
  },
  {
    name: 'load-target',
    scenario: 'term',
    place: DRAFT_PLACE,
    async steps(page) {
      await page.getByRole('button', { name: /Choose another target/ }).click();
      await page.getByRole('menuitemradio', { name: 'Training' }).waitFor();
    },
  },
  {
    name: 'load-merged',
    scenario: 'term',
    place: DRAFT_PLACE,
    async steps(page) {
      await dragFiles(page, ['students rejected.xlsx', 'notes.pdf'], true);
      await page.getByText('merged into students.csv').waitFor();
    },
  },
];
