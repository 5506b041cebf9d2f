import type { Page } from 'playwright-core';
import { ENROLMENT_LINK } from './enrolment-link.ts';
import { GRID_VIEWS } from './grid-views.ts';
import { LOAD_VIEWS } from './load-views.ts';
import { REPORT_VIEWS } from './report-views.ts';
import { REVIEW_VIEWS } from './review-views.ts';
import { IDS } from './scenarios.ts';
import type { View } from './view.ts';

const press = (name: string) => async (page: Page) => {
  await page.getByRole('button', { name, exact: true }).click();
};

const profile = (section = 'general') => `/profiles/${IDS.lincoln}/${section}`;

const testConnection = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Test connection' }).first().click();
  await page.locator('.test-parts').waitFor();
};

/** Every screen, and every state that its design provides for. */
export const VIEWS: readonly View[] = [
  ...LOAD_VIEWS,
  ...GRID_VIEWS,
  ...REVIEW_VIEWS,
  ...REPORT_VIEWS,
  { name: 'search', scenario: 'full', place: '/search' },
  { name: 'events', scenario: 'full', place: '/events' },
  { name: 'health', scenario: 'test', place: '/health' },
  { name: 'unknown', scenario: 'full', place: '/nowhere' },
  { name: 'lost', scenario: 'lost', place: '/load' },
  { name: 'sign-out', scenario: 'full', place: '/history', steps: press('Sign out') },
  {
    name: 'signed-out',
    scenario: 'full',
    place: '/history',
    async steps(page) {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are no longer signed in.').waitFor();
    },
  },
  { name: 'shortcuts', scenario: 'full', place: '/load', steps: press('Keyboard shortcuts') },
  { name: 'profiles', scenario: 'full', place: '/profiles' },
  { name: 'profiles-empty', scenario: 'empty', place: '/profiles' },
  { name: 'profiles-loading', scenario: 'loading', place: '/profiles' },
  { name: 'profiles-failed', scenario: 'failed', place: '/profiles' },
  { name: 'profiles-unprotected', scenario: 'unprotected', place: '/profiles' },
  { name: 'profiles-no-store', scenario: 'no-store', place: '/profiles' },
  { name: 'new', scenario: 'full', place: '/profiles/new' },
  { name: 'new-by-hand', scenario: 'full', place: '/profiles/new/by-hand' },
  { name: 'new-sandbox', scenario: 'full', place: '/profiles/new/sandbox' },
  { name: 'new-env', scenario: 'full', place: '/profiles/new/env' },
  {
    name: 'new-env-done',
    scenario: 'full',
    place: '/profiles/new/env',
    async steps(page) {
      await page.getByLabel('Name', { exact: true }).fill('Roosevelt Middle');
      await page
        .getByLabel('Or paste its lines')
        .fill(
          'DB_URL=postgresql://loader:s3cret@db.example/library\nKAFKA_BROKERS=kafka.example:9092\nDEBUG=1',
        );
      await page.getByRole('button', { name: 'Import' }).click();
      await page.getByRole('link', { name: 'Open the profile' }).waitFor();
    },
  },
  { name: 'new-enrolment', scenario: 'full', place: '/profiles/new/enrolment' },
  { name: 'general', scenario: 'full', place: profile() },
  { name: 'general-test', scenario: 'full', place: `/profiles/${IDS.rehearsal}/general` },
  { name: 'postgres', scenario: 'full', place: profile('postgres') },
  { name: 'kafka', scenario: 'full', place: profile('kafka') },
  {
    name: 'kafka-unencrypted',
    scenario: 'full',
    place: profile('kafka'),
    async steps(page) {
      const tls = page.getByRole('radiogroup', { name: 'Encryption' });
      await tls.getByText('Off', { exact: true }).click();
      await page.getByText('travel to Kafka unencrypted').waitFor();
    },
  },
  { name: 'openai', scenario: 'full', place: profile('openai') },
  { name: 'vector-store', scenario: 'full', place: profile('vector-store') },
  { name: 'safety', scenario: 'full', place: profile('safety') },
  { name: 'test-never', scenario: 'full', place: profile('test') },
  { name: 'test-works', scenario: 'full', place: profile(), steps: testConnection },
  { name: 'test-broken', scenario: 'all-wrong', place: profile(), steps: testConnection },
  { name: 'test-running', scenario: 'testing', place: profile(), steps: testConnection },
  {
    name: 'problems',
    scenario: 'full',
    place: '/profiles/new/by-hand',
    async steps(page) {
      await page.getByRole('button', { name: 'Save profile' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByRole('tab', { name: /Postgres/ }).click();
    },
  },
  {
    name: 'prepare',
    scenario: 'prepare-fails',
    place: profile(),
    async steps(page) {
      await testConnection(page);
      await page.getByRole('button', { name: 'Prepare the database' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Prepare the database' }).click();
      await page.getByText('The database was not prepared').waitFor();
    },
  },
  {
    name: 'prepared',
    scenario: 'all-wrong',
    place: profile(),
    async steps(page) {
      await testConnection(page);
      await page.getByRole('button', { name: 'Prepare the database' }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Prepare the database' }).click();
      await page.getByRole('heading', { name: 'is prepared' }).waitFor();
    },
  },
  {
    name: 'unsaved',
    scenario: 'full',
    place: profile(),
    async steps(page) {
      await page.getByLabel('Name', { exact: true }).fill('Lincoln Elementary School');
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'consent',
    scenario: 'asks-consent',
    place: '/profiles/new/by-hand',
    async steps(page) {
      await page.getByLabel('Name', { exact: true }).fill('Roosevelt Middle');
      await page.getByRole('tab', { name: 'Postgres' }).click();
      await page.getByLabel('Server', { exact: true }).fill('db.example');
      await page.getByLabel('Database', { exact: true }).fill('library');
      await page.getByLabel('User', { exact: true }).fill('loader');
      await page.getByLabel('Password', { exact: true }).fill('s3cret');
      await page.getByRole('button', { name: 'Save profile' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'delete',
    scenario: 'full',
    place: profile(),
    async steps(page) {
      await page.getByRole('button', { name: 'More to do with this profile' }).click();
      await page.getByRole('menuitem', { name: 'Delete…' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  { name: 'menu', scenario: 'full', place: profile(), steps: press('More to do with this profile') },
  {
    name: 'link',
    scenario: 'full',
    place: profile(),
    async steps(page) {
      await page.getByRole('button', { name: 'More to do with this profile' }).click();
      await page.getByRole('menuitem', { name: 'Enrolment link…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'link-read',
    scenario: 'empty',
    place: '/profiles/new/enrolment',
    async steps(page) {
      await page.getByLabel('Enrolment link').fill(ENROLMENT_LINK);
      await page.getByRole('button', { name: 'Read the link' }).click();
      await page.getByRole('heading', { name: 'This is what it will add' }).waitFor();
    },
  },
];
