import { expect, test } from 'vitest';
import { describeWithPage } from '../page/describe-page.ts';
import { IDS } from '../page/scenarios.ts';

describeWithPage('the frame of the page', (open) => {
  test('shows the profile in use, red in production, and both connections on every screen', async () => {
    const page = await open({ scenario: 'full', place: '/load' });
    for (const screen of ['Load', 'History', 'Search', 'Events', 'Profiles', 'Health']) {
      await page.getByRole('link', { name: screen, exact: true }).click();
      await page.getByRole('heading', { name: screen, level: 1 }).waitFor();
      expect(await page.title()).toBe(`${screen} · Accession`);
      const chip = page.getByRole('banner').locator('.profile-chip');
      expect(await chip.textContent()).toContain('Lincoln Elementary');
      expect(await chip.getAttribute('data-kind')).toBe('production');
      await page.getByRole('banner').getByText('Program: Connected').waitFor();
      await page.getByRole('banner').getByText('Database: Not tested yet').waitFor();
    }
  });

  test('says that the connection is lost, and connects again on request', async () => {
    const page = await open({ scenario: 'lost', place: '/history' });
    const lamps = page.getByRole('banner').getByRole('status');
    expect(await lamps.textContent()).toContain('Program: Connection lost');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Program: Connected').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  });

  test('an address leads to its place, and Back to the one before', async () => {
    const page = await open({ scenario: 'full', place: `/profiles/${IDS.sandbox}/safety` });
    expect(await page.getByRole('tab', { name: 'Safety' }).getAttribute('aria-selected')).toBe('true');
    await page.getByRole('link', { name: 'Events' }).click();
    await page.getByRole('heading', { name: 'Events', level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Training', level: 2 }).waitFor();
  });

  test('an address that leads nowhere is answered in words', async () => {
    const page = await open({ scenario: 'full', place: '/nowhere' });
    await page.getByRole('heading', { name: 'There is no such screen' }).waitFor();
    await page.getByRole('link', { name: 'Go to the first screen' }).click();
    await page.getByRole('heading', { name: 'Load', level: 1 }).waitFor();
  });

  test('keeps the look that was chosen over a reload', async () => {
    const page = await open({ scenario: 'full', place: '/load' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe('rgb(247, 245, 241)');
    await page.getByText('Dark', { exact: true }).click();
    await expect.poll(ground).toBe('rgb(22, 24, 27)');
    await page.reload();
    await page.getByRole('heading', { name: 'Load', level: 1 }).waitFor();
    expect(await ground()).toBe('rgb(22, 24, 27)');
  });

  test('at 200 % nothing has to be scrolled sideways', async () => {
    for (const place of ['/load', '/profiles', `/profiles/${IDS.lincoln}/kafka`, '/profiles/new/env']) {
      const page = await open({ scenario: 'full', place, zoom: 2 });
      const [width, room] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        document.documentElement.clientWidth,
      ]);
      expect(width, place).toBe(room);
    }
  });

  test('a list that cannot be read says why, and is asked for again', async () => {
    const page = await open({ scenario: 'failed', place: '/profiles' });
    await page.getByText('The file of your profiles cannot be opened.').waitFor();
    expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(1);
    await page.getByRole('banner').getByText('Profile unknown').waitFor();
  });
});
