/**
 * Takes a picture of every screen and state, to be looked at: `npm run pictures [-- part of a name]`. They go to
 * tests/e2e/screens.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChromium } from '../electron-stand-in/chromium.ts';
import { locateTestServices } from '../services/locations.mjs';
import { servePage } from './page/build-page.ts';
import { type Look, openPage } from './page/open-page.ts';
import { VIEWS } from './page/views.ts';

const VARIANTS: Readonly<Record<string, Partial<Look>>> = {
  light: {},
  dark: { dark: true },
  narrow: { width: 480, height: 760 },
  'zoom-200': { zoom: 2 },
  wide: { width: 1600, height: 1000 },
};

/** These are kept, and shown by the README. */
const IN_README = ['load-term.light', 'load-doctor.light', 'review.light', 'report-partial.light'];

const wanted = process.argv[2] ?? '';
const folder = join(import.meta.dirname, '..', 'e2e', 'screens');
await mkdir(folder, { recursive: true });
await writeFile(
  join(folder, '.gitignore'),
  ['*', '!.gitignore', ...IN_README.map((name) => `!${name}.png`)].map((line) => `${line}\n`).join(''),
);
const served = await servePage();
const { chromiumBin } = locateTestServices();
if (chromiumBin === null)
  throw new Error('No Chromium here; to mend it, type: node tests/services/install.mjs');
const browser = await startChromium(chromiumBin);
try {
  for (const view of VIEWS) {
    for (const [variant, look] of Object.entries(VARIANTS)) {
      const name = `${view.name}.${variant}`;
      if (!name.includes(wanted)) continue;
      const { page, complaints } = await openPage(browser, served.url, { ...view, ...look });
      try {
        await view.steps?.(page);
      } catch (error) {
        process.stdout.write(`${name}: ${String(error)}\n`);
      }
      await page.screenshot({ path: join(folder, `${name}.png`) });
      for (const complaint of complaints) process.stdout.write(`${name}: ${complaint}\n`);
      await page.context().close();
    }
  }
} finally {
  await browser.close();
  await served.stop();
}
