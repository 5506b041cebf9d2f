import type { Locator, Page } from 'playwright-core';

/** A cell by its place among the rows shown (from 0) and its column (from 1; 0: the row's number). */
export function cell(page: Page, place: number, column: number): Locator {
  return page.locator(`[data-place="${place}"] > [data-column="${column}"]`);
}

/** The cell with the focus: `17:2` is the third column of the seventeenth row shown. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const column = document.activeElement?.getAttribute('data-column');
    return `${document.activeElement?.parentElement?.getAttribute('data-place')}:${column}`;
  });
}

/** What the status bar, which is read aloud, says. */
export function said(page: Page): Locator {
  return page.getByRole('status', { name: 'Status' });
}

export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((table) => {
    const data = new DataTransfer();
    data.setData('text/plain', table);
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    );
  }, text);
}
