import type { Page } from 'playwright-core';
import { LOAD_ID } from './fake-loads.ts';
import { DRAFT_PLACE } from './load-scenarios.ts';
import { come, comeToEmbedding, comeToWriting, happen } from './tell.ts';
import type { View } from './view.ts';

const place = `/history/${LOAD_ID}`;
const ofDraft = `${DRAFT_PLACE}/loads/${LOAD_ID}`;

async function writing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Stop…' }).waitFor();
  await comeToWriting(page);
  await page.waitForTimeout(2_300);
  await come(page, 'commit', 7_300, 11_111);
}

async function waiting(page: Page, step: 'commit' | 'embed' | 'publish', reason: string, ms: number | null) {
  await page.getByRole('button', { name: 'Stop…' }).waitFor();
  await comeToEmbedding(page);
  await happen(page, {
    kind: 'waiting',
    step,
    reason,
    untilMs: ms === null ? null : Date.now() + ms,
  });
}

/** Every state of a load that runs or has run, and of the list of them. */
export const REPORT_VIEWS: readonly View[] = [
  { name: 'running-unheard', scenario: 'load-running', place },
  { name: 'running-writing', scenario: 'load-running', place, steps: writing },
  {
    name: 'running-checking',
    scenario: 'load-running',
    place,
    async steps(page) {
      await page.getByRole('button', { name: 'Stop…' }).waitFor();
      await happen(page, { kind: 'load-started', correlationId: 'c-1', files: 2 });
      await happen(page, {
        kind: 'step-started',
        step: 'check',
        file: 'books.csv',
        total: 3_400_000,
        unit: 'bytes',
      });
      await come(page, 'check', 1_100_000, 3_400_000, 'books.csv');
    },
  },
  {
    name: 'running-joined-late',
    scenario: 'load-running',
    place,
    async steps(page) {
      await page.getByRole('button', { name: 'Stop…' }).waitFor();
      await come(page, 'embed', 700, 1_249);
    },
  },
  { name: 'running-joined-waiting', scenario: 'load-running-waits', place },
  {
    name: 'running-waiting-openai',
    scenario: 'load-running',
    place,
    steps: (page) => waiting(page, 'embed', 'The embedding service asks us to send less at a time.', 42_000),
  },
  {
    name: 'running-waiting-broker',
    scenario: 'load-running',
    place,
    steps: (page) =>
      waiting(page, 'publish', 'The message broker kafka-1.lincoln.example does not answer.', 480_000),
  },
  {
    name: 'running-waiting-turn',
    scenario: 'load-running',
    place,
    steps: (page) =>
      waiting(
        page,
        'commit',
        'Load 4f21aa07, started at 2026-11-25T13:31:09.000Z, is writing to the same tables. This load goes on when that one has finished.',
        null,
      ),
  },
  {
    name: 'running-problem',
    scenario: 'load-running',
    place,
    async steps(page) {
      await writing(page);
      await happen(page, {
        kind: 'problem',
        step: 'embed',
        error: {
          code: 'embedding.quota',
          message: 'The account with the embedding service has no credit left, or has been closed.',
          hint: 'Ask whoever pays for it, then resume the load: what was embedded is kept.',
          retryable: false,
        },
      });
    },
  },
  {
    name: 'running-stop',
    scenario: 'load-running',
    place,
    async steps(page) {
      await writing(page);
      await page.getByRole('button', { name: 'Stop…' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'running-stopping',
    scenario: 'load-running',
    place,
    async steps(page) {
      await writing(page);
      await page.getByRole('button', { name: 'Stop…' }).click();
      await page.getByRole('button', { name: 'Stop the load' }).click();
    },
  },
  { name: 'running-cut-off', scenario: 'load-cut-off', place },
  { name: 'report-loaded', scenario: 'load-loaded', place },
  { name: 'report-partial', scenario: 'review', place: ofDraft },
  {
    name: 'report-save-rejected',
    scenario: 'review',
    place: ofDraft,
    async steps(page) {
      await page.getByRole('button', { name: 'Save as a file: the rejected rows of books.csv' }).click();
      await page.getByRole('menu').waitFor();
    },
  },
  { name: 'report-failed', scenario: 'load-failed', place },
  { name: 'report-stopped', scenario: 'load-stopped', place },
  { name: 'report-unreached', scenario: 'history-failed', place },
  { name: 'history', scenario: 'history', place: '/history' },
  {
    name: 'history-running',
    scenario: 'history-running',
    place: '/history',
    async steps(page) {
      await page.getByRole('heading', { name: 'Running now' }).waitFor();
      await comeToEmbedding(page);
    },
  },
  { name: 'history-empty', scenario: 'full', place: '/history' },
  { name: 'history-failed', scenario: 'history-failed', place: '/history' },
  { name: 'history-reading', scenario: 'history-reading', place: '/history' },
];
