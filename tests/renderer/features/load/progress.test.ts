import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { FAKE_DRAFT_ID } from '../../page/fake-draft.ts';
import { LOAD_ID, NO_CREDIT } from '../../page/fake-loads.ts';
import { come, comeToEmbedding, comeToWriting, happen, tellGap } from '../../page/tell.ts';

const running = { scenario: 'load-running', place: `/history/${LOAD_ID}` };
const ofDraft = { scenario: 'review', place: `/load/${FAKE_DRAFT_ID}/loads/${LOAD_ID}` };
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const step = (page: Page, name: string) =>
  page.getByRole('list', { name: 'Steps of the load' }).getByRole('listitem').filter({ hasText: name });
const follows = (page: Page) => button(page, 'Stop…').waitFor();

describeWithPage('a load that runs', (open) => {
  test('shows a page that opens in the middle what it waits for and what went wrong', async () => {
    const page = await open({ ...running, scenario: 'load-running-waits' });
    await page.getByText('Waiting for the embedding service').waitFor();
    await page.getByText('The embedding service asks us to send less at a time.').waitFor();
    expect(await step(page, 'Write the rows').innerText()).toContain('done');
    expect(await step(page, 'Embed').innerText()).toContain('waiting');
    expect(await page.getByText('Since this page was opened').count()).toBe(0);
    await page.getByText('A problem so far').waitFor();
    await page.getByText('The account with the embedding service has no credit left').first().waitFor();
    await come(page, 'embed', 700, 1_249);
    await page.getByText('Waiting for the embedding service').waitFor({ state: 'detached' });
    expect(await page.getByText('A problem so far').count()).toBe(1);
  });

  test('shows each step with what is done of it, its pace and the time left', async () => {
    const page = await open(running);
    await follows(page);
    await comeToWriting(page);
    await step(page, 'Check the files').getByText('1.9 s').waitFor();
    await step(page, 'Write the rows').getByText('4,500 of 11,111 rows').waitFor();
    expect(await step(page, 'Write the rows').getByRole('progressbar').getAttribute('aria-valuenow')).toMatch(
      /^40/,
    );
    expect(await step(page, 'Embed').innerText()).toContain('to come');
    await page.waitForTimeout(2_200);
    await come(page, 'commit', 8_900, 11_111);
    await step(page, 'Write the rows')
      .getByText(/rows a second · a few seconds left/)
      .waitFor();
  });

  test('a page that opens in the middle shows the step that it hears of', async () => {
    const page = await open(running);
    await page.getByText('Since this page was opened the load has not told how far it is.').waitFor();
    await come(page, 'embed', 700, 1_249);
    await step(page, 'Embed').getByText('700 of 1,249 texts').waitFor();
    expect(await step(page, 'Write the rows').innerText()).toContain('done');
  });

  test('a wait is told with its reason and its end, and is gone once the step moves', async () => {
    const page = await open(running);
    await follows(page);
    await comeToEmbedding(page);
    await happen(page, {
      kind: 'waiting',
      step: 'embed',
      reason: 'The embedding service asks us to send less at a time.',
      untilMs: Date.now() + 42_000,
    });
    const banner = page.getByText(/^Waiting for the embedding service until \d+:\d\d:\d\d [AP]M \(4\d s\)$/);
    await banner.waitFor();
    expect(await step(page, 'Embed').innerText()).toContain('waiting');
    await come(page, 'embed', 410, 1_249);
    await banner.waitFor({ state: 'detached' });
  });

  test('another load’s turn is waited for without an end', async () => {
    const page = await open(running);
    await follows(page);
    await happen(page, {
      kind: 'waiting',
      step: 'commit',
      reason: 'Load 4f21aa07 is writing to the same tables.',
      untilMs: null,
    });
    await page.getByText('Waiting for its turn').waitFor();
  });

  test('problems stand there as they come', async () => {
    const page = await open(running);
    await follows(page);
    await comeToEmbedding(page);
    await happen(page, { kind: 'problem', step: 'embed', error: NO_CREDIT });
    await page.getByText('A problem so far').waitFor();
    await page.getByRole('main').getByText(NO_CREDIT.message).waitFor();
  });

  test('steps and quarters are read aloud, each percent is not', async () => {
    const page = await open(running);
    await follows(page);
    await comeToWriting(page);
    const aloud = page.locator('.load-running > [role="status"]').first();
    await expect.poll(() => aloud.innerText()).toBe('Write the rows: 25 %');
    await come(page, 'commit', 5_500, 11_111);
    expect(await aloud.innerText()).toBe('Write the rows: 25 %');
    await come(page, 'commit', 5_600, 11_111);
    await expect.poll(() => aloud.innerText()).toBe('Write the rows: 50 %');
  });

  test('Stop asks once, says what is kept, and leads to a report from which it can be resumed', async () => {
    const page = await open(running);
    await follows(page);
    await comeToWriting(page);
    await button(page, 'Stop…').click();
    await page.getByRole('alertdialog').getByText('What is whole is kept').waitFor();
    await button(page, 'Stop the load').click();
    await page.getByText('Stopping after the part in hand…').first().waitFor();
    await happen(page, { kind: 'load-finished', status: 'stopped', ms: 1 });
    await page.getByRole('main').getByText('The load was stopped').waitFor();
    await button(page, 'Resume').click();
    await follows(page);
  });

  test('Let it run changes nothing', async () => {
    const page = await open(running);
    await button(page, 'Stop…').click();
    await button(page, 'Let it run').click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    await follows(page);
  });

  test('after a gap the page asks how the load stands: one that has ended meanwhile is a report', async () => {
    const page = await open(running);
    await follows(page);
    await comeToWriting(page);
    await tellGap(page, 'loads.happened', LOAD_ID);
    await step(page, 'Write the rows').getByText('4,500 of 11,111 rows').waitFor();
    await button(page, 'Stop…').click();
    await button(page, 'Stop the load').click();
    await tellGap(page, 'loads.happened', LOAD_ID);
    await page.getByRole('main').getByText('The load was stopped').waitFor();
  });

  test('a load that was cut off says so, and can be resumed here', async () => {
    const page = await open({ ...running, scenario: 'load-cut-off' });
    await page.getByText('This load was cut off').waitFor();
    await button(page, 'Resume it here').click();
    await follows(page);
  });
});

describeWithPage('the report of a load', (open) => {
  test('tells the rows of each file, embeddings, index, events and times', async () => {
    const page = await open(ofDraft);
    const report = page.getByRole('article', { name: 'Report of the load' });
    await report.getByText('Partly loaded').waitFor();
    const books = report.getByRole('row', { name: /books\.csv/ });
    expect(await books.getByRole('cell').allInnerTexts()).toEqual([
      '9,886',
      '1,204',
      '57',
      '8,610',
      '12',
      '3',
      '41',
    ]);
    for (const words of [
      '1,249 texts embedded with text-embedding-3-small',
      '9,874 books can be found',
      '2,501 sent',
      '1 min 14 s',
    ])
      await report.getByText(words).waitFor();
  });

  test('rejected rows lead back to their file', async () => {
    const page = await open(ofDraft);
    await button(page, 'Mend them now').click();
    await expect.poll(() => new URL(page.url()).hash).toBe(`#/load/${FAKE_DRAFT_ID}/files/0`);
  });

  test('rejected rows are fetched piece by piece and saved whole', async () => {
    const page = await open(ofDraft);
    await button(page, 'Save as a file: the rejected rows of books.csv').click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV, with the reasons' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('books-rejected.csv');
    expect(await readFile(await download.path(), 'utf8')).toBe('reason,book_id,title\nno title,B-1,\n');
    await page.getByText('books-rejected.csv is saved.').waitFor();
  });

  test('is saved as text and for programs', async () => {
    const page = await open(ofDraft);
    await button(page, 'Save').first().waitFor();
    const save = async (item: string): Promise<string> => {
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      return `${download.suggestedFilename()}\n${await readFile(await download.path(), 'utf8')}`;
    };
    expect(await save('As text (.txt)')).toMatch(/^load-0d3c9a52\.txt\nPartly loaded\n/);
    const [name, ...json] = (await save('For programs (.json)')).split('\n');
    expect(name).toBe('load-0d3c9a52.json');
    expect(JSON.parse(json.join('\n'))).toMatchObject({ load: { loadId: LOAD_ID, status: 'partial' } });
  });

  test('on paper there is the report and nothing around it', async () => {
    const page = await open(ofDraft);
    await page.getByRole('article', { name: 'Report of the load' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText('2,501 rows were written into Lincoln Elementary.').isVisible()).toBe(true);
    expect(await page.getByRole('navigation').isVisible()).toBe(false);
    expect(await button(page, 'Print').isVisible()).toBe(false);
    expect(await button(page, 'Mend them now').isVisible()).toBe(false);
  });

  test('a failed load says why, what was kept, and can be resumed', async () => {
    const page = await open({ scenario: 'load-failed', place: `/history/${LOAD_ID}` });
    await page.getByRole('main').getByText('The load has failed').waitFor();
    await page.getByText('The database server db.lincoln.example does not answer.').waitFor();
    await page.getByText('820 waiting to be sent').waitFor();
    expect(await button(page, 'Resume').isVisible()).toBe(true);
  });
});
