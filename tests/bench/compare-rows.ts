import type { Page } from 'playwright-core';
import { recordsOf } from './many-errors.ts';
import { GRID, scrollTo } from './scroll-rows.ts';
import type { SeededRandom } from './seeded-random.ts';

/** As cell-marks.ts cuts the texts of cells. */
const SHOWN_CHARS = 240;
const APPEAR_MS = 10_000;

/** A row as it stands on the screen. */
export interface SeenRow {
  row: number;
  /** `place` of the row among all, from 0, as its position on the screen has it. */
  place: number;
  cells: { position: number; text: string }[];
}

export interface Compared {
  offsets: number;
  rows: number;
  cells: number;
  /** The first few differences, in words. */
  wrong: string[];
  /** From putting the scroll bar there until every row is there, in milliseconds: one for each offset. */
  appearMs: number[];
}

/** Goes to `offsets` places of the whole file, the first and the last row among them, and compares what is seen. */
export async function compareRows(
  page: Page,
  file: { path: string; rows: number },
  offsets: number,
  random: SeededRandom,
): Promise<Compared> {
  const seen: SeenRow[] = [];
  const appearMs: number[] = [];
  const wrong: string[] = [];
  for (let at = 0; at < offsets; at += 1) {
    const share = at === 0 ? 0 : at === 1 ? 1 : random.below(1_000_000) / 1_000_000;
    // By turns the columns at the left and those at the right.
    await page.locator(GRID).evaluate(
      (element, left) => {
        element.scrollLeft = left;
      },
      at % 2 === 0 ? 0 : 1_000_000,
    );
    const startedMs = performance.now();
    await scrollTo(page, share);
    const rows = await rowsInSight(page);
    appearMs.push(performance.now() - startedMs);
    seen.push(...rows);
    const [first, last] = [rows[0]?.row ?? 0, rows.at(-1)?.row ?? 0];
    if (share === 0 && first !== 1) wrong.push(`At the top stands row ${first}.`);
    if (share === 1 && last !== file.rows) wrong.push(`At the end stands row ${last}.`);
    if (Math.abs(first - share * file.rows) > file.rows / 10 + 100)
      wrong.push(`At ${share} of the way stands row ${first}.`);
  }
  await page.locator(GRID).evaluate((element) => {
    element.scrollLeft = 0;
  });
  const records = await recordsOf(file.path, new Set(seen.map(({ row }) => row)));
  let cells = 0;
  for (const { row, place, cells: shown } of seen) {
    if (row !== place + 1) wrong.push(`Row ${row} stands in the place of row ${place + 1}.`);
    const record = records.get(row);
    for (const { position, text } of shown) {
      cells += 1;
      const wanted = asShown(record?.[position] ?? '');
      if (text !== wanted) wrong.push(`Row ${row}, cell ${position}: ${text} instead of ${wanted}`);
    }
  }
  return { offsets, rows: seen.length, cells, wrong: wrong.slice(0, 5), appearMs };
}

function asShown(text: string): string {
  const short = text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text;
  return short.replaceAll('\n', ' ⏎ ');
}

/** Once the page stands still and none of the rows in sight waits for its cells. */
async function rowsInSight(page: Page): Promise<SeenRow[]> {
  const found = await page.waitForFunction(
    (selector) => {
      const scroller = document.querySelector(selector);
      if (scroller === null) return null;
      const { top, bottom } = scroller.getBoundingClientRect();
      const header = scroller.querySelector('[role="columnheader"]')?.getBoundingClientRect().height ?? 0;
      const inSight = [...scroller.querySelectorAll<HTMLElement>('.grid-row')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.top >= top + header - 1 && box.bottom <= bottom + 1;
      });
      const isWaiting = inSight.some((element) => element.classList.contains('grid-row-waiting'));
      // Rows that the scroll bar has just left are still there until the next frame.
      if (inSight.length < 5 || isWaiting) return null;
      return inSight
        .map((element) => ({
          row: Number(
            element.querySelector('[role="rowheader"] .grid-text')?.textContent?.replaceAll(',', '') ?? 0,
          ),
          place: Number(element.dataset.place),
          cells: [...element.querySelectorAll<HTMLElement>('[role="gridcell"]')].map((cell) => ({
            position: Number(/--w(\d+)/.exec(cell.style.width)?.[1] ?? -1),
            text:
              cell.querySelector('.grid-blank') !== null
                ? ''
                : ((cell.querySelector('.grid-text') ?? cell).textContent ?? ''),
          })),
        }))
        .sort((a, b) => a.place - b.place);
    },
    GRID,
    { timeout: APPEAR_MS, polling: 'raf' },
  );
  return (await found.jsonValue()) as SeenRow[];
}
