import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * What axe finds wrong with the page as it stands, each with the elements it means; empty when all is well.
 * Comparing colours takes the most time: `colours` false spares a page whose colours are known already.
 */
export async function violationsOf(page: Page, { colours = true } = {}): Promise<string[]> {
  await page.evaluate(source);
  const results = await page.evaluate(async (withColours): Promise<AxeResults> => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } };
    return axe.run({
      resultTypes: ['violations'],
      rules: { 'color-contrast': { enabled: withColours } },
    });
  }, colours);
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help} at ${node.target.join(' ')} (${node.failureSummary ?? ''})`),
  );
}
