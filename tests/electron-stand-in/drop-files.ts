import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from 'playwright-core';

/** Set by the stand-in on its pages; a page of a real Electron has none, and needs none. */
const keys = new WeakMap<Page, string>();

export function setShimKey(page: Page, key: string): void {
  keys.set(page, key);
}

/**
 * Drops files on the middle of an element the way the system does it: the page gets a trusted event with native
 * files. On the stand-in their paths are made known first, because getPathForFile answers at once.
 */
export async function dropFiles(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  const key = keys.get(page);
  if (key !== undefined) {
    const known = paths.map((path) => ({ name: basename(path), size: statSync(path).size, path }));
    await page.evaluate(
      ([name, files]) => {
        const shim = (window as unknown as Record<string, { knowPath(...file: unknown[]): void }>)[name];
        for (const file of files) shim?.knowPath(file.name, file.size, file.path);
      },
      [`${key}Page`, known] as const,
    );
  }
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not to be seen.`);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await cdp.send('Input.dispatchDragEvent', { type, ...at, data });
  await cdp.detach();
}
