import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { benchFolder } from './generate-books.ts';
import { median } from './statistics.ts';

/**
 * `npm run bench:start`: how long `npm start` takes, after a finished set-up and without a window, until its page
 * answers whoever signs in. Said beside it: Node itself, started to do nothing. Exit code 0 when the promise was
 * kept, 1 when not.
 */
const PROMISED_MS = 5_000;
const RUNS = 5;

const START = join(import.meta.dirname, '..', '..', 'electron', 'setup', 'start.mjs');

async function pageAfterMs(home: string): Promise<number> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [START, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH ?? '',
      HOME: home,
      ACCESSION_HOME: home,
      DISPLAY: '',
      WAYLAND_DISPLAY: '',
      LOG_LEVEL: 'warn',
    },
  });
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        const found = /https?:\/\/[^\s"]+/.exec(said)?.[0];
        if (found !== undefined) resolve(found);
      });
      void ended.then((code) => reject(new Error(`npm start ended with ${code}.`)));
    });
    const signedIn = await fetch(url, { redirect: 'manual' });
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL(url).origin, { headers: { cookie } });
    if (!(await page.text()).includes('<script')) throw new Error('No page came.');
    return performance.now() - startedMs;
  } finally {
    child.kill();
    await ended;
  }
}

function nodeAfterMs(): Promise<number> {
  const startedMs = performance.now();
  return new Promise((resolve) =>
    spawn(process.execPath, ['-e', '0']).on('close', () => resolve(performance.now() - startedMs)),
  );
}

mkdirSync(benchFolder(), { recursive: true });
const home = mkdtempSync(join(benchFolder(), 'start-'));
try {
  // The first makes ACCESSION_HOME, and may build the page.
  await pageAfterMs(home);
  const pages: number[] = [];
  const nodes: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    nodes.push(await nodeAfterMs());
    pages.push(await pageAfterMs(home));
  }
  const [page, bare] = [median(pages), median(nodes)];
  console.log(
    `npm start: a page after ${(page / 1000).toFixed(2)} s, ${(page / bare).toFixed(1)} × Node alone (median of ${RUNS})`,
  );
  const kept = page < PROMISED_MS;
  console.log(`${kept ? 'kept    ' : 'NOT KEPT'}  a page within ${PROMISED_MS / 1000} s`);
  process.exitCode = kept ? 0 : 1;
} finally {
  rmSync(home, { recursive: true, force: true });
}
