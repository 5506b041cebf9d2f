import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { gridTexts } from '../../../renderer/texts/grid.ts';
import { issueTitles } from '../../../renderer/texts/grid-issues.ts';
import { reportTexts } from '../../../renderer/texts/report.ts';
import { amount } from '../../../shared/amounts.ts';
import type { IssueCode } from '../../../shared/records/types.ts';
import { group, type Hand, type Problem } from './hand.ts';

/* Steps on the load screen, and what it shows, for whichever hand takes them in whichever door. */

export async function openFile(page: Page, hand: Hand, name: string): Promise<void> {
  await hand.press(page.locator('.file-list').getByRole('button', { name, exact: true }));
  await page.getByRole('heading', { name, level: 2, exact: true }).waitFor();
}

/** The sandbox is made when it is first asked, which a busy machine takes its time for. */
const CHECK_MS = 60_000;
const LOAD_MS = 60_000;

/** Waits until every file is checked, and as many rows are ready to be loaded. */
export async function waitForReady(page: Page, rows: number): Promise<void> {
  await page
    .locator('.draft-sums')
    .getByText(`${rows} ready`, { exact: true })
    .waitFor({ timeout: CHECK_MS });
}

/** Codes of all problems that the list beside the rows has for a file. */
export async function codesOf(page: Page, hand: Hand, file: string): Promise<IssueCode[]> {
  await openFile(page, hand, file);
  const titles = await page.locator('.grid-panel .grid-group-name b').allTextContents();
  return titles.map((title) => {
    const found = Object.entries(issueTitles).find(([, words]) => words === title);
    if (found === undefined) throw new Error(`No problem is called “${title}”.`);
    return found[0] as IssueCode;
  });
}

/** Says once how the dates of the file are written. */
export async function monthFirst(page: Page, hand: Hand): Promise<void> {
  await hand.press(page.getByRole('button', { name: /^Month first/ }));
  await page.getByText('A question about its dates').waitFor({ state: 'detached' });
  // Its list of problems is of before until the file has been read anew.
  await page
    .locator('.draft-sums')
    .getByText(/ ready$/)
    .waitFor();
}

export async function chooseTarget(page: Page, hand: Hand, profile: string): Promise<void> {
  await hand.pick(page.getByRole('button', { name: 'Choose another target' }), profile);
  await page.locator('.target').getByText(profile, { exact: true }).waitFor();
}

/** The suggestion for all alike. `count`: cases in the list; `cells`: those that have one; `rule`: to be kept. */
export async function fixAll(
  page: Page,
  hand: Hand,
  wish: Pick<Problem, 'title' | 'heading'> & { count: number; cells: number; rule?: string },
): Promise<void> {
  await hand.press(group(page, wish).getByRole('button', { name: gridTexts.issues.suggestion(wish.count) }));
  const dialog = page.getByRole('dialog');
  if (wish.rule !== undefined) {
    await hand.press(dialog.locator('label').filter({ hasText: 'Remember this for the next files' }));
    await dialog.getByText(wish.rule).waitFor();
  }
  await hand.press(dialog.getByRole('button', { name: `Change ${amount(wish.cells, 'cell')}` }));
  await dialog.waitFor({ state: 'detached' });
  await group(page, wish)
    .getByRole('button', { name: /^Fix (all|it)/ })
    .waitFor({ state: 'detached' });
}

/** At the one case of its kind: afterwards the list has no such kind. */
export async function mendAt(
  page: Page,
  hand: Hand,
  problem: Problem,
  mend: () => Promise<void>,
): Promise<void> {
  await hand.goTo(problem);
  await mend();
  await group(page, problem).waitFor({ state: 'detached' });
}

/** The numbers of a table, row by row: the file's name, then the figures. */
export async function figuresOf(page: Page, table: string): Promise<Record<string, number[]>> {
  const rows = await page.locator(`${table} tbody tr`).evaluateAll((found) =>
    found.map((row) => ({
      name:
        row.querySelector('th .review-file')?.textContent ?? row.querySelector('th')?.firstChild?.textContent,
      figures: [...row.querySelectorAll('td')].map((cell) => Number(cell.textContent?.replaceAll(',', ''))),
    })),
  );
  return Object.fromEntries(rows.map(({ name, figures }) => [name?.trim() ?? '', figures]));
}

/** New, changed, unchanged, rejected and left out, by file. */
export async function review(page: Page, hand: Hand): Promise<Record<string, number[]>> {
  await hand.press(page.getByRole('button', { name: 'Review', exact: true }));
  await page.locator('.review-table').waitFor();
  return figuresOf(page, '.review-table');
}

/** Presses the button of that name, and types what is asked for then; null: nothing is. */
export async function beginLoad(page: Page, hand: Hand, button: string, typed: string | null): Promise<void> {
  await hand.press(page.getByRole('button', { name: button }));
  if (typed === null) return;
  const asks = page.getByRole('alertdialog');
  await hand.fill(asks.getByLabel(`Type “${typed}” to load into it`), typed);
  await hand.press(asks.getByRole('button', { name: button }));
}

/** Waits for the report of a load: rows, new, changed, unchanged, rejected, left out and warnings, by file. */
export async function reportOf(page: Page): Promise<Record<string, number[]>> {
  await page.getByRole('article', { name: 'Report of the load' }).waitFor({ timeout: LOAD_MS });
  return figuresOf(page, '.load-report-files');
}

/** Saves the rejected rows of a file from the report, and gives where they are. */
export async function saveRejected(
  page: Page,
  hand: Hand,
  { file, format, folder }: { file: string; format: 'workbook' | 'CSV'; folder: string },
): Promise<string> {
  const { saveNamed, workbook, csv } = reportTexts.rejectedRows;
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    hand.pick(page.getByRole('button', { name: saveNamed(file) }), format === 'workbook' ? workbook : csv),
  ]);
  const path = join(folder, saved.suggestedFilename());
  await saved.saveAs(path);
  return path;
}
