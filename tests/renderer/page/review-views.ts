import type { Page } from 'playwright-core';
import { DRAFT_PLACE } from './load-scenarios.ts';
import type { View } from './view.ts';

const place = `${DRAFT_PLACE}/review`;
const button = (name: string | RegExp) => async (page: Page) => {
  await page.getByRole('button', { name }).first().click();
};

async function rows(page: Page, name: RegExp): Promise<void> {
  await button(name)(page);
  await page
    .getByRole('grid')
    .getByText(/^[BS]-/)
    .first()
    .waitFor();
}

async function confirm(page: Page, typed: string): Promise<void> {
  await button(/^Load 2,501 rows/)(page);
  await page.getByLabel('Type “Lincoln Elementary”').fill(typed);
}

/** Every state of the review. */
export const REVIEW_VIEWS: readonly View[] = [
  { name: 'review', scenario: 'review', place },
  { name: 'review-comparing', scenario: 'review-comparing', place },
  { name: 'review-stopped', scenario: 'review-comparing', place, steps: button('Stop comparing') },
  { name: 'review-failed', scenario: 'review-failed', place },
  { name: 'review-stale', scenario: 'review-stale', place },
  { name: 'review-alarms', scenario: 'review-alarms', place },
  { name: 'review-at-once', scenario: 'review-at-once', place },
  { name: 'review-costly', scenario: 'review-costly', place },
  { name: 'review-nothing', scenario: 'review-nothing', place },
  { name: 'review-read-only', scenario: 'review-read-only', place },
  { name: 'review-changed-books', scenario: 'review', place, steps: (page) => rows(page, /^57 changed/) },
  {
    name: 'review-changed-students',
    scenario: 'review',
    place,
    steps: (page) => rows(page, /^1,154 changed/),
  },
  { name: 'review-new', scenario: 'review', place, steps: (page) => rows(page, /^1,204 new/) },
  { name: 'review-rejected', scenario: 'review', place, steps: (page) => rows(page, /^12 rejected/) },
  { name: 'review-rows-gone', scenario: 'review-rows-gone', place, steps: button(/^57 changed/) },
  {
    name: 'review-options',
    scenario: 'review',
    place,
    async steps(page) {
      await button('More options')(page);
      await page.getByText('All or nothing', { exact: true }).click();
    },
  },
  { name: 'review-confirm', scenario: 'review', place, steps: (page) => confirm(page, 'Lincoln') },
  {
    name: 'review-confirm-alarms',
    scenario: 'review-alarms',
    place,
    steps: (page) => confirm(page, 'lincoln elementary'),
  },
  {
    name: 'review-refused',
    scenario: 'review-refused',
    place,
    async steps(page) {
      await button(/^Load 2,501 rows/)(page);
      await page.getByText('The load was not started').waitFor();
    },
  },
];
