import { expect, test } from 'vitest';
import { describeWithPage } from '../../page/describe-page.ts';
import { tabTo } from '../../page/keys.ts';

describeWithPage('with the keyboard alone', (open) => {
  test('a profile is made, its password entered, and the connection tested', async () => {
    const page = await open({ scenario: 'full', place: '/load' });
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await page.getByRole('heading', { name: 'Profiles', level: 1 }).waitFor();
    await page.keyboard.press('n');
    await tabTo(page, page.getByRole('link', { name: /By hand/ }));
    await page.keyboard.press('Enter');
    // The first field takes the focus by itself.
    await page.locator('input[name="name"]:focus').waitFor();
    await page.keyboard.type('Roosevelt Middle');
    await tabTo(page, page.getByRole('tab', { name: 'General' }), 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await tabTo(page, page.getByLabel('Server', { exact: true }));
    await page.keyboard.type('db.roosevelt.example');
    await tabTo(page, page.getByLabel('Database', { exact: true }));
    await page.keyboard.type('library');
    await page.keyboard.press('Tab');
    await page.keyboard.type('loader');
    await page.keyboard.press('Tab');
    await page.keyboard.type('s3cret');
    await page.keyboard.press('Control+s');
    await page.getByText('Roosevelt Middle is saved.').waitFor();
    await page.keyboard.press('Control+Enter');
    await page.getByText('It works, with remarks.').waitFor();
    expect(await page.content()).not.toContain('s3cret');
  });

  test('a row is picked up by its handle, moved and dropped', async () => {
    const page = await open({ scenario: 'full', place: '/profiles' });
    await tabTo(page, page.getByRole('row', { name: 'Lincoln Elementary' }));
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('.profile-row-name').allTextContents())
      .not.toEqual(['Lincoln Elementary', 'Lincoln rehearsal server with a rather long name', 'Training']);
    const names = await page.locator('.profile-row-name').allTextContents();
    expect(names.toSorted()).toEqual([
      'Lincoln Elementary',
      'Lincoln rehearsal server with a rather long name',
      'Training',
    ]);
  });

  test('"?" shows the sheet of shortcuts, Escape takes it away', async () => {
    const page = await open({ scenario: 'full', place: '/load' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  test('single keys do nothing while somebody types, or once they are switched off', async () => {
    const page = await open({ scenario: 'full', place: '/profiles/new/by-hand' });
    await page.getByLabel('Name', { exact: true }).pressSequentially('?gh');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('?gh');

    const other = await open({ scenario: 'full', place: '/load' });
    await other.keyboard.press('?');
    await other.getByRole('switch', { name: 'Single-key shortcuts' }).focus();
    await other.keyboard.press('Space');
    await other.keyboard.press('Escape');
    await other.getByRole('dialog').waitFor({ state: 'detached' });
    await other.keyboard.press('?');
    await other.waitForTimeout(100);
    expect(await other.getByRole('dialog').count()).toBe(0);
  });

  test('the first stop of the page leads to its content', async () => {
    const page = await open({ scenario: 'full', place: '/load' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    expect(new URL(page.url()).hash).toBe('#/load');
  });
});
