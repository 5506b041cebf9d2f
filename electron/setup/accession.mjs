// @ts-check
// `npm run accession -- <command>` in a checkout: the command line from its sources, as they are.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [command, ...rest] = process.argv.slice(2);
// What a browser is shown is built: else it would be the page of some earlier day.
if (command === 'serve' && !rest.includes('--help')) {
  const { isPageDue } = await import('./page.mjs');
  if (isPageDue(fileURLToPath(new URL('../..', import.meta.url)))) {
    process.stderr.write('The page is built first, which takes a moment.\n');
    execFileSync(process.execPath, [join(import.meta.dirname, 'page.mjs')], { stdio: ['ignore', 2, 2] });
  }
}
await import('../cli/cli.ts');
