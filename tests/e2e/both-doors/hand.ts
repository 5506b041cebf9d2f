import type { Locator, Page } from 'playwright-core';

/** A kind of problem in the list beside the rows, and where its first case stands. */
export interface Problem {
  /** As the list calls it. */
  title: string;
  /** The heading of its column. */
  heading: string;
  row: number;
}

/** How somebody works with the load screen: everything that a mouse and a keyboard do differently. */
export interface Hand {
  /** Whether it has a pointer. */
  points: boolean;
  press(target: Locator): Promise<void>;
  /** Opens a menu and takes the item of that name. */
  pick(menu: Locator, item: string): Promise<void>;
  /** Types into an empty field. */
  fill(field: Locator, text: string): Promise<void>;
  /** Brings files to the screen, be it empty or not. */
  bring(paths: readonly string[]): Promise<void>;
  /** To the cell of a problem. */
  goTo(problem: Problem): Promise<void>;
  /** Types over the cell at which somebody is. */
  type(text: string): Promise<void>;
  takeSuggestion(): Promise<void>;
  leaveRowOut(): Promise<void>;
}

export function group(page: Page, { title, heading }: Pick<Problem, 'title' | 'heading'>): Locator {
  return page.locator('.grid-group').filter({ hasText: `${title} in ${heading}` });
}

/** Waits until somebody is at the cell of that problem. */
export async function waitForPlace(page: Page, { heading, row }: Problem): Promise<void> {
  await page.waitForFunction(
    ([place, column]) =>
      document.querySelector('.grid-status-place')?.textContent?.startsWith(place) === true &&
      document.querySelector('.grid-status-text b')?.textContent === column &&
      document.activeElement?.classList.contains('grid-cell-active') === true,
    [`Row ${row} of `, heading] as const,
  );
}
