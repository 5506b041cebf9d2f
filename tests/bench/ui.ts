import { createReadStream, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { digits, gridTexts } from '../../renderer/texts/grid.ts';
import { fileTexts } from '../../renderer/texts/load-file.ts';
import { builtApp } from '../electron-stand-in/built-app.ts';
import { dropFiles } from '../electron-stand-in/drop-files.ts';
import { type Compared, compareRows } from './compare-rows.ts';
import { openBareDesktop } from './desktop-under-test.ts';
import { type BooksFile, benchFolder, generateBooks } from './generate-books.ts';
import { MANY_ERRORS } from './many-errors.ts';
import { type PageProbe, probePage } from './page-probe.ts';
import { runOurs } from './run-programs.ts';
import { pause, type Scrolled, SHOWN_ROW, scrollAllOver } from './scroll-rows.ts';
import { seededRandom } from './seeded-random.ts';
import { percentile } from './statistics.ts';
import { framesLine, UI_BOUNDS, type UiFigures, uiVerdictLine, uiVerdicts } from './ui-verdict.ts';

/**
 * `npm run bench:ui`: the built desktop application, driven as a person would, with a file of a million books of
 * which 200,000 have an error: drop, scroll, filter, fix 100,000 cells at once, undo. Says of each promise whether it
 * was kept. Exit code 0 when all were, 1 when one was not. `--rows N` for a shorter run, whose figures prove nothing;
 * `--keep` leaves the file for the next one. Figures go to stdout, progress to stderr.
 */
const SEED = 7;
const PROMISED_ROWS = 1_000_000;
const IDLE_MS = 3_000;
const COUNT_TIMEOUT_MS = 10 * 60_000;
const SOON_MS = 60_000;
/** In how many rows of ten the decimal comma of a reading level is all that is wrong. */
const COMMAS_IN_TEN = 1;

const CARD = '.file-card[data-state="checked"] .file-counts';

async function main(rows: number, keep: boolean): Promise<number> {
  console.log(`${availableParallelism()} CPUs, Node ${process.version}, ${process.platform} ${process.arch}`);
  progress(`making ${rows} books`);
  const file = await generateBooks({ rows, seed: SEED, mix: MANY_ERRORS });
  const home = mkdtempSync(join(benchFolder(), 'ui-'));
  try {
    console.log(
      `${rows} books, ${(file.bytes / 1e6).toFixed(1)} MB, ${file.rejectedRows} rows with an error`,
    );
    if (rows !== PROMISED_ROWS) console.log(`The promises are made for ${PROMISED_ROWS} rows.`);
    progress('building the application');
    builtApp();
    progress('reading the file once, so that nobody waits for the disk');
    for await (const _chunk of createReadStream(file.path, { highWaterMark: 1024 * 1024 }));
    progress("bench:check's program");
    const before = await runOurs(file.path);
    const seen = await drive(file, home);
    progress("bench:check's program once more");
    const after = await runOurs(file.path);

    const figures = { ...seen, checkMs: (before.ms + after.ms) / 2 };
    const bulkMs = `${before.bulkEditMs.toFixed(0)} and ${after.bulkEditMs.toFixed(0)} ms`;
    console.log(
      `bench:check: ${before.ms.toFixed(0)} and ${after.ms.toFixed(0)} ms; its bulk edit: ${bulkMs}\n`,
    );
    const judged = uiVerdicts(figures);
    for (const verdict of judged) console.log(uiVerdictLine(verdict));
    return judged.every(({ met }) => met) ? 0 : 1;
  } finally {
    rmSync(home, { recursive: true, force: true });
    if (!keep && !file.reused) rmSync(file.path, { force: true });
  }
}

async function drive(file: BooksFile, home: string): Promise<Omit<UiFigures, 'checkMs'>> {
  progress('opening the application');
  const desktop = await openBareDesktop(home);
  const { page } = desktop;
  try {
    page.setDefaultTimeout(SOON_MS);
    await page.locator('.drop-zone').waitFor();
    const probe = await probePage(page);
    // The first start prepares the sandbox; nobody drops a file before it has come up.
    await pause(IDLE_MS);
    const random = seededRandom(SEED, 1);
    const framesIdle = await probe.framesDuring(() => pause(IDLE_MS));
    console.log(framesLine('at rest', framesIdle));

    progress('dropping the file');
    await probe.onEvent('drop', 'drop');
    await probe.onSight('first rows', SHOWN_ROW, '');
    await probe.onSight('count', CARD, fileTexts.errors(file.rejectedRows));
    let firstRowsMs = Number.NaN;
    let countMs = Number.NaN;
    const checking = await probe.framesDuring(async () => {
      await dropFiles(page, '.drop-zone', [file.path]);
      const droppedMs = await probe.whenSeen('drop', SOON_MS);
      firstRowsMs = (await probe.whenSeen('first rows', SOON_MS)) - droppedMs;
      progress(`first rows after ${firstRowsMs.toFixed(0)} ms`);
      countMs = (await probe.whenSeen('count', COUNT_TIMEOUT_MS)) - droppedMs;
    });
    console.log(
      `first rows ${firstRowsMs.toFixed(0)} ms, full count ${countMs.toFixed(0)} ms after the drop`,
    );
    console.log(framesLine('while it is checked', checking));

    progress('scrolling over all rows');
    const all = await scrollAllOver(page, probe, random);
    tell('all rows', all);
    progress('comparing rows with the file');
    const compared = await compareRows(page, file, UI_BOUNDS.offsets, random);
    tellCompared(compared);

    progress('scrolling over the rows with errors');
    await filterErrors(page, probe, file);
    const errors = await scrollAllOver(page, probe, random);
    tell('rows with errors', errors);
    await page.getByRole('button', { name: gridTexts.filter.clear }).click();
    const heapBefore = await probe.heapInUse();

    progress('fixing');
    const fixed = await fixAll(page, probe, file);
    const heapAfter = await probe.heapInUse();
    const inMb = (bytes: number): string => (bytes / 1e6).toFixed(1);
    console.log(
      `heap: ${inMb(heapBefore)} MB after scrolling, ${inMb(heapAfter)} MB at the end, ${inMb(probe.heapPeak())} MB with garbage at most`,
    );
    await probe.close();
    return {
      firstRowsMs,
      countMs,
      framesIdle,
      framesOfAll: Object.values(all).flat(),
      framesOfErrors: Object.values(errors).flat(),
      offsets: compared.offsets,
      wrong: compared.wrong,
      heapBytes: Math.max(heapBefore, heapAfter),
      ...fixed,
    };
  } finally {
    await desktop.close();
  }
}

function tell(where: string, scrolled: Scrolled): void {
  for (const [kind, frames] of Object.entries(scrolled)) console.log(framesLine(`${where}, ${kind}`, frames));
}

function tellCompared({ offsets, rows, cells, appearMs }: Compared): void {
  const [p50, p95] = [50, 95].map((percent) => percentile(appearMs, percent).toFixed(0));
  console.log(
    `${cells} cells of ${rows} rows compared at ${offsets} places; rows there p50 ${p50} ms, p95 ${p95} ms after the scroll bar`,
  );
}

async function filterErrors(page: Page, probe: PageProbe, file: BooksFile): Promise<void> {
  const { filter } = gridTexts;
  await page.getByRole('button', { name: `${filter.label}:` }).click();
  await probe.onEvent('filter', 'click');
  await probe.onSight('filtered', '.grid-strip', filter.showing(file.rejectedRows, file.rows));
  await page.getByRole('menuitemradio', { name: filter.errors }).click();
  const ms = (await probe.whenSeen('filtered', SOON_MS)) - (await probe.whenSeen('filter', SOON_MS));
  console.log(`filtered ${ms.toFixed(0)} ms after the click`);
}

/** Through the dialog: from the last click until the card tells the new count, and back again. */
async function fixAll(
  page: Page,
  probe: PageProbe,
  file: BooksFile,
): Promise<Pick<UiFigures, 'bulkEditMs' | 'bulkEditCells' | 'undoMs'>> {
  const cells = (file.rows / 10) * COMMAS_IN_TEN;
  const clickFor = async (name: string, locator: ReturnType<Page['getByRole']>, sight: [string, string]) => {
    await probe.onEvent(`${name}: click`, 'click');
    await probe.onSight(name, ...sight);
    await locator.click();
    const clickedMs = await probe.whenSeen(`${name}: click`, SOON_MS);
    return (await probe.whenSeen(name, SOON_MS)) - clickedMs;
  };
  const fix = page.getByRole('button', { name: gridTexts.issues.suggestion(cells) });
  const apply = gridTexts.plan.apply(cells);
  const planMs = await clickFor('plan', fix, ['[role="dialog"] button:not([disabled])', apply]);
  console.log(`${digits(cells)} cells counted in the dialog after ${planMs.toFixed(0)} ms`);
  const bulkEditMs = await clickFor('fixed', page.getByRole('button', { name: apply }), [
    CARD,
    fileTexts.errors(file.rejectedRows - cells),
  ]);
  console.log(`fixed after ${bulkEditMs.toFixed(0)} ms`);
  await pause(IDLE_MS / 3);
  const undo = page.getByRole('button', { name: gridTexts.toolbar.undo('').slice(0, 'Undo:'.length) });
  const undoMs = await clickFor('undone', undo, [CARD, fileTexts.errors(file.rejectedRows)]);
  console.log(`undone after ${undoMs.toFixed(0)} ms`);
  return { bulkEditMs, bulkEditCells: cells, undoMs };
}

function progress(line: string): void {
  process.stderr.write(`… ${line}\n`);
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: String(PROMISED_ROWS) },
    keep: { type: 'boolean', default: false },
  },
});
process.exitCode = await main(Number(values.rows), values.keep);
