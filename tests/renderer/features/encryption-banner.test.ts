import { expect, test } from 'vitest';
import { describeWithPage } from '../page/describe-page.ts';
import { IDS } from '../page/scenarios.ts';

const TITLE = 'Events of this production profile travel to Kafka unencrypted.';

describeWithPage('a production profile whose events are not encrypted', (open) => {
  test('says so over every section, until they are or Kafka is on this computer', async () => {
    const page = await open({ scenario: 'full', place: `/profiles/${IDS.lincoln}/kafka` });
    const banner = page.getByText(TITLE);
    expect(await banner.count()).toBe(0);
    const tls = page.getByRole('radiogroup', { name: 'Encryption' });
    await tls.getByText('Off', { exact: true }).click();
    await banner.waitFor();
    await page.getByRole('tab', { name: 'Safety' }).click();
    await banner.waitFor();
    await page.getByRole('tab', { name: 'Kafka' }).click();
    await page.getByLabel('Brokers').fill('localhost:9092, 127.0.0.1:9093');
    await banner.waitFor({ state: 'detached' });
    await page.getByLabel('Brokers').fill('localhost:9092, kafka.lincoln.example:9092');
    await banner.waitFor();
    await tls.getByText('Verified', { exact: true }).click();
    await banner.waitFor({ state: 'detached' });
  });

  test('and a test profile has its warning in the test only', async () => {
    const page = await open({ scenario: 'full', place: `/profiles/${IDS.rehearsal}/kafka` });
    await page.getByRole('switch', { name: 'Send events to Kafka' }).click({ force: true });
    await page.getByLabel('Brokers').fill('kafka.lincoln.example:9092');
    await page.getByRole('radiogroup', { name: 'Encryption' }).getByText('Off', { exact: true }).click();
    expect(await page.getByText(TITLE).count()).toBe(0);
  });
});
