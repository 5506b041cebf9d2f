import type { Page } from 'playwright-core';
import type { Look } from './open-page.ts';

/** A state of the page worth looking at: where it is, and what is pressed to get there. */
export interface View extends Look {
  name: string;
  steps?: (page: Page) => Promise<void>;
}
