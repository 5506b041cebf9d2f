import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { FAKE_DRAFT_ID } from '../../page/fake-draft.ts';
import { LOAD_ID } from '../../page/fake-loads.ts';
import { tabTo } from '../../page/keys.ts';

const place = `/load/${FAKE_DRAFT_ID}/review`;
const at = (scenario: string) => ({ scenario, place });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const loads = (page: Page) => page.evaluate(() => document.body.dataset.loads);
const addressOf = (page: Page) => new URL(page.url()).hash;
const LOAD_WORDS = 'Load 2,501 rows into Lincoln Elementary – production';

describeWithPage('the review', (open) => {
  test('each file has its numbers, the columns that change, and all files their sum', async () => {
    const page = await open(at('review'));
    const books = page.getByRole('row', { name: /books\.csv/ });
    await books.waitFor();
    expect(await books.getByRole('cell').allInnerTexts()).toEqual(['1,204', '57', '8,610', '12', '3']);
    await books.getByText('What changes: Description 41 · Reading level 19 · Genre 4').waitFor();
    const all = page.getByRole('row', { name: /All files/ });
    expect(await all.getByRole('cell').allInnerTexts()).toEqual(['1,290', '1,211', '8,610', '12', '3']);
    await page.getByText('sends 261,440 tokens to text-embedding-3-small, costs less than $0.01').waitFor();
    await page.getByText('Not written: 8,610 unchanged, 12 rejected, 3 left out.').waitFor();
  });

  test('a number opens its rows, field by field from old to new, down to the last', async () => {
    const page = await open(at('review'));
    await button(page, /^1,154 changed in students\.csv/).click();
    const grid = page.getByRole('grid', { name: /1,154 changed students/ });
    expect(await grid.getAttribute('aria-rowcount')).toBe('1155');
    const first = grid.getByRole('row').nth(1);
    await expect.poll(() => first.innerText()).toMatch(/S-10003[\s\S]*Grade level 1[\s\S]*2/);
    expect(await grid.getByRole('row').count()).toBeLessThan(12);
    await page.keyboard.press('End');
    const detail = page.getByRole('table', { name: 'Row 8,074, S-18074' });
    await detail.waitFor();
    expect(await detail.getByRole('row').nth(1).getByRole('cell').allInnerTexts()).toEqual(['2', '3']);
    expect(await detail.getByRole('row').nth(2).getByRole('cell').allInnerTexts()).toEqual([
      'Ms. Alvarez',
      'Mr. Okafor',
    ]);
  });

  test('the rows take the focus; Escape closes them and gives it back to the number', async () => {
    const page = await open(at('review'));
    const number = button(page, /^57 changed in books\.csv/);
    await number.focus();
    await page.keyboard.press('Enter');
    const grid = page.getByRole('grid');
    await grid.getByText('B-20003').waitFor();
    expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('table', { name: /Row 10, B-20010/ }).waitFor();
    const active = await grid.getAttribute('aria-activedescendant');
    expect(await page.locator(`[id="${active}"]`).innerText()).toContain('B-20010');
    await page.keyboard.press('Escape');
    await grid.waitFor({ state: 'detached' });
    expect(await number.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test('rejected rows lead back to the grid of their file', async () => {
    const page = await open(at('review'));
    await button(page, /^12 rejected in books\.csv/).click();
    await button(page, 'Mend them in the grid').click();
    await expect.poll(() => addressOf(page)).toBe(`#/load/${FAKE_DRAFT_ID}/files/0`);
  });

  test('above the threshold production is loaded only after its name was typed', async () => {
    const page = await open(at('review'));
    await button(page, LOAD_WORDS).click();
    const dialog = page.getByRole('alertdialog');
    await dialog.getByText('books.csv: 1,204 books new, 57 books changed').waitFor();
    const confirm = dialog.getByRole('button', { name: LOAD_WORDS });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('Type “Lincoln Elementary”').fill('Lincoln');
    await page.keyboard.press('Enter');
    expect(await confirm.isDisabled()).toBe(true);
    expect(await loads(page)).toBeUndefined();
    await dialog.getByLabel('Type “Lincoln Elementary”').fill(' lincoln  elementary');
    await confirm.click();
    await expect.poll(() => addressOf(page)).toBe(`#/load/${FAKE_DRAFT_ID}/loads/${LOAD_ID}`);
    expect(await loads(page)).toBe('1');
    expect(await page.evaluate(() => document.body.dataset.confirmation)).toBe('Lincoln Elementary');
    await page.getByRole('heading', { name: 'Loading into Lincoln Elementary' }).waitFor();
  });

  test('alarms stand above the numbers, and again in the question', async () => {
    const page = await open(at('review-alarms'));
    const alarms = page.getByRole('region', { name: 'Look at these before you load' });
    await alarms.getByText('Usually 1,240 students; this file has 310.').waitFor();
    await alarms.getByText('The export may have been cut off').waitFor();
    await button(page, LOAD_WORDS).click();
    await page.getByRole('alertdialog').getByText('Usually 1,240 students; this file has 310.').waitFor();
    await button(page, 'Do not load').click();
    expect(await loads(page)).toBeUndefined();
  });

  test('where nothing has to be typed the button loads at once, and only once however often it is pressed', async () => {
    const page = await open(at('review-at-once'));
    const load = button(page, 'Load 143 rows into Training – sandbox');
    await load.waitFor();
    await load.evaluate((element) => {
      (element as HTMLElement).click();
      (element as HTMLElement).click();
      (element as HTMLElement).click();
    });
    await expect.poll(() => addressOf(page)).toBe(`#/load/${FAKE_DRAFT_ID}/loads/${LOAD_ID}`);
    expect(await loads(page)).toBe('1');
  });

  test('the built-in sandbox is called the same everywhere', async () => {
    const page = await open(at('review-sandbox'));
    await page.getByText('What loading would change in the built-in sandbox.').waitFor();
    await button(page, 'Load 2,501 rows into the built-in sandbox').click();
    const dialog = page.getByRole('alertdialog', { name: 'Load 2,501 rows into the built-in sandbox?' });
    await dialog.getByLabel('Type “Built-in sandbox” to load into it').fill('built-in sandbox');
    await dialog.getByRole('button', { name: 'Load 2,501 rows into the built-in sandbox' }).click();
    await page.getByRole('heading', { name: 'Loading into the built-in sandbox' }).waitFor();
    expect(await page.evaluate(() => document.body.dataset.confirmation)).toBe('sandbox');
    const report = await open({
      scenario: 'review-sandbox',
      place: `/load/${FAKE_DRAFT_ID}/loads/${LOAD_ID}`,
    });
    await report.getByText('2,501 rows were written into the built-in sandbox.').waitFor();
  });

  test('the local embedder costs nothing and matches words only', async () => {
    const page = await open(at('review-at-once'));
    await page.getByText('It costs nothing; search then matches words only').waitFor();
  });

  test('a forecast over the profile’s limit is a warning', async () => {
    const page = await open(at('review-costly'));
    await page.getByText('This is more than the profile’s spending limit').waitFor();
    await page.getByText('costs about $12.40 and takes about 2 hours').waitFor();
  });

  test.each([
    ['review-read-only', 'Lincoln Elementary is read-only', LOAD_WORDS],
    ['review-stale', 'Compare again first', LOAD_WORDS],
    ['review-nothing', 'Nothing to load: every row is in the database already', /^Load 0 rows/],
  ])('with %s the button is off, and says why', async (scenario, why, name) => {
    const page = await open(at(scenario));
    const load = button(page, name);
    await load.waitFor();
    expect(await load.isDisabled()).toBe(true);
    const describedBy = await load.getAttribute('aria-describedby');
    expect(await page.locator(`[id="${describedBy}"]`).innerText()).toContain(why);
  });

  test('all or nothing with rejected rows says what would stop everything', async () => {
    const page = await open(at('review'));
    await button(page, 'More options').click();
    await page.getByText('All or nothing', { exact: true }).click();
    await page.getByText('With “All or nothing”, 12 rejected rows would stop everything.').waitFor();
    expect(await button(page, LOAD_WORDS).isDisabled()).toBe(true);
  });

  test('comparing can be stopped and taken up again', async () => {
    const page = await open(at('review-comparing'));
    await page.getByText('Comparing with the database…').waitFor();
    await button(page, 'Stop comparing').click();
    await page.getByText('Not compared').waitFor();
    await button(page, 'Compare again').click();
    await page.getByText('Comparing with the database…').waitFor();
  });

  test('a database that does not answer is told in words, and can be tried again', async () => {
    const page = await open(at('review-failed'));
    const alert = page.getByRole('alert');
    await alert.getByText('The database server db.lincoln.example does not answer.').waitFor();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await alert.waitFor();
  });

  test('a load that is refused says why, and the button may be pressed again', async () => {
    const page = await open(at('review-refused'));
    await button(page, LOAD_WORDS).click();
    await page.getByRole('alert').getByText('This load has to be confirmed.').waitFor();
    expect(await button(page, LOAD_WORDS).isDisabled()).toBe(false);
  });

  test('the whole way is open to the keyboard alone', async () => {
    const page = await open(at('review'));
    const load = button(page, LOAD_WORDS);
    await load.waitFor();
    await tabTo(page, load);
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.type('Lincoln Elementary');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toBe(`#/load/${FAKE_DRAFT_ID}/loads/${LOAD_ID}`);
  });
});
